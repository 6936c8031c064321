"""Stage 6: episode_batch against Gymnasium's own episodes, member by member."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.populations import CAR, Params, fitness_of, in_any_order, mixed, with_twins
from grader.kit.check import check
from grader.kit.describe import describe, first_difference, show
from grader.kit.message import fail
from grader.kit.network import flat_numbers, rounded
from grader.kit.student import Student

CLOSE = 1e-9


def seeds_for(count: int, rng: np.random.Generator) -> list[int]:
    """Return large seeds, and 0, and one twice; for one member 0, which other populations have played with."""
    seeds = [int(seed) for seed in rng.integers(2**31, size=count)]
    seeds[min(1, count - 1)] = 0
    return seeds if count < 4 else [*seeds[:-1], seeds[2]]


@check("6.7", "Episodes of CartPole-v0", points=0.5)
def test_cartpole_v0(student: Student, rng: np.random.Generator) -> None:
    """In CartPole-v0 each member's fitness is what episode gives with its seed, at most 200, its keys in any order."""
    _compare(student, "CartPole-v0", in_any_order(mixed(rng, "CartPole-v0", 6, 6)), rng)


@check("6.8", "Episodes of CartPole-v1", points=0.75)
def test_cartpole_v1(student: Student, rng: np.random.Generator) -> None:
    """In CartPole-v1 each member's fitness is what episode gives with its seed, at most 500, for 70 members too."""
    _compare(student, "CartPole-v1", mixed(rng, "CartPole-v1", 5, 0), rng)
    _compare(student, "CartPole-v1", mixed(rng, "CartPole-v1", 3, 5), rng)
    _compare(student, "CartPole-v1", mixed(rng, "CartPole-v1", 67, 3), rng)


@check("6.9", "Episodes of MountainCarContinuous-v0", points=1.5)
def test_mountain_car(student: Student, rng: np.random.Generator) -> None:
    """In MountainCarContinuous-v0 each member's fitness is what episode gives with its seed, goal or not, twins too."""
    _compare(student, CAR, mixed(rng, CAR, 0, 5), rng)
    _compare(student, CAR, with_twins(mixed(rng, CAR, 5, 3), 5), rng)


@check("6.10", "A population of one", points=0.5)
def test_one_member(student: Student, rng: np.random.Generator) -> None:
    """A population of one gives one fitness, in an array of shape (1,); another with the same seed gives its own.

    The values are looked at after the last call: none may change what another has returned.
    """
    cases = [(env_id, mixed(rng, env_id, 0, 1), seeds_for(1, rng)) for env_id in ("CartPole-v0", CAR, CAR)]
    calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = [((pop, env_id, seeds), {}) for env_id, pop, seeds in cases]
    replies = student.call_many("episode_batch", calls, late=True)
    for (env_id, pop, seeds), reply in zip(cases, replies, strict=True):
        _require(reply.value, env_id, pop, seeds)


@check("6.11", "Seeds that are numpy ints", points=0.25)
def test_numpy_seeds(student: Student, rng: np.random.Generator) -> None:
    """Seeds may be numpy ints, of 32 bits too: they give what the same Python ints give."""
    pop = mixed(rng, "CartPole-v0", 10, 2)
    seeds = [2**31 + seed for seed in seeds_for(len(pop), rng)]
    _compare(student, "CartPole-v0", pop, rng, seeds, [np.int64(seed) for seed in seeds])


@check("6.12", "The population after the episodes", points=0.5)
def test_population_unchanged(student: Student, rng: np.random.Generator) -> None:
    """stack, forward_batch and episode_batch change none of their arguments."""
    pop = mixed(rng, "CartPole-v1", 4, 2)
    seeds = seeds_for(len(pop), rng)
    observations = rng.standard_normal((len(pop), 4))
    changed = []
    for name, args in (
        ("stack", (pop,)),
        ("forward_batch", (observations, {key: np.stack([params[key] for params in pop]) for key in pop[0]})),
        ("episode_batch", (pop, "CartPole-v1", seeds)),
    ):
        reply = student.call(name, *args)
        flat = flat_numbers(reply.value)
        played = name != "episode_batch" or (flat is not None and flat.size > 0 and bool((flat >= 1).all()))
        if reply.value is None or not played:
            fail(
                f"{name} with a population of {len(pop)}",
                describe(reply.value) if played else "a fitness below 1, which no episode of CartPole has",
                "a value, and every argument unchanged",
                look="what the function returns at its end",
                facts={"returned nothing": name},
            )
        changed += [(name, place) for place, (a, b) in enumerate(zip(args, reply.args, strict=True)) if not _same(a, b)]
    if changed:
        name, place = changed[0]
        fail(
            f"{name} with a population of {len(pop)}",
            f"its argument number {place + 1} is not what it was before the call",
            "every argument unchanged",
            look="what changes an array or a list in place: +=, x[…] = …, .sort(), .pop()",
            facts={"changed": tuple(changed)},
        )


def _compare(
    student: Student,
    env_id: str,
    pop: Sequence[Params],
    rng: np.random.Generator,
    seeds: Sequence[int] = (),
    passed: Sequence[Any] = (),
) -> None:
    """Hold episode_batch against one episode after another; ``passed`` are the seeds as the student gets them."""
    seeds = seeds or seeds_for(len(pop), rng)
    _require(student.call("episode_batch", list(pop), env_id, list(passed or seeds)).value, env_id, pop, seeds)


def _require(value: Any, env_id: str, pop: Sequence[Params], seeds: Sequence[int]) -> None:
    """Fail unless a value is what one episode after another gives."""
    expected = fitness_of(pop, env_id, seeds)
    if isinstance(value, np.ndarray) and equal_fitness(value, expected, env_id):
        return
    fail(
        f'episode_batch(pop, "{env_id}", seeds) for {len(pop)} {"member" if len(pop) == 1 else "members"}',
        f"{describe(value)}: {show(value)}",
        f"an array of shape ({len(pop)},): {show(expected)}",
        differs=first_difference(value, expected, CLOSE),
        look="one member's episode by itself: its seed, its actions, when it ends, and which rewards are added up",
        facts={"shape": np.shape(value) if isinstance(value, np.ndarray) else (), "values": rounded(value)},
    )


def equal_fitness(value: NDArray[Any], expected: NDArray[np.float64], env_id: str) -> bool:
    """Return whether fitness (pop_size,) is equal to 1e-9.

    The car's position is rounded to float32 in every step, so another order of a sum may, once in 1e5 populations,
    turn one rounding and change one member's fitness a little. One such member is let pass.
    """
    got = flat_numbers(value)
    if got is None or value.shape != expected.shape:
        return False
    off = np.abs(got - expected)
    return bool(np.sum(~(off <= CLOSE)) <= (1 if env_id == CAR and len(off) > 4 and np.nanmax(off) < 1e-4 else 0))


def _same(one: Any, two: Any) -> bool:
    """Return whether two arguments hold equal numbers."""
    if isinstance(one, dict):
        return isinstance(two, dict) and one.keys() == two.keys() and all(_same(one[key], two[key]) for key in one)
    if isinstance(one, list):
        return isinstance(two, list) and len(one) == len(two) and all(map(_same, one, two))
    return bool(np.array_equal(one, two)) and (not isinstance(one, np.ndarray) or one.dtype == two.dtype)
