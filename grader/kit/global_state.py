"""The global random states of a process: set from outside, and drawn from by fitness, as by many that are in use."""

import random

import numpy as np

_drawn = False


def seed_global(seed: int, drawn: bool) -> None:
    """Set the state of ``random`` and of ``numpy.random``'s global functions.

    Args:
        seed: the state.
        drawn: whether each call of fitness in this process draws from both from now on.
    """
    global _drawn
    random.seed(seed)
    np.random.seed(seed)
    _drawn = drawn


def draw() -> None:
    """Draw from both, where that was asked for."""
    if _drawn:
        random.random()
        np.random.random()
