"""What a stage file may import and how long that may take, in a seal and in the very words on a student's machine."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.kit.imports import unknown_module
from grader.kit.local import LocalStudent
from grader.kit.student import StudentMissing, StudentStopped
from grader.manifest import course
from grader.sandbox import SealedStudent

Open = Callable[..., SealedStudent]
MODULES = [stage.module for stage in course().stages]
SEVERAL = "import os, numpy.linalg\nfrom stage1_forward import forward\nfrom collections import abc\n\n"


@pytest.mark.parametrize(
    "text",
    ["import matplotlib.pyplot as plt", "from helper import f", SEVERAL + "import sys, scipy", "import stage1_foward"],
)
def test_a_module_that_is_not_there_at_grading_fails_at_home_with_the_same_words(
    opened: Open, text: str, tmp_path: Path
) -> None:
    (tmp_path / "stage2_sample_params.py").write_text(text, encoding="utf-8")
    home = LocalStudent.of_file(tmp_path / "stage2_sample_params.py", modules=MODULES)
    messages = []
    for student in (home, opened(text, stage=2)):
        with pytest.raises(StudentMissing) as seen:
            student.call("sample_params")
        messages.append(seen.value.message)
    assert messages[0] == messages[1]
    assert "there is no module" in messages[0].returned


@pytest.mark.parametrize(
    "text",
    [
        SEVERAL,
        "from __future__ import annotations",
        "try:\n    import numba\nexcept ImportError:\n    numba = None",
        "def f():\n    import matplotlib",
        "if __name__ == '__main__':\n    import matplotlib",
        "import (",
    ],
    ids=["known", "future", "tried", "in a function", "as a script", "no Python"],
)
def test_what_may_be_meant_to_fail_or_is_there_is_free(text: str) -> None:
    assert unknown_module(text.encode(), "stage2_sample_params.py", MODULES) is None


@pytest.mark.parametrize(
    ("line", "cap", "limits"),
    [("while True: pass", "cpu", {"cpu": 1.0}), ("import time; time.sleep(99)", "time", {"idle": 1.0})],
)
def test_an_import_that_takes_long_says_what_runs_on_every_import(
    opened: Open, line: str, cap: str, limits: dict[str, float]
) -> None:
    with pytest.raises(StudentStopped) as seen:
        opened(line, **limits).call("forward")
    message = seen.value.message
    assert seen.value.cap == cap
    assert "1 second" in message.returned and "1 seconds" not in message.returned
    assert message.expected == "stage1_forward.py imports without running for long"
    assert "left margin of stage1_forward.py" in message.look
