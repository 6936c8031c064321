"""A stage run in this process: values, faults, and the ledger of an evolution."""

import multiprocessing
import types
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.kit.expect import workers_test_every_member
from grader.kit.local import LocalStudent
from grader.kit.message import CheckFailed
from grader.kit.run import Run
from grader.kit.student import Opaque, Rng, StudentFault, StudentMissing, StudentNotDone, StudentRaised, StudentStopped
from grader.kit.trial import parallel_trial
from grader.models import load

START_METHODS = [m for m in ("fork", "spawn", "forkserver") if m in multiprocessing.get_all_start_methods()]


class Sphere:
    """Members are pairs of numbers, the fittest is nearest to zero."""

    def member(self, draw: int) -> dict[str, Any]:
        return {"w": np.random.default_rng(draw).standard_normal(2)}

    def fitness(self, params: dict[str, Any]) -> float:
        return -float(np.sum(params["w"] ** 2))


class Raising(Sphere):
    """A fitness that raises for half of the members."""

    def fitness(self, params: dict[str, Any]) -> float:
        if params["w"][0] > 0:
            raise ZeroDivisionError("a bad member")
        return 0.0


def student_of(text: str, seconds: float = 60.0) -> LocalStudent:
    module = types.ModuleType("stage9_made_up")
    module.__file__ = "stage9_made_up.py"
    exec(compile(text, module.__file__, "exec"), module.__dict__)
    return LocalStudent(module, seconds=seconds)


def fault_of(call: Callable[[], Any]) -> StudentFault:
    with pytest.raises(StudentFault) as seen:
        call()
    return seen.value


def test_a_call_returns_the_value_and_the_arguments_as_they_are_then() -> None:
    student = student_of("def f(x, more):\n    x[0] = 9\n    more['k'] = 1\n    return x.sum()\n")
    x = np.zeros(3)
    reply = student.call("f", x, more={})
    assert reply.value == 9
    assert reply.args[0][0] == 9 and reply.kwargs == {"more": {"k": 1}}
    assert not x.any(), "the check's own array stays as it was"


def test_a_generator_is_kept_between_calls_by_its_key() -> None:
    student = LocalStudent(load(2))
    best = {"w": np.zeros(3)}
    first, second = (student.call("sample_params", best, rng=Rng("a", 1)).value["w"] for _ in range(2))
    fresh = student.call("sample_params", best, rng=Rng("b", 1)).value["w"]
    assert np.array_equal(first, fresh) and not np.array_equal(first, second)


def test_what_is_not_plain_arrives_as_its_type_s_name() -> None:
    student = student_of("class Odd: pass\ndef f():\n    return [Odd(), (1, 'a'), {'k': None}, map(str, [])]\n")
    assert student.call("f").value == [Opaque("Odd"), (1, "a"), {"k": None}, Opaque("map")]


def test_an_exception_names_itself_and_the_line_in_the_stage_file() -> None:
    fault = fault_of(lambda: student_of("def f(x):\n    y = {}\n    return y[x]\n").call("f", "key"))
    assert isinstance(fault, StudentRaised)
    assert (fault.type_name, fault.line) == ("KeyError", 3)
    assert "line 3 of stage9_made_up.py" in fault.message.returned
    assert "return y[x]" not in fault.message.text()


def test_a_stub_a_missing_name_and_an_exit_are_told_apart() -> None:
    student = student_of("def f():\n    raise NotImplementedError()\ndef g():\n    raise SystemExit(3)\n")
    assert isinstance(fault_of(lambda: student.call("f")), StudentNotDone)
    assert isinstance(fault_of(lambda: student.call("h")), StudentMissing)
    stopped = fault_of(lambda: student.call("g"))
    assert isinstance(stopped, StudentStopped) and stopped.cap == "exit"


def test_a_kept_object_has_methods_and_attributes() -> None:
    student = LocalStudent(load(5))
    handle = student.new("CMAES", np.zeros(3), seed=1)
    solutions = student.method(handle, "ask").value
    student.method(handle, "tell", solutions, [1.0] * len(solutions))
    assert student.get(handle, "covariance").shape == (3, 3)
    assert isinstance(fault_of(lambda: student.get(handle, "nothing")), StudentRaised)


