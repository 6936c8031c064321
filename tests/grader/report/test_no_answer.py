"""What the pages say where there was no answer to compare: an exception, a stop, a missing name, or None."""

from pathlib import Path

import pytest

from grader.kit import fault
from grader.kit.message import CheckFailed, Message, fail
from grader.report.classpage import NO_SLIP, count_checks
from grader.report.feedback import next_step
from grader.results import CheckResult, StageResult, SubmissionResult
from grader.sandbox.errors import SealEnded
from grader.sandbox.faults import Call, ended, told
from grader.sandbox.limits import Limits

FILE = "stage3_serial.py"
CALL = Call("evolve_serial", FILE)


def message_of_none() -> Message:
    try:
        fail("evolve_serial(fitness, init)", "None", "two values: best and history")
    except CheckFailed as failed:
        return failed.message


def told_message(**words: object) -> Message:
    return told(CALL, words, Limits()).message


NO_ANSWER = [  # a message as the kit or the seal writes it, what the student reads of it, what the class page counts
    (fault.raised("f()", "NameError", "no x", 9, FILE).message, f"NameError: no x (line 9 of {FILE})", "NameError"),
    (fault.raised("f()", "OSError", "", 9, FILE).message, f"OSError (line 9 of {FILE})", "OSError"),
    (fault.raised("f()", "NotImplementedError", "do it", 9, FILE).message, "do it (line 9", "NotImplementedError"),
    (fault.not_imported(SyntaxError("no"), Path(FILE)).message, "SyntaxError: no", "SyntaxError"),
    (fault.missing("evolve_serial", FILE).message, f"{FILE} does not define", f"{FILE} does not define evolve_serial"),
    (fault.too_long("f()", 5).message, "nothing in 5 seconds", "it was stopped, or ended Python"),
    (ended(CALL, SealEnded("memory"), Limits()).message, "more than", "it was stopped, or ended Python"),
    (
        ended(Call(f"import {FILE[:-3]}", FILE), SealEnded("cpu"), Limits()).message,
        "nothing in 10 seconds",
        "it was stopped, or ended Python",
    ),
    (told_message(kind="import", type="SyntaxError", text="no", line=9), "SyntaxError: no (line 9", "SyntaxError"),
    (
        told_message(kind="import", type="ModuleNotFoundError", module="torch", line=9),
        f"there is no module torch (line 9 of {FILE})",
        "there is no module torch",
    ),
    (message_of_none(), "nothing is returned", "nothing is returned"),
]


def with_failure(message: Message) -> SubmissionResult:
    check = CheckResult("3.1", "The number of calls", 30, "failed", 0.0, message=message)
    return SubmissionResult("Ada", "graded", (StageResult(3, "Select", 30, "graded", checks=(check,)),))


@pytest.mark.parametrize(("message", "read", "counted"), NO_ANSWER)
def test_where_there_was_no_answer_the_pages_say_why(message: Message, read: str, counted: str) -> None:
    result = with_failure(message)
    assert next_step(result).text.startswith(f"The number of calls: {read}")
    assert count_checks([result])[0].diagnoses == ((counted, 1),)


def test_where_there_was_a_wrong_answer_the_pages_say_what_was_expected() -> None:
    result = with_failure(Message("f()", "40 calls of fitness", "48 calls of fitness"))
    assert next_step(result).text == "The number of calls: expected 48 calls of fitness."
    assert count_checks([result])[0].diagnoses == ((NO_SLIP, 1),)
