"""One seal: a process that answers requests, one at a time, and whose every answer is untrusted."""

import contextlib
import json
import os
import select
import selectors
import socket
import struct
import time
from collections.abc import Mapping
from typing import Any, Protocol

from .errors import SealEnded, Unstarted, Unwatched
from .inside import wire
from .limits import Limits
from .start import Started
from .watch import Watch

GLANCE = 0.02  # seconds after which whoever answers the seal's questions is asked what is due
LAST_WORDS = 4096
CRASHES = {132: "SIGILL", 134: "SIGABRT", 135: "SIGBUS", 136: "SIGFPE", 139: "SIGSEGV"}


class Answerer(Protocol):
    """Answers what the code inside asks during a request."""

    def attach(self, selector: selectors.BaseSelector) -> None:
        """Register the sockets to read; a key's data is called when its socket is ready."""

    def detach(self, selector: selectors.BaseSelector) -> None:
        """Undo attach."""

    def due(self) -> None:
        """Do what time has made due."""


class Seal:
    """A started seal.

    Args:
        started: its process and pipes.
        limits: its caps.
        files: what lies in the home folder when the worker starts.
    """

    def __init__(self, started: Started, limits: Limits, files: Mapping[str, bytes]) -> None:
        self._started, self._limits = started, limits
        self.watch = Watch(started, limits)
        self.named = started.named
        self.door = started.door  # made by pid 1 and handed over as its first word, where there is one
        self._heard = self._ready = False
        self._number = 0
        self._printed = 0
        self._last_words = b""
        self._inbox, self._outbox = bytearray(), bytearray()
        self._hung_up = False
        self.closed = False
        self._channel, self._selector = started.channel, selectors.DefaultSelector()
        self._channel.setblocking(False)
        self._selector.register(self._channel, selectors.EVENT_READ, self._read_channel)
        self._output = started.output
        if self._output is not None:
            os.set_blocking(self._output, False)
            self._selector.register(self._output, selectors.EVENT_READ, self._read_output)
        setup = {
            "files": {name: text.decode("latin-1") for name, text in files.items()},
            "limits": limits.inside(started.shared_user),
        }
        text = json.dumps(setup).encode()
        self._outbox += struct.pack("<I", len(text)) + text

    def send(self, request: Mapping[str, Any]) -> int:
        """Send a request and return its number; its reply must be waited for before the next is sent.

        Raises:
            wire.TooBig: the grader's own arguments are too large.
        """
        self._number += 1
        self._outbox += wire.pack({**request, "id": self._number}, again=True)
        self._flush()
        return self._number

    def wait(
        self, number: int, limits: Limits | None = None, answerer: Answerer | None = None, calls: int = 1
    ) -> dict[str, Any]:
        """Return the reply to a request.

        Raises:
            SealEnded: the seal passed a cap, ended, or sent something that is no reply. It is closed then.
            Unstarted: the seal did not even start.
        """
        if not self._ready:
            self._ready = True
            self._timed(0, Limits())  # our own start, numpy's import for the most part
        return self._timed(number, limits or self._limits, answerer, calls)

    def close(self) -> None:
        """End the seal and all that is in it."""
        if not self.closed:
            self.closed = True
            self.watch.close()
            self._selector.close()
            if self.door is not None:
                self.door.close()
            self._started.close()

    def _timed(self, number: int, limits: Limits, answerer: Answerer | None = None, calls: int = 1) -> dict[str, Any]:
        """Wait for a reply while the watchdog counts."""
        self._printed = 0
        self.watch.begin(limits, calls)
        if answerer is not None:
            answerer.attach(self._selector)
        try:
            return self._reply(number, answerer)
        finally:
            self.watch.finish()
            if answerer is not None:
                answerer.detach(self._selector)

    def _reply(self, number: int, answerer: Answerer | None) -> dict[str, Any]:
        while (frame := self._frame()) is None:
            if self._hung_up or self.watch.cap:
                raise self._ended()
            self._flush()
            for key, _ in self._selector.select(0.2 if answerer is None else GLANCE):
                key.data()
            if answerer is not None:
                answerer.due()
        if frame.get("id") != number:
            raise self._stopped("channel", "a reply to nothing that was asked")
        return frame

    def _flush(self) -> None:
        """Send what can be sent; ask to be told when more can."""
        with contextlib.suppress(BlockingIOError):
            try:
                while self._outbox:
                    del self._outbox[: self._channel.send(self._outbox)]
            except OSError as error:
                if isinstance(error, BlockingIOError):
                    raise
                self._outbox.clear()
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._outbox else 0)
        if self._selector.get_key(self._channel).events != wanted:
            self._selector.modify(self._channel, wanted, self._read_channel)

    def _read_channel(self) -> None:
        """Read what the worker sent; before that, what pid 1 sent."""
        try:
            if self.door is None:
                word, descriptors, _, _ = socket.recv_fds(self._channel, 1, 1)
                self._heard, self._hung_up = bool(word), not word
                if descriptors:
                    self.door = socket.socket(fileno=descriptors[0])
            elif part := self._channel.recv(1 << 18):
                self._heard = True
                self._inbox += part
            else:
                self._hung_up = True
        except BlockingIOError:
            pass
        except OSError:
            self._hung_up = True

    def _read_output(self) -> None:
        """Throw away what was printed, and count it."""
        if self._output is None:
            return
        try:
            part = os.read(self._output, 1 << 16)
        except BlockingIOError:
            return
        if not part:
            self._selector.unregister(self._output)
            self._output = None
            return
        self._printed += len(part)
        self._last_words = (self._last_words + part)[-LAST_WORDS:]
        if self._printed > self._limits.output:
            self.watch.stop("output")

    def _frame(self) -> dict[str, Any] | None:
        """Return the next frame, None while it is not all there."""
        try:
            return wire.take(self._inbox)
        except wire.TooBig as error:
            raise self._stopped("reply", str(error)) from None
        except wire.Garbage as error:
            raise self._stopped("channel", str(error)) from None

    def _stopped(self, cap: str, detail: str) -> Exception:
        """End the seal for what it sent."""
        self.watch.stop(cap)
        return self._ended(detail)

    def _ended(self, detail: str = "") -> Exception:
        """Close the seal and return why it ended."""
        if self._hung_up and not self.watch.cap:
            self._wait_for_exit()
        while self._output is not None and select.select([self._output], [], [], 0)[0]:
            self._read_output()
        self.close()
        if self.watch.error is not None:
            return Unwatched(repr(self.watch.error))
        if not self._heard and not self.watch.cap:
            return Unstarted(self._last_words.decode("utf-8", "replace").strip() or "the seal did not start")
        status = self.watch.exit_status
        if self.watch.cap:
            return SealEnded(self.watch.cap, detail, self.watch.dump)
        if status is None or status == 137:
            return SealEnded("channel" if status is None else "killed", detail, self.watch.dump)
        if status in CRASHES:
            return SealEnded("crash", CRASHES[status], self.watch.dump)
        if status == 152:
            return SealEnded("cpu", "", self.watch.dump)
        return SealEnded("exit", f"exit status {status}" if status < 128 else f"signal {status - 128}", self.watch.dump)

    def _wait_for_exit(self) -> None:
        """Give a process that hung up the time to end by itself."""
        deadline = time.monotonic() + 1.0
        while self._started.process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
