"""Stage 3's checks on answers that return, call and report what nobody expects: each ends in a verdict."""

from types import ModuleType

import numpy as np
import pytest

from grader import models
from grader.catalogue import of_stage
from grader.kit.local import LocalStudent
from grader.kit.message import CheckFailed

RETURNS = [
    "None",
    "'text'",
    "(1, 2, 3)",
    "(best, None)",
    "(best, 'text')",
    "(best, [[1.0], [2.0, 3.0]])",
    "(best, np.array(history) * 1j)",
    "(best, np.array([['a'] * pop_size] * generations))",
    "(best, np.zeros((generations, pop_size, 2)))",
    "(best, np.array(5.0))",
    "(best, {'rows': history})",
    "(best, [10 ** 400])",
    "(best, np.full((generations, pop_size), np.nan))",
    "(best, object())",
    "({'w0': [[1.0], [1.0, 2.0]]}, np.array(history))",
    "({**best, 'w0': [[1.0], [1.0, 2.0]]}, np.array(history))",
    "({**best, 'w0': best['w0'] + 1j}, np.array(history))",
    "({1: best['w0']}, np.array(history))",
    "(list(best.values()), np.array(history))",
    "(best, np.array(history).astype(object))",
    "(best, np.array(history).astype(str))",
]
TELLS = [
    "on_generation(None, None, None)",
    "on_generation(True, best, results)",
    "on_generation(10 ** 400, best, results)",
    "on_generation(np.array([generation]), best, results)",
    "on_generation(generation, best, {'a': 1})",
    "on_generation(generation, best, 'text')",
    "on_generation(generation, best, [results])",
    "on_generation(generation, best, [None] * pop_size)",
    "on_generation(generation, best, results[:2])",
    "on_generation(generation, best, np.array(results) * 1j)",
    "on_generation(generation, {'w0': 'text'}, results)",
    "[on_generation(generation, best, results) for _ in range(3)]",
    "on_generation()",
]
CALLS = [
    "results = [0.0] * pop_size",
    "results = list(map(fitness, pop[:1])) * pop_size",
    "results = list(map(fitness, pop * 3))[:pop_size]",
    "results = [fitness({**m, 'w0': m['w0'].astype('U5')}) for m in pop]",
    "results = [fitness({'w0': 1.0}) for m in pop]",
    "results = [fitness(None) for m in pop]",
    "results = [fitness({**m, 'w0': m['w0'] * np.nan}) for m in pop]",
    "results = [fitness({**m, 'w0': m['w0'] * 1j}) for m in pop]",
    "results = [fitness({**m, 3: 1.0}) for m in pop]",
    "results = [fitness({k: v.astype(np.float32) for k, v in m.items()}) for m in pop]",
    "results = [fitness({**m, 'extra': np.zeros(3)}) for m in pop]",
    "results = [fitness(m) for m in pop]; [fitness(pop[0]) for _ in range(generation)]",
    "results = []\n        for m in pop:\n            try:\n                results.append(fitness([m]))\n"
    "            except Exception:\n                results.append(fitness(m))",
]
RETURN, TELL, CALL = (
    "return best, np.array(history, dtype=np.float64)",
    "on_generation(generation, best, results)",
    "results = list(map(fitness, pop))",
)
ODD = [(RETURN, f"return {value}") for value in RETURNS]
ODD += [(TELL, tell) for tell in TELLS] + [(CALL, call) for call in CALLS]


@pytest.mark.parametrize("edit", ODD, ids=lambda edit: edit[1][:70])
def test_an_odd_answer_ends_in_a_verdict(edit) -> None:
    student, lost = LocalStudent(models.load(3, (edit,))), set()
    for check in of_stage(3):
        try:
            check.function(student=student, rng=np.random.default_rng(check.order[1]))
        except CheckFailed as failed:
            lost.add(check.number)
            assert 0 < len(failed.message.text()) < 2000
            hash(tuple(failed.facts.items()))
    assert lost


def test_an_answer_that_does_nothing_ends_in_a_verdict() -> None:
    module = ModuleType("stage3_serial")
    module.evolve_serial = lambda *args, **kwargs: None
    for check in of_stage(3):
        with pytest.raises(CheckFailed):
            check.function(student=LocalStudent(module, "stage3_serial.py"), rng=np.random.default_rng(1))
