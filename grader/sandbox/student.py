"""A student's stage in a seal, as the checks see it."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ..kit.fault import GIVEN
from ..kit.run import Problem, Run
from ..kit.student import Reply, StudentFault, StudentMissing, StudentStopped
from ..manifest import Stage
from . import faults, stops
from .errors import SealEnded
from .fitness import FitnessServer
from .leftover import leftover, present
from .limits import Limits
from .seal import Answerer, Seal

UNIMPORTED = "seal: stopped at import"  # in the memo


class SealedStudent:
    """The Student protocol (see grader/kit/student.py) for a stage file that runs in a seal.

    Args:
        stage: the stage that is graded.
        seal: the seal, just started; the stage file lies in its home folder.
        limits: the seal's caps, for the messages.
        home: where that folder is, as the worker sees it.
        stages: opens the seal of another stage of the same submission; None where it was not handed in.

    Attributes:
        closed: whether the seal has ended; then a new student must be opened, this one gives the same fault again.
        memo, numbers: what is shared about this submission's stage; give them to the next student for the same stage.
    """

    def __init__(
        self, stage: Stage, seal: Seal, limits: Limits, home: str, stages: "Callable[[int], SealedStudent | None]"
    ) -> None:
        self.memo: dict[str, Any] = {}
        self.numbers: dict[str, np.random.Generator] = {}
        self._stage, self._seal, self._limits, self._stages = stage, seal, limits, stages
        self._others: dict[int, SealedStudent | None] = {}
        self._server: FitnessServer | None = None
        self._stopped: StudentStopped | None = None
        request = {"op": "open", "module": stage.module, "path": f"{home}/{stage.file}"}
        self._opening: int | None = seal.send(request)

    @property
    def closed(self) -> bool:
        """Whether the seal has ended."""
        return self._seal.closed

    @property
    def hopeless(self) -> bool:
        """Whether the seal was ended at the import of the stage file: a new one would be too."""
        return UNIMPORTED in self.memo

    @property
    def cpu_seconds(self) -> float:
        """Processor time that this seal and those of its other stages have used, as last seen."""
        return self._seal.watch.cpu + sum(other.cpu_seconds for other in self._others.values() if other)

    def close(self) -> None:
        """End the seal and those of its other stages."""
        self._seal.close()
        for other in self._others.values():
            if other is not None:
                other.close()

    def call(self, function: str, /, *args: Any, **kwargs: Any) -> Reply:
        """Call a function of the stage file."""
        return self.call_many(function, [(args, kwargs)])[0]

    def call_many(
        self, function: str, calls: Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]], /, *, late: bool = False
    ) -> list[Reply]:
        """Make many calls in one exchange; the first fault is raised."""
        sent = [(tuple(args), dict(kwargs)) for args, kwargs in calls]
        call = faults.Call(function, self._stage.file, calls)
        found = self._ask(call, {"op": "call", "name": function, "calls": sent, "late": late}, len(sent))
        if not isinstance(found, list) or len(found) != len(sent):
            raise self._garbage(call)
        return [self._reply(call, item, args, kwargs) for item, (args, kwargs) in zip(found, sent, strict=True)]

    def call_and_overwrite(self, function: str, /, *args: Any, **kwargs: Any) -> Reply:
        """Call a function of the stage file, then overwrite every array that came back."""
        call = faults.Call(function, self._stage.file, [(args, kwargs)])
        found = self._ask(call, {"op": "call", "name": function, "calls": [(args, kwargs)], "overwrite": True})
        if not isinstance(found, list) or len(found) != 1:
            raise self._garbage(call)
        return self._reply(call, found[0], args, kwargs)

    def import_again(self) -> None:
        """Import the stage file once more; one that can be imported only once stays as it is."""
        self._ask(faults.Call(f"import {self._stage.module}", self._stage.file), {"op": "again"})

    def new(self, class_name: str, /, *args: Any, **kwargs: Any) -> str:
        """Make an object of a class of the stage file, kept in the seal; return its handle."""
        call = faults.Call(class_name, self._stage.file, [(args, kwargs)])
        request = {"op": "new", "name": class_name, "args": args, "kwargs": kwargs}
        handle = self._ask(call, request)
        if not isinstance(handle, str) or len(handle) > 200:
            raise self._garbage(call)
        return handle

    def given(self, handle: str, /) -> Reply:
        """Return the arguments that a kept object was made with as they are now."""
        call = faults.Call(handle.split()[0], self._stage.file, None)
        found = self._ask(call, {"op": "given", "handle": handle})
        if isinstance(found, tuple) and len(found) == 3 and isinstance(found[1], tuple) and isinstance(found[2], dict):
            return Reply(*found)
        raise self._garbage(call)

    def method(self, handle: str, name: str, /, *args: Any, **kwargs: Any) -> Reply:
        """Call a method of a kept object."""
        call = faults.Call(name, self._stage.file, [(args, kwargs)])
        request = {"op": "method", "handle": handle, "name": name, "args": args, "kwargs": kwargs}
        return self._reply(call, self._ask(call, request), args, kwargs)

    def get(self, handle: str, attribute: str, /) -> Any:
        """Return an attribute of a kept object."""
        call = faults.Call(f"{handle.split()[0]}.{attribute}", self._stage.file, None)
        return self._ask(call, {"op": "get", "handle": handle, "name": attribute})

    def evolve(
        self,
        function: str,
        problem: Problem,
        /,
        *args: Any,
        rendezvous: int | None = None,
        start_method: str | None = None,
        watch_generations: bool = False,
        **kwargs: Any,
    ) -> Run:
        """Call an evolve function on a problem and return all that was seen from outside."""
        call = faults.Call(function, self._stage.file, [((*GIVEN, *args), kwargs)])
        self._open(call)
        if self._server is None:
            self._server = FitnessServer(self._seal)
        self._server.begin(problem, rendezvous)
        request: dict[str, Any] = {"op": "evolve", "name": function, "args": args, "kwargs": kwargs}
        request |= {"watch": watch_generations, "start_method": start_method}
        run, before, begin = self._server.run, present(self._seal.watch), time.monotonic()
        try:
            run.value = self._ask(call, request, answerer=self._server)
        except StudentMissing:
            raise
        except StudentFault as seen:
            run.fault = seen.with_traceback(None)
        run.seconds = time.monotonic() - begin
        before -= self._server.testers  # a pool that a call before this one left, or the import, is to be gone too
        run.leftover = 0 if self.closed else leftover(self._seal.watch, before, self._server.serve)
        self._server.finish()
        return run

    def time_on_cartpole(self, function: str, /, **kwargs: Any) -> float:
        """Call an evolve function on CartPole, which is played inside; return the seconds until it answered."""
        call = faults.Call(function, self._stage.file, [((), kwargs)])
        self._open(call)
        begin = time.monotonic()
        self._ask(call, {"op": "play", "name": function, "kwargs": kwargs})
        return time.monotonic() - begin

    def processor_seconds(self) -> float:
        """Return the processor time that the seal has used until now."""
        self._seal.watch.look()
        return self._seal.watch.cpu

    def seed_global(self, seed: int, /, *, drawn: bool = False) -> None:
        """Set the state of ``random`` and of ``numpy.random``'s global functions in the seal."""
        call = faults.Call("numpy.random.seed", self._stage.file, [((seed,), {})])
        self._ask(call, {"op": "seed", "seed": seed, "drawn": drawn})

    def stage(self, number: int, /) -> "SealedStudent | None":
        """Return another stage of the same submission in a seal of its own, None where it was not handed in."""
        other = self._others.get(number)
        if number not in self._others or (other is not None and other.closed):
            self._others[number] = other = self._stages(number)
        return other

    def _remember(self, call: faults.Call, stopped: StudentStopped) -> StudentStopped:
        """Keep a stop: this student gives it again, and one with the same memo allows less time."""
        self._stopped = stopped
        stops.remember(call.name, stopped.cap, self.memo)
        return stopped

    def _ask(
        self, call: faults.Call, request: Mapping[str, Any], calls: int = 1, answerer: Answerer | None = None
    ) -> Any:
        """Send a request and return what the worker says is its result."""
        self._open(call)
        limits = stops.limits_of(call.name, self._limits, self.memo)
        return self._exchange(call, self._seal.send(request), limits, calls, answerer)

    def _open(self, call: faults.Call) -> None:
        """Wait once for the stage file's import."""
        if self._stopped is not None:
            raise self._stopped
        if self._opening is not None:
            number, self._opening = self._opening, None
            if self.hopeless:
                self._seal.close()
                self._stopped = self.memo[UNIMPORTED]
                raise self._stopped
            call = faults.Call(f"import {self._stage.module}", self._stage.file)
            try:
                self._exchange(call, number, self._limits)
            except StudentStopped as stopped:
                self.memo[UNIMPORTED] = stopped.with_traceback(None)
                raise

    def _exchange(
        self, call: faults.Call, number: int, limits: Limits, calls: int = 1, answerer: Answerer | None = None
    ) -> Any:
        try:
            reply = self._seal.wait(number, limits, answerer, calls)
        except SealEnded as end:
            raise self._remember(call, faults.ended(call, end, limits)) from None
        finally:
            stops.count(*self._seal.watch.used, self.memo)
        if "ok" in reply:
            return reply["ok"]
        seen = faults.told(call, reply.get("fault"), self._limits)
        if isinstance(seen, StudentStopped):
            self._seal.close()
            self._remember(call, seen)
        raise seen

    def _reply(self, call: faults.Call, item: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Reply:
        """Return the worker's (value, changed args, changed kwargs) as a Reply, if it is that."""
        if isinstance(item, tuple) and len(item) == 3:
            value, after, words = item
            if isinstance(after, dict) and isinstance(words, dict) and set(words) <= set(kwargs):
                places = range(len(args))
                if set(after) <= set(places):
                    return Reply(value, tuple(after.get(k, args[k]) for k in places), {**kwargs, **words})
        raise self._garbage(call)

    def _garbage(self, call: faults.Call) -> StudentStopped:
        """End a seal whose answer is not of the agreed form."""
        self._seal.close()
        self._stopped = faults.ended(call, SealEnded("channel"), self._limits)
        return self._stopped
