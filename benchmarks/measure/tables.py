"""What a section of the report is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Section:
    """What was measured: ``lines`` of Markdown for people, ``figures`` (JSON) for programs."""

    lines: list[str]
    figures: Any


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a Markdown table."""
    return [f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(header), *rows)]


def met(ratio: float, goal: float | None) -> str:
    """Return the goal and whether the ratio meets it."""
    return "" if goal is None else f"{goal:g} {'✓' if ratio >= goal else '✗'}"
