"""The runs of evolve_parallel that the hidden checks of stage 4 read, each made once a student."""

import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from .. import models
from ..kit.expect import key_of
from ..kit.local import LocalStudent
from ..kit.problems import Bowl
from ..kit.run import Params, Problem
from ..kit.student import Student, remembered
from ..kit.trial import FUNCTIONS, Trial, core_counts, parallel_trial, seed_from, trial
from .environments import CartPole, MountainCar
from .landscapes import Summit, lottery
from .stage3_trials import FAR_APART, VERY_FIT, telling
from .workers import count_workers

SERIAL, PARALLEL = FUNCTIONS[3], FUNCTIONS[4]
USUAL = "fork" if sys.platform == "linux" else None  # the cheapest start method; the others have a run each


UNUSUAL = (AssertionError, BufferError, LookupError, ReferenceError, UnicodeError)
"""Built-in exceptions that code which tests a population does not raise by itself."""


@dataclass(frozen=True)
class Faulty(Bowl):
    """A bowl on which every member fails that does not come from init.

    Attributes:
        kind: what such a member raises.
    """

    kind: type[Exception] = LookupError

    def member(self, draw: int) -> Params:
        """Return a member without biases."""
        params = super().member(draw)
        params["b1"][:] = 0.0
        return params

    def fitness(self, params: Params) -> float:
        """Return the fitness of a member without biases; raise for any other."""
        value = super().fitness(params)
        if np.any(params["b1"]):
            raise self.kind("this member cannot be tested")
        return value


class Interrupted(Bowl):
    """A bowl whose on_generation raises."""

    def interruption(self) -> Exception:
        """Return the exception."""
        return LookupError("on_generation ends the run")


class Recalled:
    """The problem of a run, with the fitness of what was tested there looked up in place of played again."""

    def __init__(self, seen: Trial) -> None:
        self.member, self._play = seen.problem.member, seen.problem.fitness
        self._known = {key_of(call.params): call.value for call in seen.run.calls}

    def fitness(self, params: Params) -> float:
        """Return the fitness."""
        known = self._known.get(key_of(params))
        return self._play(params) if known is None else known


def spawn_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run under spawn, on CartPole, with a seed of 32 bits far from the main run's."""

    def make(rng: np.random.Generator) -> Trial:
        seed = parallel_trial(student, rng).asked["seed"] + FAR_APART
        return _under("spawn", student, rng, CartPole(seed_from(rng)), seed)

    return remembered(student, "spawn", rng, make)


def forkserver_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run under forkserver, on MountainCarContinuous, with the seed 0, which is a seed like any other."""

    def make(rng: np.random.Generator) -> Trial:
        return _under("forkserver", student, rng, MountainCar(seed_from(rng)), 0)

    return remembered(student, "forkserver", rng, make)


def _under(
    method: str, student: Student, rng: np.random.Generator, problem: CartPole | MountainCar, seed: int
) -> Trial:
    """Return a new run under a start method, with one worker, since each costs an interpreter.

    With two where one process tests without any pool, whatever the method: that has a check of its own.
    """

    def run(processes: int) -> Trial:
        asked: dict[str, Any] = {"generations": 6, "pop_size": 8, "sigma": problem.sigma, "seed": seed}
        return trial(student, PARALLEL, problem, start_method=method, processes=processes, **asked)

    one, still = run(1), still_trial(student, rng)
    no_pool = not any(seen.seen.fault or count_workers(seen) for seen in (one, still))
    return run(2) if no_pool and count_workers(parallel_trial(student, rng)) else one


def faulty_trial(student: Student, rng: np.random.Generator) -> tuple[Trial, str]:
    """Return a new run in which fitness raises in generation 1, and the name of what it raises."""
    kind = UNUSUAL[rng.integers(len(UNUSUAL))]
    return _of_two(student, Faulty(seed_from(rng), kind=kind), seed_from(rng)), kind.__name__


def interrupted_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a new run that ends because on_generation raises."""
    return _of_two(student, Interrupted(seed_from(rng)), seed_from(rng), watch_generations=True)


def _of_two(student: Student, problem: Bowl, seed: int, watch_generations: bool = False) -> Trial:
    """Return a new run with two workers."""
    asked: dict[str, Any] = {"generations": 3, "pop_size": 4, "sigma": 0.5, "seed": seed, "processes": 2}
    return trial(student, PARALLEL, problem, start_method=USUAL, watch_generations=watch_generations, **asked)


