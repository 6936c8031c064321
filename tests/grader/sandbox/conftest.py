"""Opens real seals for student code written in the tests."""

import textwrap
from collections.abc import Callable, Iterator, Mapping

import pytest

from grader.sandbox import Limits, SealedStudent, open_student

Open = Callable[..., SealedStudent]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Open a seal for stage 1, or another, whose file is the given text; all are closed at the end."""
    seals: list[SealedStudent] = []

    def open_one(
        text: str, stage: int = 1, others: Mapping[int, str] | None = None, isolation: str = "bwrap", **limits: float
    ) -> SealedStudent:
        sources = {stage: text, **(others or {})}
        given = {number: textwrap.dedent(source).encode() for number, source in sources.items()}
        seals.append(open_student(stage, given, isolation, Limits(**limits)))  # type: ignore[arg-type]
        return seals[-1]

    yield open_one
    for seal in seals:
        seal.close()
