"""What every evolve function has to do, serial or parallel, read from one trial: each function fails or returns."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .describe import describe, first_difference
from .message import fail
from .plain import numbers
from .trial import Trial

LAZY = (
    "What is called for each member: fitness, the argument? And map and imap call nothing until somebody reads"
    " their results, which works once."
)

WHO_TESTS = {
    "by threads": "What tests the population: a pool of processes has another import than a pool of threads.",
    "in the parent": "What tests the population: the pool, or the process that has made it?",
    "partly there": "Each place that calls fitness: the pool has only some of them.",
}


def right_number_of_calls(trial: Trial) -> None:
    """Fail unless fitness was called generations * pop_size times."""
    generations, size, got = trial.generations, trial.pop_size, len(trial.run.calls)
    expected = generations * size
    if got == expected:
        return
    known = {
        (generations + 1) * size: "a generation more",
        (generations - 1) * size: "a generation less",
        generations * (size + 1): "one more a generation",
        generations * (size - 1): "one less a generation",
        expected + 1: "one more",
        2 * expected: "twice",
        size: "the first generation",
    }
    look = "How often the loop runs, and each place that calls fitness."
    if not got:
        look = LAZY
    fail(
        trial.called,
        f"{got} calls of fitness",
        f"{generations} generations * {size} members = {expected} calls of fitness",
        look=look,
        facts={"calls": known.get(got, "other"), "history rows": len(trial.rows) - _length(trial.run.history)},
    )


def workers_test_every_member(trial: Trial) -> None:
    """Fail where members were tested in the process that evolves itself, by map or by threads."""
    run, how = trial.run, how_tested(trial)
    own = sum(call.in_parent for call in run.calls)
    if how == "by workers":
        return
    if how == "never":
        fail(trial.called, "no call of fitness", "every call of fitness in a worker process of a pool", look=LAZY)
    fail(
        trial.called,
        f"{own} of {len(run.calls)} calls of fitness in the process that evolves"
        + (f", {how}" if how == "by threads" else ""),
        "every call of fitness in a worker process of a pool",
        look=WHO_TESTS[how],
        facts={"tested": how},
    )


def how_tested(trial: Trial) -> str:
    """Return who tested the members: "by workers", "by threads", "in the parent", "partly there" or "never"."""
    run = trial.run
    own = sum(call.in_parent for call in run.calls)
    if not run.calls:
        return "never"
    if not own:
        return "by workers"
    # threads wait together, though they are one process: their calls are answered in fewer rounds than there are calls
    if own == len(run.calls) and 0 < len(run.rounds) < own:
        return "by threads"
    return "in the parent" if own == len(run.calls) else "partly there"


def first_generation_from_init(trial: Trial) -> None:
    """Fail unless generation 0 is pop_size members that init(rng=rng) made, one call a member, in any order."""
    made = {key_of(call.params): call for call in reversed(trial.run.inits)}
    tested = [key_of(call.params) for call in (trial.rows or [[]])[0]]
    strange = sum(key not in made for key in tested)
    look = "The lines before the loop: what fills the first population."
    expected = f"{trial.pop_size} members, each from a call of its own of init(rng=rng)"
    if not trial.run.inits:
        fail(trial.called, "init was not called", expected, look=look, facts={"generation 0": "no init"})
    if strange or not tested:
        returned = f"generation 0 with {strange} members that init did not make"
        facts = {"generation 0": "strange", "all but one": strange == len(tested) - 1}
        fail(trial.called, returned, expected, look=look, facts=facts)
    if not all(made[key].had_rng for key in tested):
        returned = "init called without a Generator under the name rng"
        fail(trial.called, returned, expected, look=look, facts={"generation 0": "without rng"})
    if len(set(tested)) < trial.pop_size:
        returned = f"only {len(set(tested))} different members among {trial.pop_size}"
        look = "Where the Generator is made: one that is made anew starts again at the same number."
        facts = {"generation 0": "the same", "how many": len(set(tested)), "init once": len(trial.run.inits) == 1}
        fail(trial.called, returned, expected, look=look, facts=facts)


def two_values(trial: Trial) -> tuple[Any, Any]:
    """Return best and history; fail unless two values came back."""
    value = trial.run.value
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return value[0], value[1]
    fail(
        trial.called,
        describe(value),
        "two values: best and history",
        look="The return line.",
        facts={"value": type(value).__name__},
    )


def history_has_its_shape(trial: Trial) -> None:
    """Fail unless history is a float64 array of shape (generations, pop_size)."""
    _, history = two_values(trial)
    shape = (trial.generations, trial.pop_size)
    if isinstance(history, np.ndarray) and history.shape == shape and history.dtype == np.float64:
        return
    fail(
        trial.called,
        f"history is {describe(history)}",
        f"an array of shape {shape}, float64: a row a generation, a number a member",
        look="What is put into history in each generation, and what is made of it at the end.",
        facts={"history": _kind(history, trial)},
    )


def history_holds_every_fitness(trial: Trial, *, in_order: bool = True) -> None:
    """Fail unless the rows of history are the fitness of the members, in order; its shape is another check's."""
    _, history = two_values(trial)
    rows = _as_rows(history, trial)
    expected = "every fitness, in the order of the population, a row a generation"
    look = "What is put into history, and when."
    if rows is None:
        facts = {"history": "no rows", "kind": _kind(history, trial)}
        fail(trial.called, f"history is {describe(history)}", expected, look=look, facts=facts)
    if not trial.rows:
        fail(trial.called, "a history without a call of fitness", expected, look=look, facts={"history": "no calls"})
    tolerance = 0.0 if getattr(history, "dtype", None) != np.float32 else 1e-4
    for generation, (row, seen) in enumerate(zip(rows, trial.values, strict=False)):
        differs = first_difference(row, seen, tolerance)
        if not in_order:
            differs = differs and first_difference(np.sort(row), np.sort(seen), tolerance)
        if differs:
            word = order_word(row, seen, trial.values)
            facts = {"history": word} if word else {}
            fail(
                trial.called,
                f"row {generation} of history is not what fitness answered in generation {generation}",
                expected,
                differs=differs,
                look=look,
                facts=facts,
            )


