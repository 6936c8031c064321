"""The mark that makes a pytest function a check: its number, its points and its title."""

from collections.abc import Callable
from typing import Any, TypeVar

import pytest

Function = TypeVar("Function", bound=Callable[..., Any])


def check(number: str, title: str, points: float) -> Callable[[Function], Function]:
    """Mark a pytest function as check ``number`` ("3.2": stage 3, second check).

    Args:
        number: stage and check; a stage's checks go from the most basic to the most demanding.
        title: a neutral noun phrase, since the word passed or failed stands beside it.
        points: what the check is worth; a stage's checks add up to its points in the manifest.
    """
    return pytest.mark.check(number=number, title=title, points=points)
