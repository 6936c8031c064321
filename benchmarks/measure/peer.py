"""A peer: a process that measures once whenever it is asked (benchmarks/peers/answers.py is its other end)."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

ONE_BLAS_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""For every side: with matrices this small, more threads only wait for each other."""


class PeerFailed(Exception):
    """A peer ended before it answered; the text says with what."""


@dataclass
class Peer:
    """A running peer; ``ready`` says what it is, with versions."""

    process: subprocess.Popen[str]
    ready: str = ""

    def ask(self) -> float:
        """Return the steps a second of one measurement."""
        answer = self.tell("")
        return float(answer["steps"] / answer["seconds"])

    def tell(self, line: str) -> Any:
        """Send a line and return the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self.read()

    def read(self) -> Any:
        """Return the next answer."""
        assert self.process.stdout is not None and self.process.stderr is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        errors = self.process.stderr.read().strip().splitlines()
        raise PeerFailed(errors[-1] if errors else "no answer")


@contextmanager
def running(command: Sequence[str], **more: str) -> Iterator[Peer]:
    """Give the peer that a command starts, once it is ready; it is gone after the ``with`` block.

    Args:
        command: what starts it.
        more: environment variables for it.
    """
    pipe = subprocess.PIPE
    environment = {**os.environ, **ONE_BLAS_THREAD, **more}
    process = subprocess.Popen(list(command), stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment)
    try:
        peer = Peer(process)
        peer.ready = peer.read()["ready"]
        yield peer
    finally:
        process.kill()
        process.communicate()
