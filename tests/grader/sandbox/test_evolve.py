"""Evolve functions in a real seal, with the fitness outside."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.kit.student import StudentMissing, StudentRaised, StudentStopped
from grader.models import answer_text
from grader.sandbox import SealedStudent

Open = Callable[..., SealedStudent]
SETTINGS: dict[str, Any] = {"generations": 3, "pop_size": 8, "sigma": 0.5, "seed": 1}
PARALLEL = """
    import ctypes, os, platform, time, multiprocessing, threading
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.pool import ThreadPool
    import numpy as np
    def end_this_thread(): ctypes.CDLL(None).syscall({"x86_64": 60, "aarch64": 93}[platform.machine()], 0)
    def evolve_parallel(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None, processes=2):
        rng = np.random.default_rng(seed)
        pop = [init(rng=rng) for _ in range(pop_size)]
"""


class Sphere:
    """Fitness is minus the squared length."""

    def member(self, draw: int) -> dict[str, Any]:
        return {"w": np.random.default_rng(draw).standard_normal((2, 3))}

    def fitness(self, params: dict[str, Any]) -> float:
        return -float(np.sum(params["w"] ** 2))


class Refusing(Sphere):
    def fitness(self, params: dict[str, Any]) -> float:
        raise ZeroDivisionError("no fitness today")


class Wrong(Sphere):
    class OwnMistake(Exception):
        pass

    def fitness(self, params: dict[str, Any]) -> float:
        raise self.OwnMistake("a bug of the grader's")


def test_a_serial_run_is_written_down_call_by_call(opened: Open) -> None:
    student = opened(answer_text(3), stage=3)
    run = student.evolve("evolve_serial", Sphere(), watch_generations=True, **SETTINGS)
    assert run.fault is None and run.leftover == 0 and run.rounds == []
    assert len(run.calls) == 24 and len(run.inits) == 8 and len(run.generations) == 3
    assert all(call.in_parent and call.worker == 0 for call in run.calls)
    assert all(call.had_rng and call.fitness_calls_before == 0 for call in run.inits)
    assert [call.fitness_calls_before for call in run.generations] == [8, 16, 24]
    assert [call.generation for call in run.generations] == [0, 1, 2]
    assert np.array_equal(run.history.reshape(-1), [call.value for call in run.calls])
    assert all(np.array_equal(one.params["w"], run.calls[k].params["w"]) for k, one in enumerate(run.inits))
    assert np.array_equal(run.best["w"], run.generations[-1].best["w"])


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_a_pool_fills_every_round_under_every_start_method(opened: Open, method: str) -> None:
    student = opened(answer_text(4), stage=4)
    run = student.evolve("evolve_parallel", Sphere(), rendezvous=2, start_method=method, processes=2, **SETTINGS)
    assert run.fault is None and run.rounds == [2] * 12 and run.leftover == 0
    assert {call.worker for call in run.calls} == {0, 1} and not any(call.in_parent for call in run.calls)
    serial = opened(answer_text(3), stage=3).evolve("evolve_serial", Sphere(), **SETTINGS)
    assert np.array_equal(run.history, serial.history) and np.array_equal(run.best["w"], serial.best["w"])


def test_two_runs_in_one_seal_have_logs_of_their_own(opened: Open) -> None:
    student = opened(answer_text(4), stage=4)
    for processes in (2, 3):
        run = student.evolve("evolve_parallel", Sphere(), processes=processes, **SETTINGS)
        assert len(run.calls) == 24 and run.fault is None


@pytest.mark.parametrize(
    ("body", "in_parent"),
    [
        ("return None, list(map(fitness, pop))", True),
        ("with ThreadPool(2) as pool: return None, pool.map(fitness, pop)", True),
        ("with multiprocessing.Pool(2) as pool: return None, [pool.apply(fitness, (p,)) for p in pop]", False),
        ("with multiprocessing.Pool(2) as pool: return None, pool.map(fitness, pop, chunksize=8)", False),
    ],
)
def test_what_is_not_parallel_fills_no_round(opened: Open, body: str, in_parent: bool) -> None:
    student = opened(PARALLEL + f"        {body}\n", stage=4)
    run = student.evolve("evolve_parallel", Sphere(), rendezvous=2, **SETTINGS)
    assert run.fault is None and run.rounds == [1] * len(run.rounds) and len(run.calls) == 8
    assert all(call.in_parent == in_parent for call in run.calls)


def test_an_executor_counts_as_a_pool(opened: Open) -> None:
    student = opened(
        PARALLEL + "        with ProcessPoolExecutor(2) as ex: return None, list(ex.map(fitness, pop))\n", 4
    )
    run = student.evolve("evolve_parallel", Sphere(), rendezvous=2, **SETTINGS)
    assert run.rounds == [2] * 4 and run.leftover == 0


def test_waiting_for_the_grader_costs_the_student_no_time(opened: Open) -> None:
    student = opened(answer_text(3), stage=3, idle=0.3)
    run = student.evolve("evolve_serial", Sphere(), rendezvous=2, generations=2, pop_size=4)
    assert run.fault is None and len(run.calls) == 8
    assert run.seconds > 0.3  # three rounds waited in vain, then nobody waited any more


@pytest.mark.parametrize("stage", [3, 4])
def test_a_fitness_that_raises_is_heard_of(opened: Open, stage: int) -> None:
    student = opened(answer_text(stage), stage=stage)
    run = student.evolve("evolve_serial" if stage == 3 else "evolve_parallel", Refusing(), **SETTINGS)
    assert isinstance(run.fault, StudentRaised) and run.fault.type_name == "ZeroDivisionError"
    assert "no fitness today" in run.fault.text
    assert run.leftover == 0 and run.calls[0].value is None


def test_a_mistake_of_the_graders_own_is_not_the_students(opened: Open) -> None:
    with pytest.raises(Wrong.OwnMistake):
        opened(answer_text(3), stage=3).evolve("evolve_serial", Wrong(), **SETTINGS)


def test_odd_params_are_the_students_mistake(opened: Open) -> None:
    text = "import numpy as np\ndef evolve_serial(fitness, init, **k): return fitness({'w': np.array(['a', 'b'])})"
    run = opened(text, stage=3).evolve("evolve_serial", Sphere(), **SETTINGS)
    assert isinstance(run.fault, StudentRaised) and run.fault.type_name == "TypeError"


def test_a_fitness_that_gets_something_else_says_so(opened: Open) -> None:
    student = opened("def evolve_serial(fitness, init, **k): return fitness([1, 2])", stage=3)
    run = student.evolve("evolve_serial", Sphere(), **SETTINGS)
    assert isinstance(run.fault, StudentRaised) and run.fault.type_name == "TypeError"
    assert run.calls[0].params == [1, 2] and run.calls[0].value is None


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("global pool; pool = multiprocessing.Pool(2); pool.map(fitness, pop); return None, []", 2),
        ("multiprocessing.Process(target=time.sleep, args=(60,)).start(); return None, []", 1),
        ("global ex; ex = ProcessPoolExecutor(2); list(ex.map(fitness, pop)); return None, []", 2),
        ("os.fork() or time.sleep(60); return None, []", 1),
        ("os.fork() or (os.setsid(), os.fork() or time.sleep(60), os._exit(0)); return None, []", 1),
        (
            "os.fork() or (threading.Thread(target=time.sleep, args=(60,)).start(), end_this_thread())"
            "; return None, []",
            1,
        ),
        ("os.fork() or os._exit(0); return None, []", 0),
        ("global ex; ex = ProcessPoolExecutor(2); list(ex.map(fitness, pop)); ex.shutdown(False); return None, []", 0),
        ("threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); return None, []", 0),
    ],
)
def test_processes_that_outlive_the_call_are_counted_from_outside(opened: Open, body: str, left: int) -> None:
    student = opened(PARALLEL + f"        {body}\n", stage=4)
    run = student.evolve("evolve_parallel", Sphere(), **SETTINGS)
    assert run.fault is None and run.leftover == left


def test_the_fork_server_does_not_count_and_its_workers_do(opened: Open) -> None:
    body = "global pool; pool = multiprocessing.get_context('forkserver').Pool(2); pool.map(fitness, pop); return 1, []"
    run = opened(PARALLEL + f"        {body}\n", stage=4).evolve("evolve_parallel", Sphere(), **SETTINGS)
    assert run.fault is None and run.leftover == 2


def test_the_next_run_starts_without_the_leftovers_of_the_last(opened: Open) -> None:
    body = "global pool; pool = multiprocessing.Pool(2); pool.map(fitness, pop); return None, []"
    student = opened(PARALLEL + f"        {body}\n", stage=4)
    assert [student.evolve("evolve_parallel", Sphere(), **SETTINGS).leftover for _ in range(2)] == [2, 2]


def test_a_pool_made_when_the_file_is_imported_is_to_be_gone_too(opened: Open) -> None:
    text = PARALLEL.replace("    def ", "    kept = multiprocessing.Pool(2)\n    def ", 1)
    student = opened(text + "        return None, kept.map(fitness, pop)\n", stage=4)
    left = [student.evolve("evolve_parallel", Sphere(), **SETTINGS).leftover for _ in range(2)]
    assert all(count in (1, 2) for count in left), left  # one worker alone may have tested all members


def test_a_run_that_is_stopped_tells_what_was_seen(opened: Open) -> None:
    text = "import time\ndef evolve_serial(fitness, init, **k):\n    fitness(init())\n    while True: time.sleep(1)\n"
    run = opened(text, stage=3, idle=0.5).evolve("evolve_serial", Sphere(), **SETTINGS)
    assert isinstance(run.fault, StudentStopped) and run.fault.cap == "time" and len(run.calls) == 1
    assert not run.inits[0].had_rng
    assert "near line 4 of stage3_serial.py" in run.fault.message.returned


def test_a_missing_function_is_raised(opened: Open) -> None:
    with pytest.raises(StudentMissing):
        opened("x = 1", stage=3).evolve("evolve_serial", Sphere(), **SETTINGS)


def test_garbage_at_the_door_harms_nobody(opened: Open) -> None:
    text = """
    import socket, os, struct
    def evolve_serial(fitness, init, **k):
        for junk in (b"x" * 100, struct.pack("<II", 2**31, 2**31), struct.pack("<II", 2, 0) + b"[]", b""):
            line = socket.socket(socket.AF_UNIX)
            line.connect(fitness.door)
            line.send(junk)
            line.close()
        import numpy as np
        from _seal.sandbox.inside import wire
        for odd in ({"ask": "init", "draw": -1, "had_rng": True}, {"ask": "init", "draw": 2**70, "had_rng": True},
                    {"ask": "fitness"}, {"ask": []}, {"ask": "generation", "generation": 1}, {3: 4}, [1]):
            line = socket.socket(socket.AF_UNIX)
            line.connect(fitness.door)
            line.send(wire.pack(odd))
        passing = socket.socket(socket.AF_UNIX)
        passing.connect(fitness.door)
        socket.send_fds(passing, [b"abc"], [0, 1, 2])
        crowd = [socket.socket(socket.AF_UNIX) for _ in range(60)]
        for one in crowd: one.connect(fitness.door)
        return fitness(init()), []
    """
    run = opened(text, stage=3).evolve("evolve_serial", Sphere(), **SETTINGS)
    assert run.fault is None and len(run.calls) == 1
