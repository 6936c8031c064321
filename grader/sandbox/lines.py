"""The connections at which a seal's processes ask the grader, and who asks on each, by the kernel's word."""

import os
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

from . import processes
from .inside import wire

PIECE = 1 << 16
CREDENTIALS = struct.Struct("3i")  # process, user, group
Worker = tuple[int, int]  # a process' number and when it started


class HungUp(Exception):
    """A process is gone, or doesn't keep to the form."""


@dataclass(eq=False)
class Line:
    """One connection from inside a seal.

    Attributes:
        socket: the grader's end.
        named: whether the kernel says who sends; else each question says it itself.
        text: bytes of JSON in the last question.
    """

    socket: socket.socket
    named: bool
    text: int = 0
    _inbox: bytearray = field(default_factory=bytearray)
    _sender: Worker | None = None
    _known: dict[int, Worker] = field(default_factory=dict)

    def read(self) -> int:
        """Read what is there; return how many bytes.

        Raises:
            HungUp: there will be no more, or two processes wrote one question.
        """
        try:
            part, sender = self._received()
        except BlockingIOError:
            return 0
        except OSError:
            raise HungUp from None
        if not part or (self._inbox and self._sender != sender) or (self.named and sender is None):
            raise HungUp
        self._sender = sender
        self._inbox += part
        return len(part)

    def question(self) -> tuple[Worker, dict[str, Any]] | None:
        """Take the next whole question out of what was read, None while there is none.

        Raises:
            HungUp: what was read is no question.
        """
        if len(self._inbox) >= wire.HEAD.size:
            self.text = wire.HEAD.unpack_from(self._inbox)[0]
        try:
            words = wire.take(self._inbox)
        except (wire.Garbage, wire.TooBig):
            raise HungUp from None
        if words is None:
            return None
        claimed = words.get("pid")
        worker = self._sender or ((claimed, 0) if isinstance(claimed, int) else None)
        if worker is None:
            raise HungUp
        return worker, words

    def send(self, answer: Any) -> None:
        """Send an answer.

        Raises:
            HungUp: nobody reads there.
        """
        frame = wire.pack(answer)
        try:
            sent = self.socket.send(frame)
        except OSError:
            sent = 0
        if sent < len(frame):
            raise HungUp

    def _received(self) -> tuple[bytes, Worker | None]:
        """Return what was sent and by whom; descriptors that came along are closed."""
        if not self.named:
            return self.socket.recv(PIECE), None
        part, extra, _, _ = self.socket.recvmsg(PIECE, socket.CMSG_SPACE(CREDENTIALS.size))
        sender = None
        for level, kind, content in extra:
            if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
                sender = self._worker(CREDENTIALS.unpack(content[: CREDENTIALS.size])[0])
            elif level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                for (descriptor,) in struct.iter_unpack("i", content[: len(content) // 4 * 4]):
                    os.close(descriptor)
        return part, sender

    def _worker(self, pid: int) -> Worker:
        if pid not in self._known:
            one = processes.process(pid)
            self._known[pid] = (pid, one.started if one else -1)
        return self._known[pid]
