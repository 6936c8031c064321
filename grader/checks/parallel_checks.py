"""What stage 4 asks beyond stage 3: worker processes, one pool, overlap, nothing left, an exception that arrives."""

from collections.abc import Callable, Hashable
from dataclasses import replace

import numpy as np

from ..kit.describe import first_difference
from ..kit.expect import history_holds_every_fitness, how_tested, key_of, order_word, two_values
from ..kit.message import CheckFailed, Facts, fail
from ..kit.plain import numbers
from ..kit.student import StudentFault, StudentRaised
from ..kit.trial import Trial, core_counts
from .workers import count_workers, overlap, pool_replaces_workers, workers_a_generation

NONE_CALLED = "'NoneType' object is not callable"
ENOUGH = 0.6  # of the workers, on average, test at the same time


def history_keeps_the_order(trial: Trial) -> None:
    """Fail unless history holds every fitness, and row 0 in the order in which init made the members."""
    history_holds_every_fitness(trial, in_order=False)
    _, history = two_values(trial)
    tested = {key_of(call.params): call.value for call in trial.rows[0]} if trial.rows else {}
    made = [key_of(call.params) for call in trial.run.inits if key_of(call.params) in tested]
    row = np.asarray(history, dtype=np.float64).reshape(-1)[: trial.pop_size]
    if len(made) != trial.pop_size or np.shape(history)[:1] != (trial.generations,):
        return  # another check says what is wrong with generation 0 or with the shape
    expected = [tested[key] for key in made]
    if differs := first_difference(row, expected):
        fail(
            trial.called,
            "row 0 of history does not follow the order in which init made the members",
            "every fitness at the place of its member",
            differs=differs,
            look="In which order the pool gives its results back.",
            facts={"history": order_word(row, [float(value or 0.0) for value in expected], trial.values)},
        )


def results_are_in_history_s_order(trial: Trial) -> None:
    """Fail where the results that on_generation got are a row of history in another order, where history's is right."""
    try:
        history_keeps_the_order(trial)
    except CheckFailed:
        return  # another check says so
    for call, row in zip(trial.run.generations, np.asarray(two_values(trial)[1], dtype=np.float64), strict=False):
        if differs := first_difference(numbers(call.results), row):
            fail(
                trial.called,
                f"results of generation {call.generation} in another order than in history",
                "results: the fitness of each member, in the order of the population",
                differs=differs,
                look="What is handed to on_generation.",
                facts={"results": "another order"},
            )


def one_pool_served(trial: Trial, uneven: Callable[[Trial], Trial]) -> None:
    """Fail where more worker processes than ``processes`` tested members over the whole run.

    Args:
        trial: the run.
        uneven: makes one like it whose population is no multiple of what each worker tested.
    """

    def fits(one: Trial) -> bool:
        size = one.asked["processes"]
        return one.seen.fault is None and (count_workers(one) <= size or pool_replaces_workers(one, size))

    workers, processes = count_workers(trial), trial.asked["processes"]
    if not workers:
        fail(
            trial.called,
            "no call of fitness from a worker process",
            "one pool for the whole run",
            look="What becomes of the pool where processes is 1." if processes == 1 else "",
            facts={"one worker": how_tested(trial)} if processes == 1 else _of_no_worker(trial, trial),
        )
    if workers <= processes and trial.seen.fault is not None:
        raise trial.seen.fault
    if fits(trial) or fits(uneven(trial)):  # a worker may be replaced after as many tasks as some generations have
        return
    a_generation = workers == processes * trial.generations
    facts: dict[str, Hashable] = {"pool": "a generation" if a_generation else "larger"}
    if not a_generation:
        facts["as many as cores"] = workers in core_counts()
    fail(
        trial.called,
        f"{workers} different worker processes in {trial.generations} generations",
        f"{processes} worker processes, the same ones in every generation",
        look="How often the pool is made, and with how many workers.",
        facts=facts,
    )


def pool_is_there_between(trial: Trial) -> None:
    """Fail where workers have tested, and on_generation finds no other process alive, but in the last generation."""
    if not all(call.pool_there for call in trial.run.generations[:-1]):
        fail(
            trial.called,
            "no worker process alive between two generations, while on_generation was called",
            "one pool whose workers wait for the next generation",
            look="How often processes are started: for a member, for a generation, or once for the run.",
            facts={"pool": "gone between"},
        )


def members_are_tested_together(trial: Trial, processes: int) -> None:
    """Fail unless on average at least 0.6 * processes workers test at the same time.

    A count, not a time: no call of fitness is answered until ``processes`` workers wait, or no other comes.
    """
    if overlap(trial) >= ENOUGH * processes:
        return
    most = max(trial.run.rounds, default=0)
    # one worker a generation: the first rounds tell, since nobody waits for the others any more after a few of them
    cores = most in core_counts() and count_workers(trial) == most
    facts: dict[str, Hashable] = {"at once": "one" if most <= 1 else "some", "as many as cores": cores}
    if most <= 1:
        facts["a generation"] = "one" if set(workers_a_generation(trial)) <= {1} else "several"
        facts["in parent"] = all(call.in_parent for call in trial.run.calls)
        facts |= _of_no_worker(trial, trial)
    fail(
        trial.called,
        f"on average {overlap(trial):.1f} workers testing at the same time, at most {most}",
        f"at least {ENOUGH * processes:.1f} of {processes} workers on average",
        look="Whether the whole population is handed to the pool at once, and in how many pieces.",
        facts=facts,
    )


