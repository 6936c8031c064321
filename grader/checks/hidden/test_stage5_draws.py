"""Stage 5: what ask draws, from which random numbers, and what stays the caller's."""

import numpy as np
from numpy.typing import NDArray

from grader.checks.gaussian import not_standard_normal, whitened
from grader.checks.optimiser import Optimiser
from grader.kit.check import check
from grader.kit.message import fail
from grader.kit.student import Student

Floats = NDArray[np.float64]

DRAWS, N, SIGMA = 2000, 5, 2.5
FAR = 1e5
POP_SIZE = 40
FAR_SEED = 3 * 2**16 * 5**6  # of 32 bits; ends in the digits of 0, binary and decimal


@check("5.4", "The first draws of ask", points=0.75)
def test_first_draws(student: Student, rng: np.random.Generator) -> None:
    """The first ask draws from N(mean, sigma**2 * I); from 2000 draws, with a false alarm below 1e-9."""
    mean = rng.uniform(4, 8, N) * rng.choice([-1, 1], N)
    optimiser = Optimiser(student, mean, SIGMA, int(rng.integers(2**31)), DRAWS)
    z = whitened(optimiser.ask(DRAWS), mean, SIGMA, np.eye(N))
    if not (wrong := not_standard_normal(z)):
        _no_limit(student, rng)
        return
    spread = float(z.std(axis=0).mean())
    centre = z.mean(axis=0) * SIGMA + mean
    fail(
        f"{optimiser.called}, then ask()",
        f"{DRAWS} solutions with {wrong}, unlike N(mean, sigma**2 * I): a standard deviation of {spread * SIGMA:.2f} "
        f"in an entry on average, around {centre[0]:.2f} in the first",
        f"a standard deviation of {SIGMA:g} in every entry, around {mean[0]:.2f} in the first",
        look="print the mean and the standard deviation of many solutions, for a sigma other than 1",
        facts={
            "centre": _centre(centre, mean),
            "spread": _spread(spread),
            "wrong": wrong,
            "identity": bool(np.allclose(optimiser.state().covariance, np.eye(N))),
        },
    )


def _no_limit(student: Student, rng: np.random.Generator) -> None:
    """Fail unless solutions around a mean that lies far out lie there too, within 12 sigma: by chance always."""
    mean = FAR * rng.choice([-1.0, 1.0], N)
    optimiser = Optimiser(student, mean, SIGMA, int(rng.integers(100, 1000)), POP_SIZE, by_position=True)
    solutions = optimiser.ask(POP_SIZE)
    if np.abs(solutions - mean).max() > 12 * SIGMA:
        fail(
            f"{optimiser.called} and numbers of {FAR:g} in the mean, then ask()",
            f"solutions with numbers from {solutions.min():.5g} to {solutions.max():.5g}",
            "solutions around the mean, wherever it lies",
            look="what holds solutions between two limits",
            facts={"limit": "solutions"},
        )


def _centre(centre: Floats, mean: Floats) -> str:
    off = float(np.abs(centre - mean).max())
    return "right" if off < 0.5 else "zero" if float(np.abs(centre).max()) < 0.5 else "other"


def _spread(times: float) -> str:
    """Return which power of sigma stands in the place of sigma."""
    powers = {0.0: "none", 0.5: "root", 1.0: "right", 2.0: "square", 3.0: "cube"}
    power = np.log(times * SIGMA) / np.log(SIGMA)
    near = min(powers, key=lambda known: abs(known - power))
    return powers[near] if abs(near - power) < 0.1 else "other"


