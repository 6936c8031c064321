"""A student's CMAES as the checks of stage 5 use it: ask, tell and its state, each looked at before it is used."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.kit.describe import describe
from grader.kit.message import fail
from grader.kit.plain import numbers
from grader.kit.student import Reply, Student

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class State:
    """The distribution that the next ask draws from: mean (n,), sigma and covariance (n, n)."""

    mean: Floats
    sigma: float
    covariance: Floats


class Optimiser:
    """One CMAES object of a student's.

    ``sense`` is 1, or -1 for one that was seen to move towards the worse solutions: a check has that for itself, and
    the others turn their orders round for it.

    Args:
        student: the stage.
        mean: where it starts, (n,).
        sigma: its first step size.
        seed: of its random numbers.
        pop_size: None for the default.
        by_position: whether sigma, pop_size and seed are given in that order, without their names.
    """

    def __init__(
        self,
        student: Student,
        mean: Floats,
        sigma: float,
        seed: int,
        pop_size: int | None = None,
        by_position: bool = False,
    ) -> None:
        self.student, self.n = student, mean.size
        words: dict[str, Any] = {"sigma": sigma, "pop_size": pop_size, "seed": seed}
        if pop_size is None:
            del words["pop_size"]
        if by_position:
            self.handle, listed = student.new("CMAES", mean, *words.values()), [*map(str, words.values())]
        else:
            self.handle, listed = student.new("CMAES", mean, **words), [f"{key}={one}" for key, one in words.items()]
        self.called = f"CMAES(mean, {', '.join(listed)}) with mean of shape {mean.shape}"
        self.sense = 1
        self._asked: Any = None

    def ask(self, pop_size: int) -> Floats:
        """Return new solutions (pop_size, n); fail where they are not that."""
        self._asked = self.student.method(self.handle, "ask").value
        solutions = numbers(self._asked)
        shape = (pop_size, self.n)
        if solutions is None or solutions.shape != shape:
            fail(
                f"{self.called}, then ask()",
                describe(self._asked),
                f"an array of shape {shape}: a solution a row",
                look="the shape of what ask returns, and which of its axes counts the solutions",
                facts={"asked": _shape(self._asked)},
            )
        if not np.isfinite(solutions).all():
            fail(
                f"{self.called}, then ask()",
                "numbers that are not finite (nan or inf)",
                "finite numbers",
                look="where a division by zero or a root of a negative number can come from",
                facts={"asked": "not finite"},
            )
        return solutions

    def tell(self, fitness: Floats) -> Reply:
        """Give back what the last ask returned, with its fitness."""
        return self.student.method(self.handle, "tell", self._asked, fitness)

    def state(self) -> State:
        """Return mean, sigma and covariance; fail where they cannot be read as such."""
        mean = self._attribute("mean", (self.n,))
        sigma = float(self._attribute("sigma", ()))
        covariance = self._attribute("covariance", (self.n, self.n))
        squares = np.linalg.eigvalsh((covariance + covariance.T) / 2)
        if sigma <= 0 or squares[0] <= 1e-14 * squares[-1]:
            name = "sigma" if sigma <= 0 else "covariance"
            fail(
                f"attribute {name} of {self.called}",
                f"a sigma of {sigma:.3g}"
                if sigma <= 0
                else f"a covariance with eigenvalues from {squares[0]:.3g} to {squares[-1]:.3g}",
                "a positive sigma"
                if sigma <= 0
                else "a covariance with positive eigenvalues, the largest less than 1e14 times the smallest",
                look=f"what tell leaves in {name}",
                facts={"attribute": name, "is": "not positive"},
            )
        return State(mean, sigma, covariance)

    def _attribute(self, name: str, shape: tuple[int, ...]) -> Floats:
        """Return an attribute as an array of a shape; one with axes of length one too many is reshaped."""
        value = self.student.get(self.handle, name)
        found = numbers(value)
        if found is None or found.size != np.prod(shape, dtype=int) or not np.isfinite(found).all():
            fail(
                f"attribute {name} of {self.called}",
                describe(value) if found is None or np.isfinite(found).all() else "numbers that are not finite",
                f"finite numbers of shape {shape}" if shape else "a finite number",
                look=f"what tell leaves in {name}",
                facts={"attribute": name, "is": _shape(value)},
                part=True,
            )
        return found.reshape(shape)


def _shape(value: Any) -> Any:
    """Return what a value is, as a fact: its shape, or the name of its type."""
    found = numbers(value)
    return type(value).__name__ if found is None else found.shape
