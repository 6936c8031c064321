"""Stage 5: what a tell makes of the covariance, and that ask follows it."""

import numpy as np
from numpy.typing import NDArray

from grader.checks.covariance import POP_SIZE, N, Parts, measure, tell_by_chance
from grader.checks.gaussian import not_standard_normal, whitened
from grader.checks.narrowed import POP_SIZE as MANY
from grader.checks.narrowed import narrowed
from grader.checks.optimiser import Optimiser
from grader.checks.tutorial import published
from grader.kit.check import check
from grader.kit.message import Facts, fail
from grader.kit.student import Student

Floats = NDArray[np.float64]

LATITUDE = 1.3  # times the range of what has been published
USUAL = published(N, POP_SIZE)[0]
WEIGHTED = 0.7  # of the tutorial's weight of the fittest; with one weight for all it would be 0.31


def _two_tells(student: Student, rng: np.random.Generator) -> tuple[str, Parts, Parts]:
    """Return how it was called, and the parts of the covariance after the first tell and after the second."""
    optimiser = Optimiser(student, rng.standard_normal(N), 0.5, int(rng.integers(2**31)), POP_SIZE)
    first = tell_by_chance(optimiser, POP_SIZE, 0.6, rng)
    second = tell_by_chance(optimiser, POP_SIZE, 0.6, rng)
    return f"{optimiser.called}, ask(), then tell(…)", measure(first), measure(second, [first.moved])


def _facts(first: Parts, second: Parts) -> Facts:
    """Return the parts, in units of the tutorial's, as far as they can be told."""
    if first.form:
        return {"form": "diagonal"} if first.form == "diagonal" else {}
    half = POP_SIZE // 2
    values = {
        "kept": first.kept / (1 - USUAL.c_1 - USUAL.c_mu),
        "path": first.path / USUAL.rank_one,
        "crossed": second.crossed / USUAL.rank_one,
        "better": float(first.shares[:half].sum()) / USUAL.c_mu,
        "worse": float(first.shares[half:].sum()) / USUAL.c_mu,
        "fittest": _part_of_the_fittest(first.shares[:half]),
    }
    far = bool(first.lengths.mean() > 2)  # draws that lie around the mean have 1 here, give or take 0.07
    return {"far": far, **{name: round(value, 2) + 0.0 for name, value in values.items()}}


def _part_of_the_fittest(shares: Floats) -> float:
    """Return the largest share over the sum of all, in units of the tutorial's, 0 where there is no sum."""
    total = float(shares.sum())
    return float(shares.max()) / total / float(USUAL.weights[0]) if total > 1e-9 else 0.0


def _weights(parts: Parts) -> tuple[float, ...]:
    """Return the weights of the rank-mu update, made to sum to one; () where there is none.

    The constants follow from them: who has other weights loses for these alone.
    """
    shares = np.maximum(parts.shares, 0.0)
    kept = shares[shares > 1e-9 * max(shares.sum(), 1e-9)]
    return tuple(map(float, kept / kept.sum())) if not parts.form and shares.sum() > 1e-9 else ()


def _range(values: list[float]) -> tuple[float, float]:
    return min(values) / LATITUDE, max(values) * LATITUDE


@check("5.12", "The rank-mu update", points=0.5)
def test_rank_mu(student: Student, rng: np.random.Generator) -> None:
    """The covariance takes in the step of each solution of the better half, with the tutorial's learning rate."""
    called, first, second = _two_tells(student, rng)
    half = POP_SIZE // 2
    least, greatest = _range([one.c_mu for one in published(N, POP_SIZE, _weights(first))])
    halves = (first.shares[:half], first.shares[half:])
    for better, worse in (halves, halves[::-1]):  # which end is the better has a check of its own
        taken = least <= better.sum() <= greatest and better.min() > -1e-9
        taken &= first.even or _part_of_the_fittest(better) > WEIGHTED
        if not first.form and taken and worse.max() < 1e-9:  # active CMA-ES subtracts the worse half
            return
    fail(
        called,
        _not_its_parts(first)
        or f"a covariance with a share of {_words(halves[0].sum())} of the better half's steps, and "
        f"of {_words(halves[1].sum())} of the worse half's",
        f"a share of about {USUAL.c_mu:.2g} of the better half's, none or a negative one of the worse half's",
        look="the sum over the better half: whose steps from which mean, in which unit, by which learning rate",
        facts=_facts(first, second),
    )


