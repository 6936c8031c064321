"""What stages 3 and 4 ask of the children in one trial: draws of their own, with the spread of sigma."""

from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise

from ..kit.first_draw import normal_of
from ..kit.message import fail
from ..kit.trial import Trial
from . import spread
from .evolution_log import BEST, Brood, Floats, broods, matrices


def children_of(trial: Trial) -> list[Brood]:
    """Return the generations after the first; fail where there are none to read."""
    found = broods(trial)
    if found:
        return found
    fail(
        trial.called,
        f"{len(trial.rows)} generations of {trial.pop_size} tested params",
        f"{trial.generations} generations of params with the keys and shapes that init gives",
        facts={"generations": len(trial.rows)} if len(trial.run.calls) % trial.pop_size == 0 else {},
    )


def children_are_draws_of_their_own(trial: Trial) -> None:
    """Fail unless every child has noise of its own, in its generation and from one generation to the next."""
    grown = children_of(trial)
    word = spread.repeats(grown)
    if not word and trial.sigma:
        drawn = [normal_of(call.draw) for call in trial.run.inits]
        word = "the draws of init" if spread.replayed(grown, drawn, trial.sigma) else ""
    if word:
        vague = word in ("earlier members again", "some the same")
        fail(
            trial.called,
            REPEAT_WORDS[word],
            "each member a draw of its own, and new draws in each generation",
            look="How often sample_params is called, and with which Generator.",
            facts={} if vague else {"children": word},
        )


REPEAT_WORDS = {
    "the same population": "a population of members that were all tested before",
    "earlier members again": "members that were tested before, unchanged",
    "no noise": "members equal to their parent",
    "one child, always the same noise": "one child many times, with the same noise in each generation",
    "one child": "one child many times in place of different ones",
    "the same noise in each generation": "the noise of one generation again in the next",
    "some the same": "children with the same noise as others of their generation",
    "some numbers the same": "noise in which numbers come again, in other children or in other entries",
    "the draws of init": "children whose noise repeats the numbers that init has drawn",
}


def children_spread_by_sigma(trials: Sequence[Trial]) -> None:
    """Fail unless the children of every trial spread by its sigma, as normal and independent draws do.

    Bounds of 4e-12 each (grader.checks.spread): a chi-square a trial, one of the centres a trial and of those so far
    together, the distribution and the independence of neighbours over the numbers of a trial.
    """
    found = [[brood for brood in children_of(trial) if len(brood.children)] for trial in trials]
    kept = [(trial, grown) for trial, grown in zip(trials, found, strict=True) if grown]
    wrong = [
        (trial, grown)
        for trial, grown in kept
        if not all(spread.right_deviation(part, trial.sigma) for part in (grown, spread.late(grown)))
    ]
    expected = "a standard deviation of sigma = {:g} around the parent, in every number"
    if wrong:
        trial, grown = wrong[0]
        fail(
            trial.called,
            f"children with a standard deviation of {spread.deviation(grown):.2g} around their centre, "
            f"{spread.deviation(spread.late(grown)):.2g} in the last generations",
            expected.format(trial.sigma),
            look="The sigma on its way from the arguments to sample_params.",
            facts=_law(wrong),
        )
    looked_at: list[tuple[list[Brood], float]] = []
    for trial, grown in kept:
        right = [brood for brood in grown if brood.origin == BEST]
        if spread.repeats(grown) or not right:
            continue  # another check says that draws are repeated
        looked_at.append((right, trial.sigma))
        if not spread.even(right, trial.sigma):
            fail(
                trial.called,
                "children that spread more in some places of the population, or in some generations, than in others",
                expected.format(trial.sigma),
                look="Each sigma that sample_params gets.",
                facts={"spread": "uneven"},
            )
        common = not spread.around_the_parents(looked_at[-1:]) or not spread.around_the_parents(looked_at)
        if not common and spread.pushed(looked_at):
            fail(
                trial.called,
                "children that lie beyond their parent, or short of it, along its last step",
                expected.format(trial.sigma),
                look="What is handed to sample_params: the best itself, with nothing of older ones in it.",
                facts={"spread": "pushed"},
            )
        if common or not (spread.normal(right, trial.sigma) and spread.independent(right, trial.sigma)):
            fail(
                trial.called,
                "children of one generation that all have moved the same way from their parent"
                if common
                else "children whose numbers are not independent normal draws",
                expected.format(trial.sigma),
                look="Let sample_params of stage 2 draw the children.",
                facts={"spread": "in common" if common else "not normal"},
            )


def children_repeat_their_parent(trial: Trial) -> None:
    """Fail where sigma 0 gives children that are no copies; whose copies, a mean even, is asked for elsewhere."""
    if trial.seen.fault is not None or len(trial.rows) < 2:
        return  # how a run goes is asked for elsewhere, with a usual sigma
    if any(_differing(before, children) for before, children in pairwise(matrices(trial) or [])):
        fail(
            trial.called,
            "children that differ from their parent",
            "children equal to their parent: with sigma 0 there is no noise",
            look="What becomes of a sigma of 0 on its way to sample_params.",
            facts={"spread": "at sigma 0"},
        )


def _differing(before: Floats, children: Floats) -> bool:
    """Return whether the children are neither copies of members before them nor all equal."""
    copies = all((before == child).all(axis=1).any() for child in children)
    return not copies and bool((children != children[0]).any())


def _law(wrong: Sequence[tuple[Trial, list[Brood]]]) -> dict[str, Hashable]:
    """Return a word for how the spread depends on sigma, nothing where no law is known."""
    laws: dict[str, Callable[[float], float]] = {
        "one": lambda sigma: 1.0,
        "squared": lambda sigma: sigma**2,
        "root": lambda sigma: sigma**0.5,
        "twice": lambda sigma: 2 * sigma,
    }
    for word, law in laws.items():
        if all(abs(spread.deviation(grown) / law(trial.sigma) - 1) < 0.12 for trial, grown in wrong):
            return {"spread": word}
    _, grown = max(wrong, key=lambda pair: len(pair[1]))
    return {"spread": "falls"} if spread.trend(grown) < -0.8 else {}  # one that rises may be that of several parents
