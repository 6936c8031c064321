"""A peer: a process that measures once whenever it is asked (benchmarks/peers/answers.py is its other end)."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


class PeerFailed(Exception):
    """A peer ended before it answered; the text says with what."""


@dataclass
class Peer:
    """A running peer; ``ready`` says what it is, with versions."""

    process: subprocess.Popen[str]
    ready: str = ""

    def ask(self) -> float:
        """Return the steps a second of one measurement."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        answer = self.read()
        return float(answer["steps"] / answer["seconds"])

    def read(self) -> Any:
        """Return the next answer."""
        assert self.process.stdout is not None and self.process.stderr is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        errors = self.process.stderr.read().strip().splitlines()
        raise PeerFailed(errors[-1] if errors else "no answer")


@contextmanager
def running(command: Sequence[str]) -> Iterator[Peer]:
    """Give the peer that a command starts, once it is ready; it is gone after the ``with`` block."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(list(command), stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    try:
        peer = Peer(process)
        peer.ready = peer.read()["ready"]
        yield peer
    finally:
        process.kill()
        process.communicate()