def default_trials(student: Student, rng: np.random.Generator) -> tuple[Trial, Trial]:
    """Return two runs that leave sigma, seed and processes at their defaults; the first waits for a worker a core.

    Each is the first of its kind after an import of the stage file, as in two runs of Python.
    """
    cores = min(core_counts())

    def make(problem: Problem, rendezvous: int | None) -> Trial:
        size = 4 * cores
        student.import_again()
        return trial(
            student, PARALLEL, problem, rendezvous=rendezvous, start_method=USUAL, generations=3, pop_size=size
        )

    first = remembered(
        student, "defaults", rng, lambda rng: make(Bowl(seed_from(rng), offset=VERY_FIT), rendezvous=cores)
    )
    return first, remembered(student, "defaults again", rng, lambda _: make(first.problem, rendezvous=None))


def serial_twin(student: Student | None, seen: Trial) -> Trial:
    """Return the run of evolve_serial with the same arguments, of a student's stage 3 or (None) of the model answer."""
    serial = student if student is not None else LocalStudent(models.load(3))
    asked = {key: value for key, value in seen.asked.items() if key not in ("processes", "on_generation")}
    return trial(serial, SERIAL, Recalled(seen), **asked)


@lru_cache(maxsize=16)
def model_twin(seen: Trial) -> Trial:
    """Return the run of the model's evolve_serial with the same arguments."""
    return serial_twin(None, seen)


def with_processes(student: Student, seen: Trial, processes: int) -> Trial:
    """Return a run with the arguments of another and its own number of processes, not watched."""
    asked = {key: value for key, value in seen.asked.items() if key != "on_generation"} | {"processes": processes}
    return trial(student, PARALLEL, seen.problem, start_method=USUAL, **asked)


def crew_trials(student: Student, rng: np.random.Generator) -> list[Trial]:
    """Return two new short runs whose calls wait for all workers, of few and of many processes."""

    def make(processes: int) -> Trial:
        asked: dict[str, Any] = {"generations": 2, "pop_size": 4 * processes, "sigma": 0.5, "seed": seed_from(rng)}
        asked["processes"] = processes
        return trial(student, PARALLEL, Bowl(seed_from(rng)), rendezvous=processes, start_method=USUAL, **asked)

    return [make(2), make(7)]


def watched_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run with on_generation and with more processes than members."""

    def make(rng: np.random.Generator) -> Trial:
        problem, seed = telling(rng, 5)
        asked: dict[str, Any] = {"generations": 3, "pop_size": 5, "sigma": 0.5, "seed": seed, "processes": 6}
        return trial(student, PARALLEL, problem, watch_generations=True, start_method=USUAL, **asked)

    return remembered(student, "watched", rng, make)


def long_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run of many small generations, none as fit as the first: what changes in the course of a run shows.

    Its seed and the main run's differ in the last bit alone.
    """

    def make(rng: np.random.Generator) -> Trial:
        problem, seed = Summit(seed_from(rng)), parallel_trial(student, rng).asked["seed"] ^ 1
        return _alone(student, problem, {"generations": 20, "pop_size": 4, "sigma": 0.5, "seed": seed})

    return remembered(student, "long", rng, make)


def lottery_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run in which fitness rises and falls by chance, with on_generation and with arguments by position."""

    def make(rng: np.random.Generator) -> Trial:
        problem, seed = lottery(rng, 4)
        asked = {"generations": 12, "pop_size": 4, "sigma": 0.5, "seed": seed}
        return _alone(student, problem, asked, watch_generations=True, by_position=True)

    return remembered(student, "lottery", rng, make)


def still_trial(student: Student, rng: np.random.Generator) -> Trial:
    """Return a run with sigma 0, and with the main run's seed: nothing else is the same."""

    def make(rng: np.random.Generator) -> Trial:
        problem, seed = telling(rng, 6, seed=parallel_trial(student, rng).asked["seed"])
        return _alone(student, problem, {"generations": 3, "pop_size": 6, "sigma": 0.0, "seed": seed})

    return remembered(student, "still", rng, make)


def _alone(student: Student, problem: Bowl, asked: dict[str, Any], **more: bool) -> Trial:
    """Return a new run with one worker."""
    return trial(student, PARALLEL, problem, start_method=USUAL, processes=1, **more, **asked)


def environment_trial(student: Student, rng: np.random.Generator, kind: type[CartPole] | type[MountainCar]) -> Trial:
    """Return a new run on CartPole or MountainCarContinuous, under the system's own start method."""
    problem, seed = kind(seed_from(rng)), seed_from(rng)
    asked: dict[str, Any] = {"generations": 6, "pop_size": 8, "sigma": problem.sigma, "seed": seed, "processes": 2}
    return trial(student, PARALLEL, problem, start_method=USUAL, **asked)
