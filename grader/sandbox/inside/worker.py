"""The worker inside a seal: takes the grader's requests, one frame at a time, and sends the replies."""

import _socket
import faulthandler
import os
import signal
from typing import Any

from . import fitness, wire
from .requests import Requests

SIGNAL = getattr(signal, "SIGUSR1", None)  # asks for the line at which the code is


def serve(channel: int, dump: int | None, door: fitness.Address = b"\0fitness", claim: bool = False) -> None:
    """Answer the grader's requests until it is gone.

    Args:
        channel: a stream socket to the grader.
        dump: where to write at which line the code is when the signal comes; None: nowhere.
        door: where fitness is asked.
        claim: see fitness.Asked.
    """
    if dump is not None:
        faulthandler.enable(dump)
        if SIGNAL is not None:
            faulthandler.register(SIGNAL, dump)
    line = _socket.socket(fileno=channel)
    requests, me = Requests(door, claim), os.getpid()
    line.sendall(wire.pack({"id": 0}))  # ready: what is used from here on is the student's
    while True:
        try:
            request = wire.receive(line.recv)
        except EOFError:
            return
        reply = requests.answer(request)
        if os.getpid() != me:  # a process that the student's code forked and let return
            os._exit(0)
        line.sendall(_packed(request["id"], reply))


def _packed(number: int, reply: dict[str, Any]) -> bytes:
    try:
        return wire.pack({"id": number, **reply})
    except wire.TooBig as error:
        return wire.pack({"id": number, "fault": {"kind": "big", "text": str(error)}})
