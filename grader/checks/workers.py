"""Which worker processes tested the members of a run, read from its log of calls."""

from ..kit.trial import Trial


def count_workers(trial: Trial) -> int:
    """Return how many different worker processes called fitness."""
    return len({call.worker for call in trial.seen.calls if not call.in_parent})


def workers_a_generation(trial: Trial) -> list[int]:
    """Return how many different worker processes tested each generation."""
    return [len({call.worker for call in row if not call.in_parent}) for row in trial.rows]


def overlap(trial: Trial) -> float:
    """Return how many workers were testing at the same time, on average."""
    rounds = trial.run.rounds
    return sum(rounds) / len(rounds) if rounds else 0.0


def more_workers_than_processes(trial: Trial) -> bool:
    """Return whether more workers tested than there are processes, as maxtasksperchild has it."""
    return bool(count_workers(trial) > trial.asked["processes"])


def pool_replaces_workers(trial: Trial, processes: int) -> bool:
    """Return whether one pool puts new workers in the place of old ones, as maxtasksperchild has it.

    Then they change within a generation, and yet no more than ``processes`` are between their first and last call at a
    time. The workers of a pool that is too large all stay; those of a pool a generation change between two.
    """
    within = any(count > processes for count in workers_a_generation(trial))
    spans: dict[int, tuple[int, int]] = {}
    for place, call in enumerate(trial.run.calls):
        spans[call.worker] = (spans.get(call.worker, (place, place))[0], place)
    at_once = max(
        sum(first <= place <= last for first, last in spans.values()) for place in range(len(trial.run.calls))
    )
    return within and at_once <= processes