def order_word(row: NDArray[np.float64], seen: Sequence[float], values: Sequence[Sequence[float]]) -> str:
    """Return a word for a row that is not what was seen, "" where none is known."""
    known = {
        "rising": sorted(seen),
        "falling": sorted(seen, reverse=True),
        "reversed": list(seen)[::-1],
        "the best so far": list(np.maximum.accumulate(seen)),
        "the last row": list(values[-1]),
        "costs": list(-np.asarray(seen)),
    }
    for word, other in known.items():
        if np.array_equal(row, other):
            return word
    return "another order" if np.array_equal(np.sort(row), np.sort(seen)) else ""


def _as_rows(history: Any, trial: Trial) -> NDArray[np.float64] | None:
    """Return history with a row a generation, whatever its shape, where it holds a number a call."""
    array, size = numbers(history), trial.pop_size
    if array is None:
        return None
    if array.ndim == 2 and array.shape[1] == size:
        return array
    if array.ndim == 2 and array.shape[0] == size:
        return array.T
    return array.reshape(-1, size) if array.size and array.size == trial.generations * size else None


def _kind(history: Any, trial: Trial) -> str:
    """Return a word for a history that is no float64 array (generations, pop_size)."""
    if not isinstance(history, np.ndarray):
        return f"a {type(history).__name__}"
    generations, size = trial.generations, trial.pop_size
    if history.shape == (generations, size):
        return f"of {history.dtype}"
    if history.shape == (generations,) and history.dtype.kind in "fiub":
        values = [np.array(row) for row in trial.values]
        for word, number in (("means", np.mean), ("maxima", np.max), ("minima", np.min)):
            if len(values) == generations and np.allclose(history, [number(row) for row in values]):
                return word
        return "a number a generation"
    known = {
        (size, generations): "transposed",
        (generations * size,): "flat",
        (size,): "one row",
        (generations + 1, size): "a row more",
        (generations - 1, size): "a row less",
        (generations, size - 1): "a column less",
        (generations, size + 1): "a column more",
    }
    return known.get(history.shape, f"of {history.ndim} axes")


def _length(history: Any) -> int:
    if isinstance(history, np.ndarray):
        return len(history) if history.ndim else 0
    return len(history) if isinstance(history, (list, tuple)) else 0


def key_of(params: Any) -> tuple[tuple[str, bytes], ...]:
    """Return params as something to look up by."""
    given = params if isinstance(params, dict) else {}
    return tuple((name, np.asarray(value).tobytes()) for name, value in sorted(given.items()))