def no_member_is_left_over(trial: Trial) -> None:
    """Fail where members of a population smaller than the pool were tested by the process that evolves."""
    if own := sum(call.in_parent for call in trial.run.calls):
        fail(
            trial.called,
            f"{own} of {len(trial.run.calls)} calls of fitness in the process that evolves",
            "every call of fitness in a worker process, however many members there are",
            look="What becomes of members that are fewer than the processes, or can't be shared out evenly.",
            facts={"tested": "partly there"},
        )


def one_worker_a_core(trial: Trial, usual: Trial) -> None:
    """Fail unless processes=None gives about as many workers as one of Python's counts of cores.

    Args:
        trial: a run without processes, whose calls waited for a worker a core.
        usual: a run with processes, to tell a pool of the wrong size from one that is never full.
    """
    counts = core_counts()
    workers = max(workers_a_generation(trial), default=0)
    together = overlap(trial)
    not_more = workers <= max(counts) or pool_replaces_workers(trial, max(counts))
    if workers and not_more and together >= ENOUGH * min(counts):
        return
    usually = usual.seen.fault is None and overlap(usual) >= ENOUGH * usual.asked["processes"]
    cores = " or ".join(str(count) for count in sorted(counts))
    fail(
        trial.called,
        f"{workers} worker processes, on average {together:.1f} testing at the same time",
        f"one worker a core where processes is not given: {cores} on this machine",
        look="What the pool gets where processes is None."
        if usually
        else "What keeps the workers from testing at the same time, with a number of processes too.",
        facts={"none": "one" if workers == 1 else "fewer" if workers <= max(counts) else "more"}
        if usually
        else _of_no_worker(trial, usual),
    )


def _of_no_worker(trial: Trial, usual: Trial) -> Facts:
    """Return, as a fact, who tested a usual run in which no worker did, as none did in this; nothing otherwise."""
    return {} if count_workers(trial) or count_workers(usual) else {"tested": how_tested(usual)}


def nothing_is_left(trial: Trial) -> None:
    """Fail where worker processes are alive a second after the call, or where none ever tested."""
    if not count_workers(trial):
        fail(
            trial.called,
            "no worker process that tests, so none that could end",
            "a pool of worker processes, closed at the end",
            look="What tests the population.",
            facts=_of_no_worker(trial, trial),
        )
    _all_gone(trial, "returned")


def _all_gone(trial: Trial, left: str, called: str = "") -> None:
    if trial.seen.leftover:
        fail(
            called or trial.called,
            f"{trial.seen.leftover} processes still running a second after the call",
            "no process that outlives the call",
            look="Where the pool is closed, and whether something else still holds it.",
            facts={"left": left},
        )


def an_exception_arrives(trial: Trial, kind: str, usual: Trial) -> None:
    """Fail unless an exception of fitness reaches the caller and leaves no process behind.

    Args:
        trial: a run whose fitness raised.
        kind: the name of what it raised.
        usual: one whose fitness did not.
    """
    raised = [place for place, call in enumerate(trial.seen.calls) if call.value is None]
    expected = "the exception that fitness raised (or one raised from it), and no process left"
    look = "What becomes of an exception between fitness and the caller: a pool hands it on by itself."
    if trial.seen.fault is None:
        returned = "a value, as if nothing had happened" if raised else "a value before any member failed"
        facts = {"raise": "swallowed"} if raised else {}
        fail(f"{trial.called}, with a fitness that raises", returned, expected, look=look, facts=facts)
    fault = trial.seen.fault
    if not isinstance(fault, StudentRaised) or not raised:
        raise fault
    called = f"{trial.called}, with a fitness that raises {kind}"
    if not count_workers(trial):
        look = "What tests the population."
        fail(called, "an exception, but from no worker process", expected, look=look, facts=_of_no_worker(trial, usual))
    if any(trial.seen.calls[place].in_parent for place in raised):
        returned = "the members tested once more by the process that evolves"
        fail(called, returned, expected, look="What the except around the pool does.")
    if kind not in (fault.type_name, *fault.causes):
        returned = f"{fault.type_name}, which was not raised from the {kind}"
        fail(called, returned, expected, look=f"raise … from … keeps the {kind} in what the caller sees.")
    _all_gone(trial, "always" if usual.seen.leftover else "raised", called)


def nothing_is_left_by_an_interruption(trial: Trial, usual: Trial) -> None:
    """Fail where worker processes are alive a second after a run that on_generation ended by raising.

    Args:
        trial: that run.
        usual: one that came to its end.
    """
    called = f"{trial.called}, and on_generation raises"
    _all_gone(trial, "always" if usual.seen.leftover else "interrupted", called)


def works_under(method: str, trial: Trial, usual: Trial) -> None:
    """Fail where a run under a start method did not return, or where no worker tested."""
    fault = trial.seen.fault
    if isinstance(fault, StudentFault):
        message = replace(fault.message, called=f"{fault.message.called} under {method}")
        fault.message = message
        empty = isinstance(fault, StudentRaised) and (fault.type_name == "NameError" or NONE_CALLED in fault.text)
        found = {"a name": "without a value"} if empty else {}
        fault.facts = {**fault.facts, "start": method, "only here": usual.seen.fault is None, **found}
        raise fault
    if not count_workers(trial):
        fail(
            f"{trial.called} under {method}",
            "no call of fitness from a worker process",
            "the same pool of processes under every start method",
            look="What the code does where the start method is another.",
            facts={"start": method, "only here": bool(count_workers(usual)), **_of_no_worker(trial, usual)},
        )
