"""One call of an evolve function for the checks: what was asked, all that was seen, and ways to read it."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .message import fail
from .problems import Bowl, wrong_params
from .run import FitnessCall, Params, Problem, Run
from .student import Student, StudentRaised, remembered

Floats = NDArray[np.float64]
POSITIONS = ("generations", "pop_size", "sigma", "seed")
RAGGED = re.compile(r"detected shape was \((\d{1,6}),")  # numpy, of lists of different lengths
FUNCTIONS = {3: "evolve_serial", 4: "evolve_parallel"}


@dataclass(frozen=True, eq=False)
class Trial:
    """One run of an evolve function and what it was called with."""

    function: str
    problem: Problem
    generations: int
    pop_size: int
    sigma: float
    asked: Mapping[str, Any]
    seen: Run
    by_position: bool = False

    @property
    def called(self) -> str:
        """The call in words."""
        nameless = POSITIONS if self.by_position else ()
        words = [f"{self.asked[key]}" for key in nameless]
        words += [f"{key}={value}" for key, value in self.asked.items() if key not in nameless]
        return f"{self.function}({', '.join(['fitness', 'init', *words])})"

    @property
    def run(self) -> Run:
        """What was seen; a fault where the function did not return, or where other processes tested in stage 3."""
        if self.seen.fault is not None:
            raise self.seen.fault
        if self.function == FUNCTIONS[3] and not all(call.in_parent for call in self.seen.calls):
            fail(
                self.called,
                "members tested by other processes",
                "every member tested with map, by the process that evolves",
                look="What stands in the place of map: the pool comes in the next stage.",
                facts={"tested": "by others"},
            )
        return self.seen

    @cached_property
    def rows(self) -> list[list[FitnessCall]]:
        """The calls of fitness, a list a generation.

        Where there are not generations * pop_size of them: without calls that only repeat others, if that fits; a
        survivor who was not tested again leaves a generation one short.
        """
        calls, size = self.run.calls, self.pop_size
        if len(calls) != self.generations * size:
            fresh = _without_repeats(calls)
            if len(fresh) == self.generations * size or (len(calls) % size and not len(fresh) % size):
                calls = fresh
        short = len(calls) == size + (self.generations - 1) * (size - 1)
        starts = [0, *range(size, len(calls), size - 1)] if short else range(0, len(calls) - size + 1, size)
        return [calls[start : start + size - (short and start > 0)] for start in starts]

    @cached_property
    def values(self) -> list[list[float]]:
        """The fitness of every call, a list a generation."""
        return [[float("nan") if call.value is None else call.value for call in row] for row in self.rows]

    def flat(self, params: Any) -> Floats | None:
        """Return params as one row of numbers, None where they are no params of this problem."""
        return None if wrong_params(params, self.problem.member(0)) else flat(params)


def flat(params: Params) -> Floats:
    """Return all numbers of params in one row, the keys in order."""
    return np.concatenate([np.asarray(params[key], dtype=np.float64).reshape(-1) for key in sorted(params)])


def same(one: Any, two: Any) -> bool:
    """Return whether two params are equal in every key, shape and number."""
    if not isinstance(one, dict) or not isinstance(two, dict) or set(one) != set(two):
        return False
    try:
        return all(np.array_equal(np.asarray(one[key]), np.asarray(two[key])) for key in one)
    except ValueError:  # a list of lists of different lengths
        return False


def trial(
    student: Student,
    function: str,
    problem: Problem,
    *,
    rendezvous: int | None = None,
    start_method: str | None = None,
    watch_generations: bool = False,
    by_position: bool = False,
    **asked: Any,
) -> Trial:
    """Call an evolve function on a problem.

    ``asked`` holds generations, pop_size, sigma, seed, processes; with ``by_position`` the first four come in that
    order, without their names.
    """
    nameless = POSITIONS if by_position else ()
    seen = student.evolve(
        function,
        problem,
        *(asked[key] for key in nameless),
        rendezvous=rendezvous,
        start_method=start_method,
        watch_generations=watch_generations,
        **{key: value for key, value in asked.items() if key not in nameless},
    )
    if isinstance(seen.fault, StudentRaised) and "pickle" in seen.fault.text:
        seen.fault.facts = {**seen.fault.facts, "pickle": True}
    if isinstance(seen.fault, StudentRaised):
        tests, wanted = len(seen.calls), asked["generations"] * asked["pop_size"]
        few_or_many = "all" if tests == wanted else "more" if tests > wanted else "less"
        rows = RAGGED.search(seen.fault.text)
        kept = {"rows": "more"} if rows and int(rows[1]) > asked["generations"] else {}
        seen.fault.facts = {**seen.fault.facts, "tests": few_or_many, **kept}
    if watch_generations:
        asked["on_generation"] = "…"
    size = asked["generations"], asked["pop_size"]
    return Trial(function, problem, *size, asked.get("sigma", 1.0), asked, seen, by_position)


def main_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return the run of evolve_serial that most checks of stage 3 read."""
    return remembered(
        student,
        "main",
        rng,
        lambda rng: trial(
            student,
            FUNCTIONS[3],
            Bowl(seed_from(rng)),
            generations=6,
            pop_size=8,
            sigma=0.5,
            seed=seed_from(rng),
        ),
    )


def parallel_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return the run of evolve_parallel that most checks of stage 4 read.

    No call of fitness is answered until all workers wait in one (or nobody else comes), so that what they do at the
    same time can be counted. Their number is not that of the cores, so that a pool of another size is seen.
    """
    workers = next(number for number in (4, 3, 5, 6) if number not in core_counts())
    return remembered(
        student,
        "main",
        rng,
        lambda rng: trial(
            student,
            FUNCTIONS[4],
            Bowl(seed_from(rng)),
            rendezvous=workers,
            generations=3,
            pop_size=4 * workers,
            sigma=0.5,
            seed=seed_from(rng),
            processes=workers,
        ),
    )


def core_counts() -> set[int]:
    """Return what Python's own functions give as the number of cores."""
    counts = [getattr(os, name, None) for name in ("cpu_count", "process_cpu_count")]
    found = {count() or 1 for count in counts if count is not None}
    if hasattr(os, "sched_getaffinity"):
        found.add(len(os.sched_getaffinity(0)))
    return found


def seed_from(rng: np.random.Generator) -> int:
    """Return a seed of up to nine digits."""
    return int(rng.integers(10**9))


def _without_repeats(calls: list[FitnessCall]) -> list[FitnessCall]:
    """Return the calls whose params came for the first time."""
    seen: set[tuple[tuple[str, bytes], ...]] = set()
    first: list[FitnessCall] = []
    for call in calls:
        given = call.params if isinstance(call.params, dict) else {}
        key = tuple((name, np.asarray(value).tobytes()) for name, value in sorted(given.items()))
        if key not in seen:
            seen.add(key)
            first.append(call)
    return first
