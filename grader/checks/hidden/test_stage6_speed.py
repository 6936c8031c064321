"""Stage 6: the whole population in one array is many times as fast as one episode after another."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

import numpy as np

from grader.checks.populations import CAR, episode, member
from grader.kit.check import check
from grader.kit.describe import describe
from grader.kit.message import fail
from grader.kit.network import Params, flat_numbers
from grader.kit.student import Student, StudentStopped

POP_SIZE, TIMED = 256, 16
ENOUGH = 5.0
HOPELESS = 2.0
CLOSE = 1e-3  # whether the numbers are right to the last digit is for the checks of the episodes
ROUNDS = 5
SLOWER = 4.0  # times, by the clock


@dataclass
class Times:
    """The least seconds that one episode took: of a processor, and by the clock."""

    cpu: float = np.inf
    clock: float = np.inf

    def least(self, cpu: float, clock: float, episodes: int) -> None:
        """Keep what so many episodes took in all, where it is less."""
        self.cpu, self.clock = min(self.cpu, cpu / episodes), min(self.clock, clock / episodes)


@check("6.13", "The speed of a population of 256", points=1.5)
def test_speed(student: Student, rng: np.random.Generator, record_property: Callable[[str, object], None]) -> None:
    """256 members play MountainCarContinuous at least five times as fast as one after another.

    Both are timed here, in turn: 8 members by themselves, all of them in a batch, 8 more by themselves. Seconds of
    processor time count (of a batch those of the clock, where they are fewer), the least of each kind, and what ends
    under the line is repeated, so that a machine that does other things at the same time changes nothing. By the
    clock a batch may be four times slower than that: no more, since there are ways to use a processor uncounted.

    The members, which of them are compared, and the seeds come from the system's own entropy, not from ``rng``, and
    the seeds anew in each round: nobody can have played these episodes before the clock runs. The verdict is a ratio
    of times, and the fitness is compared with what ``episode`` gives, so that it depends on these numbers no more than
    on the machine.
    """
    fresh = np.random.default_rng()
    pop = [member(fresh, 2, 8, 1) for _ in range(POP_SIZE)]
    timed = [int(k) for k in fresh.permutation(POP_SIZE)[:TIMED]]
    serial, batch, ratio = Times(), Times(), 0.0
    for round_number in range(ROUNDS):
        seeds = [int(seed) for seed in fresh.integers(2**31, size=POP_SIZE)]
        expected: list[float] = []

        def play(members: list[int], seeds: list[int] = seeds, expected: list[float] = expected) -> None:
            start, used = perf_counter(), process_time()
            expected += [episode(pop[k], CAR, seeds[k]) for k in members]
            serial.least(process_time() - used, perf_counter() - start, len(members))

        play(timed[: TIMED // 2])
        start, used = perf_counter(), student.processor_seconds()
        value = _played(student, pop, seeds)
        clock = perf_counter() - start
        batch.least(min(clock, student.processor_seconds() - used), clock, POP_SIZE)
        play(timed[TIMED // 2 :])
        got = flat_numbers(value)
        if got is None or got.size != POP_SIZE or not (np.abs(got[timed] - expected) < CLOSE).all():
            fail(
                f'episode_batch(pop, "{CAR}", seeds) for {POP_SIZE} members',
                describe(value),
                f"an array of shape ({POP_SIZE},) with the fitness that episode gives",
                look="the checks of the episodes, before this one",
            )
        ratio = min(serial.cpu / batch.cpu, SLOWER * serial.clock / batch.clock)
        if ratio >= ENOUGH or (round_number > 0 and ratio < ENOUGH / 2):
            break
    record_property("note", f"{ratio:.1f} times as fast as one after another.")
    if ratio < ENOUGH:
        fail(
            f'episode_batch(pop, "{CAR}", seeds) for {POP_SIZE} members',
            f"their fitness, {ratio:.1f} times as fast as {POP_SIZE} episodes one after another",
            f"at least {ENOUGH:.0f} times as fast; arrays throughout give about 20 times",
            look="each loop over the members: what it does can be done to all of them in one array",
            facts={"speed": "as one after another"} if ratio < HOPELESS else {},
        )


def _played(student: Student, pop: list[Params], seeds: list[int]) -> Any:
    """Return the fitness of a batch; fail where it takes so long that it is stopped."""
    try:
        return student.call("episode_batch", pop, CAR, seeds).value
    except StudentStopped as stopped:
        if stopped.cap not in ("time", "cpu"):
            raise
        fail(
            f'episode_batch(pop, "{CAR}", seeds) for {POP_SIZE} members',
            stopped.message.returned,
            f"at least {ENOUGH:.0f} times as fast as one episode after another; arrays throughout give about 20 times",
            look="each loop over the members: what it does can be done to all of them in one array",
            facts={"speed": "stopped"},
        )
