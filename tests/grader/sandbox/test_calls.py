"""Calls through a real seal: values, arguments, generators, kept objects, and names that are missing."""

from collections.abc import Callable

import numpy as np
import pytest

from grader.kit.student import Opaque, Rng, StudentFault, StudentMissing, StudentNotDone, StudentRaised, StudentStopped
from grader.models import answer_text
from grader.sandbox import SealedStudent

Open = Callable[..., SealedStudent]


def test_plain_values_come_back_as_they_are(opened: Open) -> None:
    student = opened("def same(x): return x")
    values = [None, True, 3, -(2**80), 1.5, float("inf"), "é\ud800", [1, (2, [3])], {"a": 1, 2: (), None: "x"}]
    assert student.call("same", values).value == values
    for array in (np.arange(6.0).reshape(2, 3), np.zeros((0, 4)), np.array(5, np.int8), np.array(["a", "bc"])):
        back = student.call("same", array).value
        assert type(back) is np.ndarray and back.dtype == array.dtype and back.shape == array.shape
        assert np.array_equal(back, array)
    scalar = student.call("same", np.float32(0.1)).value
    assert type(scalar) is np.float32 and scalar == np.float32(0.1)
    assert np.isnan(student.call("same", float("nan")).value)


def test_what_is_not_plain_comes_back_as_the_name_of_its_type(opened: Open) -> None:
    student = opened("""
        import numpy as np
        class Pleaser(float):
            def __eq__(self, other): return True
        def objects(): return [object(), Pleaser(1), np.array([object()]), {"f": len}]
    """)
    names = [Opaque("object"), 1.0, Opaque("ndarray"), {"f": Opaque("builtin_function_or_method")}]
    assert student.call("objects").value == names


def test_arguments_come_back_as_they_are_after_the_call(opened: Open) -> None:
    student = opened("def change(x, *, y): x[0] = 9; y['k'] = 1; return 0")
    x, y = np.zeros(2), {"j": 2}
    reply = student.call("change", x, y=y)
    assert reply.args[0].tolist() == [9, 0] and reply.kwargs == {"y": {"j": 2, "k": 1}}
    assert x.tolist() == [0, 0] and y == {"j": 2}


def test_a_generator_is_kept_inside_and_goes_on(opened: Open) -> None:
    student = opened("def draw(rng, n): return rng.standard_normal(n)")
    rng = np.random.default_rng(7)
    for _ in range(2):
        reply = student.call("draw", Rng("a", 7), 3)
        assert np.array_equal(reply.value, rng.standard_normal(3)) and reply.args[0] == Rng("a", 7)


def test_many_calls_are_one_exchange_and_the_first_fault_is_raised(opened: Open) -> None:
    student = opened("def half(x): return 1 / x")
    assert [reply.value for reply in student.call_many("half", [((2,), {}), ((), {"x": 4})])] == [0.5, 0.25]
    with pytest.raises(StudentRaised) as seen:
        student.call_many("half", [((1,), {}), ((0,), {})])
    assert seen.value.type_name == "ZeroDivisionError" and seen.value.line == 1
    assert "half(0)" in seen.value.message.called
    assert student.call("half", 2).value == 0.5 and not student.closed


def test_an_object_is_kept_inside(opened: Open) -> None:
    student = opened("""
        class CMAES:
            def __init__(self, mean, sigma=1.0): self.mean = mean
            def tell(self, by): self.mean = self.mean + by
    """)
    handle = student.new("CMAES", np.zeros(2), sigma=2.0)
    student.method(handle, "tell", 3.0)
    assert student.get(handle, "mean").tolist() == [3.0, 3.0]
    with pytest.raises(StudentRaised, match="AttributeError"):
        student.get(handle, "covariance")


def test_the_global_random_state_can_be_set(opened: Open) -> None:
    student = opened("import numpy, random\ndef draw(): return numpy.random.rand(), random.random()")
    student.seed_global(5)
    first = student.call("draw").value
    student.seed_global(5)
    assert student.call("draw").value == first


def test_a_name_that_is_missing_and_one_that_is_a_stub(opened: Open) -> None:
    student = opened("def forward(x, params):\n    raise NotImplementedError\nother = 3")
    for name in ("discrete_action", "other"):
        with pytest.raises(StudentMissing, match=f"does not define {name}"):
            student.call(name)
    with pytest.raises(StudentNotDone):
        student.call("forward", 1, 2)


def test_a_name_that_is_nearly_there_is_told(opened: Open) -> None:
    student = opened("def discreet_action(x, params): return 0")
    with pytest.raises(StudentMissing, match="discrete_action, it defines discreet_action"):
        student.call("discrete_action")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("import scipy", "there is no module scipy (line 1 of stage3_serial.py)"),
        ("import grader.models", "there is no module grader"),
        ("from stage2_sample_params import helper", "stage2_sample_params.py has no helper"),
        ("from evolution import helper", "evolution has no helper"),
        ("def f(:", "SyntaxError"),
        ("1 / 0", "ZeroDivisionError: division by zero (line 1 of stage3_serial.py)"),
    ],
)
def test_a_file_that_cannot_be_imported_says_why(opened: Open, line: str, words: str) -> None:
    student = opened(line, stage=3)
    for _ in range(2):
        with pytest.raises(StudentMissing) as seen:
            student.call("evolve_serial")
        assert words in seen.value.message.returned
    assert not student.closed


