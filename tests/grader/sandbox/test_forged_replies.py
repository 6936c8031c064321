"""Forged replies: whatever a student writes to the grader's own channel fails the call, and never the grader."""

from collections.abc import Callable

import pytest

from grader.kit.student import Opaque, StudentFault
from grader.sandbox import SealedStudent

Open = Callable[..., SealedStudent]

# What a student may write to the grader's own channel: found by its being the only socket among the descriptors.
CHANNEL = """
import os, json, struct, socket, sys, stat, threading, time
import numpy as np
fd = next(n for n in range(3, 64) if os.path.exists(f"/proc/self/fd/{n}") and stat.S_ISSOCK(os.fstat(n).st_mode))
def frame(text, blob=b""):
    text = text.encode()
    os.write(fd, struct.pack("<II", len(text), len(blob)) + text + blob)
def f(x=0):
"""
FORGED = {
    "garbage": "os.write(fd, os.urandom(4096)); os._exit(0)",
    "a pickle": "import pickle; os.write(fd, pickle.dumps(print) * 99); time.sleep(9)",
    "half a frame, then the end": "os.write(fd, b'\\x40\\0\\0\\0\\0\\0\\0\\0{'); os._exit(0)",
    "a frame of 4 GB": "os.write(fd, b'\\xff' * 8); time.sleep(9)",
    "deep nesting": "frame('[' * 10**6 + ']' * 10**6)",
    "deep nesting of our own kind": "frame('{\"t\":[' * 300 + ']}' * 300)",
    "no JSON": "frame('{')",
    "another number": 'frame(\'{"d":[["id",99],["ok",[]]]}\')',
    "a list": "frame('[1]')",
    "unhashable keys": "frame('{\"d\":[[[],1]]}')",
    "unknown tag": 'frame(\'{"pickle":"x"}\')',
    "objects in an array": "frame('{\"a\":[\"|O8\",1]}', b'x' * 8)",
    "an array of more than came": "frame('{\"a\":[\"<f8\",1000000000000]}', b'x' * 8)",
    "a negative shape": "frame('{\"a\":[\"<f8\",-1]}', b'x' * 8)",
    "a huge dtype": "frame('{\"a\":[\"<U999999999\",1]}', b'x' * 8)",
    "letters that are none": 'frame(\'{"d":[["id",2],["ok",{"a":["<U1",1]}]]}\', b\'\\xff\' * 4)',
    "an int of a million digits": "frame('{\"d\":[[\"id\",' + '9' * 10**6 + ']]}')",
    "the wrong form of ok": 'frame(\'{"d":[["id",2],["ok",[[1,2,3]]]]}\')',
    "too many replies": 'frame(\'{"d":[["id",2],["ok",[{"t":[1,{"t":[0,0]},{"d":[]}]}]]]}\')',
    "other keywords than were sent": 'frame(\'{"d":[["id",2],["ok",[{"t":[1,{"t":[0]},{"d":[["y",1]]}]}]]]}\')',
    "a fault of wrong types": 'frame(\'{"d":[["id",2],["fault",{"d":[["kind",[]],["errno",[]],["line",{"t":[]}],'
    '["type",1],["text",[]],["module",[]],["name",[]],["index","x"]]}]]}\')',
    "a fault that is a number": 'frame(\'{"d":[["id",2],["fault",7]]}\')',
    "no ok and no fault": 'frame(\'{"d":[["id",2]]}\')',
    "a closed channel": "os.close(fd); time.sleep(9)",
    "a shut channel": "socket.socket(fileno=fd).shutdown(2); time.sleep(9)",
    "every descriptor closed": "os.closerange(0, 256); time.sleep(9)",
    "a child that holds the channel": "os.fork() or time.sleep(99); os._exit(3)",
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_reply_fails_the_call_and_never_the_grader(opened: Open, name: str) -> None:
    student = opened(CHANNEL + "    " + FORGED[name] + "\n", idle=3.0)
    with pytest.raises(StudentFault) as seen:
        student.call("f", 5)
    assert len(str(seen.value)) < 800


def test_a_forged_reply_of_the_right_form_is_only_a_value(opened: Open) -> None:
    body = """    frame('{"d":[["id",2],["ok",[{"t":[{"o":"<b>"},{"d":[]},{"d":[]}]}]]]}'); os._exit(0)"""
    assert opened(CHANNEL + body).call("f", 5).value == Opaque("<b>")


def test_a_forked_child_that_returns_does_not_answer(opened: Open) -> None:
    student = opened("import os\ndef f():\n    os.fork()\n    return os.getpid()")
    assert student.call("f").value == 2
    assert student.call("f").value == 2
