"""Stage 5, the checks that you see: a new CMAES, its population, and where a tell moves the mean."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.check import check
from kit.describe import describe, first_difference
from kit.message import fail
from kit.student import Student


@check("5.1", "The attributes of a new CMAES", points=0.5)
def test_new(student: Student) -> None:
    """A new CMAES has its mean and sigma, 1.0 where none is given, and the identity as its covariance."""
    mean = np.array([1.5, -2.0, 0.25])
    handle = student.new("CMAES", mean, sigma=0.5, seed=1)
    for name, expected in (("mean", mean), ("sigma", 0.5), ("covariance", np.eye(3))):
        seen = student.get(handle, name)
        right_type = isinstance(seen, np.ndarray) if isinstance(expected, np.ndarray) else _is_number(seen)
        difference = first_difference(seen, expected, 1e-12)
        if difference or not right_type:
            fail(
                f"{name} of CMAES(mean, sigma=0.5, seed=1) with mean = [1.5, -2.0, 0.25]",
                describe(seen),
                {
                    "mean": "the given mean, an array of shape (3,)",
                    "sigma": "the given sigma, the float 0.5",
                    "covariance": "the identity, an array of shape (3, 3)",
                }[name],
                differs=difference,
                look=f"what __init__ keeps in self.{name}",
                facts={"attribute": name, "type": right_type, "differs": difference},
                part=True,
            )
    usual = student.get(student.new("CMAES", mean, seed=1), "sigma")
    if first_difference(usual, 1.0, 1e-12) or not _is_number(usual):
        fail(
            "sigma of CMAES(mean, seed=1)",
            describe(usual),
            "the float 1.0, the default",
            look="the default of sigma in the first line of __init__",
            facts={"attribute": "sigma", "default": usual if _is_number(usual) else type(usual).__name__},
            part=True,
        )


@check("5.2", "The size of the population", points=0.5)
def test_pop_size(student: Student) -> None:
    """Without a pop_size it is 4 + int(3 * log(n)); a given one is kept."""
    wrong: dict[str, Any] = {}
    first = None
    for n, given, expected in ((2, None, 6), (3, None, 7), (10, None, 10), (20, None, 12), (50, None, 15), (4, 11, 11)):
        handle = student.new("CMAES", np.zeros(n), pop_size=given)
        seen = student.get(handle, "pop_size")
        if not _is_number(seen) or seen != expected:
            wrong[f"{n}, {given}"] = seen if _is_number(seen) else type(seen).__name__
            first = first or (f"CMAES(mean, pop_size={given}) with mean of shape ({n},)", describe(seen), expected)
    if first:
        called, returned, pop_size = first
        fail(
            f"pop_size of {called}",
            returned,
            f"{pop_size}",
            look="the natural logarithm, what int does to a fraction, and when the default is taken",
            facts=wrong,
            part=True,
        )


@check("5.3", "The shape of what ask returns", points=0.5)
def test_ask_shape(student: Student) -> None:
    """ask returns an array with one solution a row, pop_size rows of n floats."""
    for n, pop_size in ((3, 8), (6, 4)):
        handle = student.new("CMAES", np.zeros(n), pop_size=pop_size, seed=2)
        seen = student.method(handle, "ask").value
        right_type = isinstance(seen, np.ndarray) and seen.dtype.kind == "f"
        if not right_type or seen.shape != (pop_size, n):
            fail(
                f"CMAES(mean, pop_size={pop_size}, seed=2) with mean of shape ({n},), then ask()",
                describe(seen),
                f"an array of shape {(pop_size, n)}, floats",
                look="which axis counts the solutions, and whether what comes back is one array",
                facts={"type": right_type, "shape": np.shape(seen) if isinstance(seen, np.ndarray) else ()},
            )


@check("5.5", "The way that tell moves the mean", points=0.75)
def test_higher_is_better(student: Student) -> None:
    """After a tell the mean has moved towards the solutions with the higher fitness."""
    before = np.array([0.5, -1.0, 2.0])
    handle = student.new("CMAES", before, sigma=0.3, pop_size=20, seed=3)
    solutions = student.method(handle, "ask").value
    firsts = _floats(solutions, 60, "ask() of a CMAES with pop_size=20 and n = 3").reshape(20, 3)[:, 0]
    student.method(handle, "tell", solutions, firsts.copy())
    after = _floats(student.get(handle, "mean"), 3, "mean after tell, n = 3")
    if after[0] <= firsts.mean() or np.array_equal(after, before):
        moved = "not at all" if np.array_equal(after, before) else "away"
        fail(
            "tell(solutions, fitness) where the fitness is each solution's first entry",
            f"a mean that starts with {after[0]:.4g}",
            f"one above {firsts.mean():.4g}, the average of all the solutions: higher is better",
            look="which end of the sorted fitness tell takes its better half from, and what it does to the mean",
            facts={"moved": moved},
        )


def _floats(value: Any, size: int, called: str) -> NDArray[np.float64]:
    """Return a value's numbers in one row; end the check where it has not so many finite ones."""
    try:
        numbers = np.asarray(value, dtype=np.float64).reshape(-1)
    except (ValueError, TypeError, OverflowError):
        numbers = np.empty(0)
    if numbers.size != size or not np.isfinite(numbers).all():
        fail(called, describe(value), f"{size} finite numbers", facts={"numbers": numbers.size})
    return numbers


def _is_number(value: Any) -> bool:
    """Return whether a value is one number, Python's or numpy's, and no array."""
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
