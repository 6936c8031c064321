"""Attacks on a grader, a file a class, each a few lines to be put before a stage's code.

grader/SECURITY.md says what stops them. An attack marked ``harmless`` does not disturb its own process: before a
right answer every point must still be given. Before a wrong answer no attack may earn a point.
"""

from . import clock, detect, exhaust, forge, hide, inject, network, outlive, patch, read, shadow, vanish
from .attack import Attack
from .spoof import SPOOFS

__all__ = ["ATTACKS", "SPOOFS", "Attack"]

CLASSES = (forge, outlive, patch, vanish, hide, read, detect, shadow, exhaust, inject, network, clock)
ATTACKS = tuple(attack for kind in CLASSES for attack in kind.ATTACKS)
