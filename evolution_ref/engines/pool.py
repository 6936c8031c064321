"""Test a population with a pool of processes: as many members at once as there are processes."""

import multiprocessing
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from evolution_ref.engines import MapFn


@contextmanager
def open_engine(processes: int = 1) -> Iterator[MapFn]:
    """Give a ``map`` over a pool that lasts until the end of the ``with`` block."""
    with multiprocessing.Pool(processes, initializer=_ignore_interrupts) as pool:

        def pool_map(fitness: Any, *columns: Sequence[Any]) -> Iterable[float]:
            chunk = max(1, len(columns[0]) // (4 * processes))  # a few a worker: less to send, still even
            return pool.starmap(fitness, zip(*columns, strict=True), chunksize=chunk)

        yield pool_map
        pool.close()
        pool.join()


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the parent, which ends the pool; a worker's traceback would say nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