@check("5.13", "The rank-one update", points=0.5)
def test_rank_one(student: Student, rng: np.random.Generator) -> None:
    """The covariance takes in its path, with the tutorial's learning rate and the path's normalisation."""
    called, first, second = _two_tells(student, rng)
    least, greatest = _range([one.rank_one for one in published(N, POP_SIZE, _weights(first))])
    if first.form or not least <= first.path <= greatest:
        fail(
            called,
            _not_its_parts(first) or f"a covariance with a share of {_words(first.path)} of the mean's step",
            f"a share of about {USUAL.rank_one:.2g}",
            look="the path of the covariance: what a first step adds to it, and what of it enters the covariance",
            facts=_facts(first, second),
        )


@check("5.14", "The share of the old covariance", points=0.25)
def test_kept(student: Student, rng: np.random.Generator) -> None:
    """What the two updates add, the old covariance gives up: it neither grows nor shrinks by chance."""
    called, first, second = _two_tells(student, rng)
    worse = first.shares < 0
    added = [float(np.sum(np.where(worse, first.shares * unit, first.shares))) for unit in (1.0, first.lengths)]
    path = first.path / (USUAL.rank_one / USUAL.c_1)
    sums = [first.kept + path + each for each in added]
    if first.form or min(abs(total - 1) for total in sums) > 0.02 or abs(first.kept - 1) < 1e-9:
        fail(
            called,
            _not_its_parts(first) or f"{first.kept:.4g} of the old covariance, and {path + added[0]:.3g} that is new",
            "shares of old and new that sum to 1",
            look="the factor of the old covariance, and the sigma by which the steps are divided",
            facts=_facts(first, second),
        )


@check("5.15", "The path of the covariance", points=0.25)
def test_path(student: Student, rng: np.random.Generator) -> None:
    """The path of the rank-one update remembers the steps of earlier generations."""
    called, first, second = _two_tells(student, rng)
    kept = [1 - one.c_c for one in published(N, POP_SIZE)]
    remembered = second.crossed / second.path if abs(second.path) > 1e-9 else 0.0
    if second.form or not min(kept) / LATITUDE <= remembered <= 1 - (1 - max(kept)) / LATITUDE:
        fail(
            f"{called}, twice",
            _not_its_parts(second) or f"a path in which {remembered:.2g} of the step before is left",
            f"about {kept[0]:.2g} of it",
            look="what is left of the path of the covariance from one tell to the next",
            facts=_facts(first, second),
        )


def _words(share: float) -> str:
    """Return a share with three digits; what is only rounding as 0."""
    return f"{share:.3g}" if abs(share) > 1e-9 else "0"


def _not_its_parts(parts: Parts) -> str:
    """Return what a covariance is that the old one and the steps don't make up, "" for one that they do."""
    known = {"": "", "diagonal": "a covariance that has entries on its diagonal alone"}
    return known.get(parts.form, "a covariance that no sum of the old one and of the solutions' steps gives")


@check("5.18", "The draws after a tell", points=0.5)
def test_learned_draws(student: Student, rng: np.random.Generator) -> None:
    """After a tell ask draws from N(mean, sigma**2 * covariance); from 2000 draws, with a false alarm below 1e-9."""
    seen = narrowed(student, rng)
    state = seen.state
    solutions = seen.optimiser.ask(MANY)
    if not (wrong := not_standard_normal(whitened(solutions, state.mean, state.sigma, state.covariance))):
        return
    steps = (solutions - state.mean) / state.sigma
    across = float(np.mean((steps @ seen.axis) ** 2))
    inside = float(seen.axis @ state.covariance @ seen.axis)
    others = {"identity": np.eye(state.mean.size), "square": state.covariance @ state.covariance}
    alike = [
        name
        for name, each in others.items()
        if not not_standard_normal(whitened(solutions, state.mean, state.sigma, each))
    ]
    spectrum = np.linalg.eigvalsh(steps.T @ steps / MANY) / np.linalg.eigvalsh(state.covariance)
    rows = wrong.startswith("rows that")  # each of them may be drawn as it should
    turned = not alike and not rows and bool(((spectrum > 0.75) & (spectrum < 1.35)).all())
    narrow = "across the narrow side a variance of"
    fail(
        f"{seen.optimiser.called}, ask(), tell(…), ask()",
        f"draws with {wrong}" + ("" if rows else f" than sigma and covariance say: {narrow} {across:.3g} sigma**2"),
        "each row a draw of its own" if rows else f"{narrow} {inside:.3g} sigma**2, as the covariance has it",
        look="how ask makes draws with a covariance from standard-normal ones: axes, lengths, and their order",
        facts={"alike": tuple(alike), "turned": turned, "centre": wrong == "another centre", "rows": rows},
    )
