"""Whether two runs of an evolve function are the same, and in which part they differ or agree."""

from collections.abc import Callable, Hashable
from typing import Any

import numpy as np

from ..kit.describe import first_difference
from ..kit.expect import history_holds_every_fitness, key_of, two_values
from ..kit.message import CheckFailed, fail
from ..kit.plain import numbers
from ..kit.run import Run
from ..kit.trial import Trial, same
from . import spread
from .evolution_checks import children_of
from .evolution_log import broods

SAME_DIGITS = "a seed that ends in the same digits"
COUNTED = 10_000  # members and generations of a run are fewer


def difference(one: Run, two: Run) -> str:
    """Return where two runs' best or history differ, "" where they are equal."""
    if not _equal_history(one.history, two.history):
        return first_difference(one.history, two.history) or "another history"
    if isinstance(one.best, dict) and isinstance(two.best, dict):
        return "" if same(one.best, two.best) else f"best: {first_difference(one.best, two.best)}"
    return first_difference(one.best, two.best)


def same_run_again(first: Trial, second: Trial, again: Callable[[], Trial]) -> None:
    """Fail unless one seed gave the same (best, history) before and after the global random state was changed.

    Args:
        first: a run with the seed.
        second: the same with another global random state.
        again: makes a run with the first global random state once more.
    """
    two_values(first)
    children_of(first)
    differs = difference(first.run, second.run)
    if differs:
        facts = {
            "members differ": not common_draws(first, second),
            "noise differs": not common_noise(first, second),
            "global state": not difference(first.run, again().run),
            "only 0": first.asked["seed"] == 0,
        }
        fail(
            f"twice {first.called}",
            "two runs that differ" + (", and follow numpy's global random state" if facts["global state"] else ""),
            "the same (best, history) for the same seed",
            differs=differs,
            look="The Generator that is made from seed, and everything that draws: init and sample_params.",
            facts=facts,
        )


def watching_changes_nothing(watched: Trial, plain: Trial, again: Callable[[], Trial]) -> None:
    """Fail where a run returns something else, or tests more, only because on_generation is given.

    Args:
        watched: a run with on_generation.
        plain: one without it that is to be the same.
        again: makes another one without it, to tell runs that differ anyway.
    """
    if plain.seen.fault is not None or not (differs := _apart(watched, plain)) or _apart(again(), plain):
        return
    fail(
        f"{watched.called}, and the same without on_generation",
        "two runs that differ",
        "the same (best, history), by the same calls of fitness, whether on_generation is given or not",
        differs=differs,
        look="Which lines stand inside the condition on on_generation, and which beside it.",
        facts={"on_generation": "spoils", "rows": getattr(watched.run.history, "shape", ())[:1]},
    )


def _apart(one: Trial, two: Trial) -> str:
    """Return where two runs' calls, histories' types or results differ, "" where they are the same."""
    tested = [f"{len(each.run.calls)} calls of fitness" for each in (one, two)]
    kinds = [f"history: {type(each.run.history).__name__}" for each in (one, two)]
    for words in (tested, kinds):
        if words[0] != words[1]:
            return " against ".join(words)
    return difference(one.run, two.run)


def history_is_its_own(first: Trial, second: Trial) -> None:
    """Fail where the second of two runs returns a history of other calls of fitness than its own."""
    try:
        history_holds_every_fitness(first)
    except CheckFailed:
        return  # another check has said so
    history_holds_every_fitness(second)


def other_runs(pairs: list[tuple[str, Trial, Trial]], again: Callable[[], Trial]) -> None:
    """Fail where two runs on other seeds (or on None) share members of generation 0 or noise of children.

    By chance two draws of 62 bits agree with 1e-16 a pair, two noises in 72 dimensions never. Runs on seeds that lie
    close together may share what a generator made from seed plus a counter gives, each at another place.

    Args:
        pairs: the two runs of each, and in words what differs between them; the first that agree are told.
        again: makes one more run without a seed, without an import of the stage file before it.
    """
    for words, one, two in pairs:
        children_of(one), children_of(two)
        near = _are_close(one, two)
        shared = {"members": common_draws(one, two, near), "noise": common_noise(one, two, near)}
        if any(shared.values()):
            facts: dict[str, Hashable] = {**shared, "for": words}
            parts = [part for part, common in shared.items() if common]
            if "seed" not in two.asked:
                facts["restarts"] = not common_draws(two, again())  # other numbers only as long as Python runs
            what = {"members": "the same members in generation 0", "noise": "the same noise in the children"}
            fail(
                f"{one.called} and {two.called}" if one.called != two.called else f"twice {one.called}",
                " and ".join(what[part] for part in parts),
                f"other random numbers for {words}",
                look="Where the Generator is made, and from what.",
                facts=facts,
            )


def _are_close(one: Trial, two: Trial) -> bool:
    """Return whether two runs have seeds of which one can be reached from the other by counting."""
    seeds = [each.asked["seed"] for each in (one, two) if each.asked.get("seed") is not None]
    return len(seeds) == 2 and abs(seeds[0] - seeds[1]) < COUNTED


def common_draws(one: Trial, two: Trial, in_place: bool = False) -> bool:
    """Return whether two runs tested members of the same draws in generation 0, at the same place if that is asked."""
    draws = _tested_draws(one), _tested_draws(two)
    if in_place:
        return any(a == b for a, b in zip(*draws, strict=False))
    return not set(draws[0]).isdisjoint(draws[1])


def _tested_draws(trial: Trial) -> list[int]:
    """Return the draws of the members that were tested; init may be called for the form of a member alone."""
    tested = {key_of(call.params) for call in trial.run.calls}
    return [call.draw for call in trial.run.inits if key_of(call.params) in tested]


def common_noise(one: Trial, two: Trial, in_place: bool = False) -> bool:
    """Return whether a child of one run has the noise of a child of the other, at the same place if that is asked."""
    noises = [[brood.noise for brood in broods(trial) if len(brood.noise)] for trial in (one, two)]
    if not all(noises) or noises[0][0].shape[1] != noises[1][0].shape[1]:
        return False
    if in_place:
        rows = ((a[k : k + 1], b[k : k + 1]) for a, b in zip(*noises, strict=False) for k in range(min(len(a), len(b))))
        return any(spread.alike(a, b) for a, b in rows)
    return spread.alike(np.concatenate(noises[0]), np.concatenate(noises[1]))


def _equal_history(one: Any, two: Any) -> bool:
    first, second = numbers(one), numbers(two)
    return first is not None and second is not None and np.array_equal(first, second)
