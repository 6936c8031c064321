"""The engine ``pool``: as many processes as asked for, each with a share that fits what a member costs.

A message to a worker and back takes some tenths of a millisecond. Members that cost less travel in chunks that keep
a worker busy for CHUNK_SECONDS; members that cost more travel alone, so that no worker waits long for the last one.
"""

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.pool import AsyncResult, Pool
from typing import Any

from evolution_ref.engines import MapFn, Setup

CHUNK_SECONDS = 0.02
AHEAD = 4
"""Chunks on their way for each worker."""


class ChunkedPool:
    """A ``map`` over a pool that learns what a member costs.

    Attributes:
        cost: seconds a member, measured in the workers; None before the first result.
    """

    def __init__(self, pool: Pool, processes: int) -> None:
        self.pool, self.processes = pool, processes
        self.cost: float | None = None

    def __call__(self, fitness: Any, *columns: Sequence[Any]) -> list[float]:
        """Return the fitness of each member, in order."""
        size, sent = len(columns[0]), 0
        results: list[float] = []
        under_way: deque[AsyncResult[tuple[list[float], float]]] = deque()
        while len(results) < size:
            while sent < size and len(under_way) < AHEAD * self.processes:
                part = slice(sent, sent + self.chunk(size - sent))
                under_way.append(self.pool.apply_async(_test, (fitness, [column[part] for column in columns])))
                sent = min(part.stop, size)
            tested, seconds = under_way.popleft().get()
            results += tested
            cost = seconds / len(tested)
            self.cost = cost if self.cost is None else 0.8 * self.cost + 0.2 * cost
        return results

    def chunk(self, left: int) -> int:
        """Return how many of the members that are left the next worker gets."""
        if self.cost is None:
            return 1
        fair = -(-left // (2 * self.processes))
        return max(1, min(fair, int(CHUNK_SECONDS / max(self.cost, 1e-9))))


@contextmanager
def open_engine(setup: Setup) -> Iterator[MapFn]:
    """Give a ``map`` over a pool that lasts until the end of the ``with`` block."""
    with multiprocessing.Pool(setup.processes, initializer=_ignore_interrupts) as pool:
        yield ChunkedPool(pool, setup.processes)
        pool.close()
        pool.join()


def _test(fitness: Any, columns: list[Sequence[Any]]) -> tuple[list[float], float]:
    """Return the fitness of each member of a chunk and the seconds that it took."""
    began = time.perf_counter()
    return list(map(fitness, *columns)), time.perf_counter() - began


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the parent, which ends the pool; a worker's traceback would say nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