def test_the_ledger_sees_every_call_of_a_serial_run() -> None:
    run = LocalStudent(load(3)).evolve(
        "evolve_serial", Sphere(), generations=3, pop_size=4, seed=1, watch_generations=True
    )
    assert run.fault is None and run.history.shape == (3, 4)
    assert [call.value for call in run.calls] == run.history.reshape(-1).tolist()
    assert all(call.in_parent for call in run.calls)
    assert len(run.inits) == 4 and all(call.had_rng for call in run.inits)
    assert [call.fitness_calls_before for call in run.generations] == [4, 8, 12]


@pytest.mark.parametrize("start_method", START_METHODS)
def test_a_parallel_run_is_the_serial_run_under_every_start_method(start_method: str) -> None:
    kwargs: dict[str, Any] = {"generations": 2, "pop_size": 8, "seed": 3}
    serial = LocalStudent(load(3)).evolve("evolve_serial", Sphere(), **kwargs)
    run = LocalStudent(load(4)).evolve(
        "evolve_parallel", Sphere(), rendezvous=2, start_method=start_method, processes=2, **kwargs
    )
    assert run.fault is None, run.fault
    assert np.array_equal(run.history, serial.history) and np.array_equal(run.best["w"], serial.best["w"])
    assert {call.worker for call in run.calls} == {0, 1} and not any(call.in_parent for call in run.calls)
    assert run.rounds == [2] * 8 and run.leftover == 0


def test_a_serial_loop_fills_no_rendezvous_and_is_not_kept_waiting_for_ever() -> None:
    run = LocalStudent(load(3)).evolve("evolve_serial", Sphere(), rendezvous=2, generations=2, pop_size=4, seed=1)
    assert set(run.rounds) == {1} and len(run.calls) == 8


def test_an_exception_of_fitness_comes_out_of_a_pool_as_itself() -> None:
    def run_once() -> Run:
        student = LocalStudent(load(4))
        return student.evolve("evolve_parallel", Raising(), generations=2, pop_size=8, seed=1, processes=2)

    run = run_once()
    if isinstance(run.fault, StudentStopped):  # the standard library's pool hangs about once in a thousand ends
        run = run_once()
    assert isinstance(run.fault, StudentRaised) and run.fault.type_name == "ZeroDivisionError"
    assert run.leftover == 0


def test_a_pool_that_is_left_open_is_counted_and_ended() -> None:
    student = student_of(
        "import multiprocessing\n"
        "kept = []\n"
        "def evolve_parallel(fitness, init, generations, pop_size):\n"
        "    kept.append(multiprocessing.Pool(2))\n"
        "    return None, None\n"
    )
    before = multiprocessing.active_children()
    run = student.evolve("evolve_parallel", Sphere(), generations=1, pop_size=4)
    assert run.leftover == 2
    assert multiprocessing.active_children() == before


def test_a_run_that_does_not_end_is_stopped() -> None:
    student = student_of(
        "import threading\ndef evolve_serial(fitness, init):\n    threading.Event().wait()\n", seconds=0.3
    )
    fault = student.evolve("evolve_serial", Sphere()).fault
    assert isinstance(fault, StudentStopped) and fault.cap == "time"
    assert "0.3 seconds" in fault.message.returned and "stopped" not in fault.message.returned


def test_a_pool_that_is_too_small_does_not_keep_a_run_waiting_in_each_round() -> None:
    run = LocalStudent(load(4)).evolve(
        "evolve_parallel", Sphere(), rendezvous=4, generations=2, pop_size=16, seed=1, processes=2
    )
    assert run.fault is None and run.rounds == [2] * 16
    assert run.seconds < 12, "a second a round would be 16"


def test_plain_map_in_the_parallel_stage_is_not_taken_for_threads() -> None:
    text = "def evolve_parallel(fitness, init, generations, pop_size, sigma, seed, processes):\n"
    text += "    return None, [list(map(fitness, [init() for _ in range(pop_size)])) for _ in range(generations)]\n"
    with pytest.raises(CheckFailed) as seen:
        workers_test_every_member(parallel_trial(student_of(text), np.random.default_rng(1)))
    assert "threads" not in seen.value.message.look


def test_a_fitness_that_gets_no_params_says_so() -> None:
    run = student_of("def evolve_serial(fitness, init):\n    return fitness([1]), None\n").evolve(
        "evolve_serial", Sphere()
    )
    assert isinstance(run.fault, StudentRaised)
    assert "expected params: a dict of arrays" in run.fault.text
    assert run.calls[0].params == [1] and run.calls[0].value is None
