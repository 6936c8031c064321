"""Whether fitness improves from generation to generation by more than chance gives."""

from collections.abc import Callable

import numpy as np

from ..kit.message import fail
from ..kit.trial import Trial

LOSSES = 8
GAIN = 4.0  # in units of sigma, on a slope: what select gains in five steps is about 7


def last_mean(trial: Trial, passes_at: float) -> bool:
    """Return whether the mean fitness of the last generation reaches a value."""
    return len(trial.values) > 1 and float(np.mean(trial.values[-1])) >= passes_at


def gain(trial: Trial) -> float:
    """Return how much fitter the fittest of the last generation is than that of the first, in units of sigma."""
    return (max(trial.values[-1]) - max(trial.values[0])) / trial.sigma


def improves(make: Callable[[int], Trial], passed: Callable[[Trial], bool], ahead: int, wanted: str) -> None:
    """Fail unless runs on new seeds pass more often than chance: end ``ahead`` wins in front, or LOSSES behind.

    A run passes with p for a right answer and with q without selection; so by the gambler's ruin a right answer fails
    with ((1 - p) / p)**LOSSES, and one that never selects passes with (q / (1 - q))**ahead. Of 1,500 runs each passed

        parent                      slope    CartPole   MountainCarContinuous
        fittest of the generation   1,473    1,488      1,494
        fittest so far              1,474    1,485      1,496
        the same, carried over      1,444    1,482      1,493
        any member                     32      209        135

    so that a right answer fails with less than 1e-11.

    Args:
        make: makes run 0, 1, ….
        passed: reads one run.
        ahead: how many more passes than failures it takes.
        wanted: what a run passes with, in words.
    """
    score, number = 0, 0
    while -LOSSES < score < ahead:
        trial = make(number)
        score += 1 if passed(trial) else -1
        number += 1
    if score < ahead:
        first = trial.values[0] if trial.values else [float("nan")]
        last = trial.values[-1] if trial.values else [float("nan")]
        fail(
            trial.called,
            f"a mean fitness of {np.mean(first):.3g} in generation 0 and of {np.mean(last):.3g} in the last",
            f"{trial.generations} generations, and {wanted}, as it comes out when the fittest is the parent",
            look="How many generations there are, how the fittest is selected, and what is made from it.",
        )