@check("5.6", "The same seed, the same draws", points=0.5)
def test_seed(student: Student, rng: np.random.Generator) -> None:
    """Two CMAES with the same seed draw the same, before and after a tell; another seed draws otherwise."""
    runs = []
    anew, kept = True, False
    for given in (0, 0, 1, FAR_SEED):  # 0 is a seed like any other
        optimiser = Optimiser(student, np.ones(4), 0.7, given, POP_SIZE)
        first = optimiser.ask(POP_SIZE)
        optimiser.tell(first[:, 0] - first[:, 1] ** 2)
        state = optimiser.state()
        second = optimiser.ask(POP_SIZE)
        lengths = [
            np.linalg.norm(first - 1.0, axis=1),
            np.linalg.norm(whitened(second, state.mean, state.sigma, state.covariance), axis=1),
        ]
        anew &= bool(np.corrcoef(lengths)[0, 1] < 0.95)  # of 40 pairs: by chance once in 1e17
        kept |= bool((first[:, None] == second).all(axis=2).any())
        runs.append((first, second))
    same = tuple(bool(np.allclose(a, b, rtol=1e-9, atol=0)) for a, b in zip(runs[0], runs[1], strict=True))
    others = tuple(not np.allclose(a, b) for other in runs[2:] for a, b in zip(runs[0], other, strict=True))
    if all(same) and all(others) and anew and not kept:
        return
    if kept:
        seen, wanted = "the second ask gives solutions of the first once more", "new draws in each ask"
    elif not anew:
        seen, wanted = "the second ask drew what the first one drew", "new draws in each ask"
    elif not all(same):
        seen, wanted = f"other draws in the {'first' if not same[0] else 'second'} ask", "the same draws"
    else:
        seen, wanted = "the same draws with another seed", "other draws with another seed"
    fail(
        "two CMAES with seeds of their own: ask(), tell(…), ask() of each",
        seen,
        wanted,
        look="which rows of what ask returns are drawn"
        if kept
        else "where the random generator is made, from what, and how often",
        facts={"same": same, "others": others, "anew": anew, "kept": kept},
    )


@check("5.7", "The draws and the global random state", points=0.5)
def test_global_state(student: Student, rng: np.random.Generator) -> None:
    """With the same seed ask draws the same whatever the global random state, two CMAES in turn included."""
    seed = int(rng.integers(2**31))
    drawn = []
    for state in (11, 12, 11):
        optimiser = Optimiser(student, np.ones(3), 1.0, seed, 6)
        student.seed_global(state)
        drawn.append(optimiser.ask(6))
    straight = [Optimiser(student, np.ones(3), 1.0, seed, 6).ask(6) for _ in range(2)]
    pair = [Optimiser(student, np.ones(3), 1.0, seed, 6) for _ in range(2)]
    in_turn = [optimiser.ask(6) for optimiser in pair]
    whatever = bool(np.allclose(drawn[0], drawn[1]))
    apart = bool(np.allclose(in_turn[0], in_turn[1]))
    if np.ptp(drawn[0], axis=0).max() < 1e-12:
        fail(
            "CMAES(mean, seed=…).ask()",
            "the same solution in every row",
            "solutions that differ",
            look="where the random numbers of ask come in",
            facts={"drawn": "one solution"},
        )
    if whatever and apart:
        return
    fail(
        "CMAES(mean, seed=…), numpy.random.seed(…), ask()" if not whatever else "two CMAES with the same seed, in turn",
        "draws that change with the global random state" if not whatever else "draws that differ",
        "the same draws from the same seed",
        look="which generator the random numbers of ask come from, and whose it is",
        facts={
            "whatever": whatever,
            "follows": bool(np.allclose(drawn[0], drawn[2])),
            "straight": bool(np.allclose(straight[0], straight[1])),
            "apart": apart,
        },
    )


@check("5.8", "The caller's arrays after tell", points=0.5)
def test_arrays_unchanged(student: Student, rng: np.random.Generator) -> None:
    """Neither __init__ nor tell changes the arrays that it is given."""
    mean = rng.standard_normal(4)
    optimiser = Optimiser(student, mean, 0.5, 5, 8)
    solutions = optimiser.ask(8)
    fitness = rng.standard_normal(8)
    told = optimiser.tell(fitness)
    pairs = {
        "mean": (mean, student.given(optimiser.handle).args[0]),
        "solutions": (solutions, told.args[0]),
        "fitness": (fitness, told.args[1]),
    }
    changed = tuple(name for name, (given, after) in pairs.items() if not np.array_equal(given, after))
    if changed:
        fail(
            "CMAES(mean, …), ask(), tell(solutions, fitness)",
            f"{changed[0]} is not what it was before the call",
            f"{changed[0]} unchanged",
            look="what changes an array in place: +=, .sort(), x[…] = …; and what takes a copy first",
            facts={"changed": changed},
        )