@pytest.mark.parametrize(("module", "name"), [("stage2", "stage2_sample_params"), ("stage1_foward", "stage1_forward")])
def test_a_stages_module_that_is_nearly_named_is_told(opened: Open, module: str, name: str) -> None:
    with pytest.raises(StudentMissing) as seen:
        opened(f"from {module} import f", stage=3).call("evolve_serial")
    assert name in seen.value.message.look


def test_a_helper_in_another_stages_file_is_to_be_copied(opened: Open) -> None:
    student = opened("import stage2_sample_params as s\ndef evolve_serial(): return s.helper()", stage=3)
    with pytest.raises(StudentRaised) as seen:
        student.call("evolve_serial")
    assert "Copy helper into stage3_serial.py" in seen.value.message.look
    assert seen.value.type_name == "AttributeError"


def test_an_import_that_may_fail_is_free(opened: Open) -> None:
    student = opened("try:\n    import scipy\nexcept ImportError:\n    scipy = None\ndef f(): return scipy")
    assert student.call("f").value is None


def test_the_other_stages_are_the_model_answers_and_only_those_named(opened: Open) -> None:
    student = opened(
        """
        import os
        from stage2_sample_params import sample_params
        def evolve_serial(best): return sample_params(best, sigma=0.0), sorted(os.listdir("/home/student"))
        """,
        stage=3,
        others={2: "raise SystemExit"},
    )
    value, files = student.call("evolve_serial", {"w": np.ones(2)}).value
    assert value["w"].tolist() == [1, 1]
    assert files == ["evolution.pyc", "stage2_sample_params.pyc", "stage3_serial.py"]


def test_no_text_of_an_answer_is_in_the_seal(opened: Open) -> None:
    student = opened(
        """
        import inspect, stage2_sample_params
        def f():
            raw = open(stage2_sample_params.__file__, "rb").read().decode("latin-1")
            try: source = inspect.getsource(stage2_sample_params)
            except OSError: source = ""
            return raw, source, stage2_sample_params.sample_params.__doc__
        """,
        stage=3,
    )
    raw, source, doc = student.call("f").value
    assert source == "" and doc is None
    for line in answer_text(2).splitlines():
        if len(line.strip()) > 20:
            assert line.strip() not in raw


def test_episodes_are_played_by_the_model_answer_of_stage_1(opened: Open) -> None:
    student = opened("from evolution import episode\ndef stack(p): return episode(p, 'CartPole-v1', seed=3)", stage=6)
    params = {"w0": np.ones((4, 3)), "b0": np.zeros((1, 3)), "w1": np.ones((3, 2)), "b1": np.zeros((1, 2))}
    assert student.call("stack", params).value >= 8


def test_another_stage_of_the_same_submission_opens_its_own_seal(opened: Open) -> None:
    student = opened("def evolve_parallel(): return 4", stage=4, others={3: "def evolve_serial(): return 3"})
    other = student.stage(3)
    assert other is not None and other.call("evolve_serial").value == 3
    assert student.stage(2) is None and student.stage(3) is other
    student.close()
    assert other.closed


def test_an_exceptions_text_is_cut_and_clean(opened: Open) -> None:
    student = opened("def f(): raise ValueError('\\x1b[31m' + '<b>' + 'x' * 10**6 + '\\r\\n')")
    with pytest.raises(StudentRaised) as seen:
        student.call("f")
    assert len(seen.value.text) <= 200 and seen.value.text.isprintable()


def test_an_exception_that_lies_about_itself(opened: Open) -> None:
    student = opened("""
        class Odd(Exception):
            def __str__(self): raise SystemExit
        Odd.__name__ = "<script>"
        def f(): raise Odd
        def g(): raise KeyboardInterrupt
    """)
    with pytest.raises(StudentRaised) as seen:
        student.call("f")
    assert "<" not in str(seen.value)
    with pytest.raises(StudentRaised, match="KeyboardInterrupt"):
        student.call("g")


@pytest.mark.parametrize("way", ["sys.exit('done')", "raise SystemExit(0)", "os._exit(0)", "os.kill(os.getpid(), 9)"])
def test_code_that_ends_its_process_fails_this_call_only(opened: Open, way: str) -> None:
    text = f"import os, sys\ndef f(): {way}\ndef g(): return 1"
    student = opened(text)
    with pytest.raises(StudentStopped) as seen:
        student.call("f")
    assert seen.value.cap in ("exit", "killed") and student.closed
    assert "process" in str(seen.value) or "it ended Python" in str(seen.value)
    assert opened(text).call("g").value == 1


def test_ending_at_import_is_told_as_such(opened: Open) -> None:
    with pytest.raises(StudentStopped) as seen:
        opened("import sys\nsys.exit()").call("f")
    assert seen.value.cap == "exit"


def test_a_fault_is_a_student_fault(opened: Open) -> None:
    with pytest.raises(StudentFault):
        opened("def f(): return 1").call("g")
