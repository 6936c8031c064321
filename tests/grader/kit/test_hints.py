"""What a message tells a student to look at where an exception came, or nothing came back."""

import pytest

from grader.kit.fault import raised
from grader.kit.hints import look_at
from grader.kit.message import CheckFailed, fail


def caught(code: str) -> Exception:
    """Return what a piece of code raises."""
    try:
        exec(f"import numpy as np\n{code}", {})
    except Exception as error:
        return error
    raise AssertionError(f"{code} raises nothing")


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("hiden + 1", "spelling"),
        ("np.zeros(2).dott", "after the dot"),
        ("None.shape", "None"),
        ("f = None; f(1)", "None"),
        ("np.max(0, np.zeros((2, 3)))", "numpy's functions"),
        ("max(0.0, np.zeros(3))", "whole array"),
        ("np.array([[1.0], [1.0, 2.0]])", "different lengths"),
        ("__import__('math').log(-1.0)", "below zero"),
        ("1 / 0", "divided by"),
        ("[0, 1][2]", "how many"),
        ("{}['w0']", "which keys"),
        ("np.zeros((2, 3)).dot(np.zeros(2))", "both"),
        ("np.zeros((2, 3)) + np.zeros(2)", "both"),
        ("np.zeros((2, 3)) @ np.zeros((2, 3))", "both"),
        ("np.argmax(np.zeros(3), axis=1)", "how many axes"),
        ("a, b = [1]", "left of the ="),
        ("__import__('pickle').dumps(lambda: 0)", "left margin"),
        ("__import__('pickle').dumps(__import__('threading').Lock())", "left margin"),
        ("import nowhere_to_be_found", "the module's name"),
        ("raise OSError('pytest: reading from stdin while output is captured!')", "asks for input"),
        ("a, b = [1, 2, 3]", "left of the ="),
        ("(1.0).standard_normal(3)", "order of the arguments"),
        ("iter(1)", "its type"),
        ("compile('f(', 'f', 'exec')", "brackets"),
        ("compile('if 1:\\nf', 'f', 'exec')", "indented"),
        ("a = np.zeros(2, int); a += 0.5", "dtype"),
        ("__import__('math').exp(1e4)", "too large"),
        ("[].index(1)", "print what it works on"),
    ],
)
def test_an_exception_has_a_hint_of_its_own(code: str, word: str) -> None:
    error = caught(code)
    look = look_at(type(error).__name__, str(error), 3, "a.py")
    assert look.startswith("Line 3 of a.py: ")
    assert word in look


def test_a_call_that_does_not_fit_leads_to_the_line_with_def() -> None:
    error = caught("(lambda x: x)(rng=1)")
    assert "def" in look_at("TypeError", str(error), None, "a.py")
    assert "Line 3 of a.py" in look_at("TypeError", str(error), 3, "a.py")


def test_the_raise_of_a_stub_is_what_is_to_go() -> None:
    assert "raise" in raised("f(x)", "NotImplementedError", "", 3, "a.py").message.look


def test_where_none_came_back_the_message_says_that_and_nothing_else() -> None:
    for returned in ("None", "None: None"):
        with pytest.raises(CheckFailed) as seen:
            fail("f(x)", returned, "a number", differs="None against 1", look="the last digit", facts={"digits": 0})
        assert seen.value.message.returned == "None: nothing is returned"
        assert not seen.value.message.differs
        assert "ends" in seen.value.message.look
        assert seen.value.facts == {"returned": "None"}


def test_a_part_that_is_none_keeps_its_own_words() -> None:
    with pytest.raises(CheckFailed) as seen:
        fail("mean of CMAES(mean)", "None", "an array", look="what __init__ keeps in self.mean", part=True)
    assert seen.value.message.returned == "None"
    assert "self.mean" in seen.value.message.look
