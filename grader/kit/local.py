"""A student's stage run in this very process: on the student's own machine, and for the known mistakes."""

import copy
import importlib
import multiprocessing
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from . import fault, global_state, local_run
from .channel import opened
from .imports import unknown_module
from .ledger import Ledger
from .plain import overwrite, plain
from .run import Problem, Run
from .student import Reply, Rng, StudentFault

LONGEST_RUN = 60.0  # seconds that an evolve function gets


class LocalStudent:
    """The Student protocol (see student.py) for a module of this process.

    Args:
        module: the stage, as a module; None where it could not be imported.
        file: its file name, for the messages.
        stages: gives another stage of the same student's, None where there is none.
        broken: why there is no module.
        seconds: how long an evolve function may take.
        again: makes the module anew; None where it can't be.
    """

    def __init__(
        self,
        module: ModuleType | None,
        file: str = "",
        stages: Callable[[int], "LocalStudent | None"] | None = None,
        broken: StudentFault | None = None,
        seconds: float = LONGEST_RUN,
        again: Callable[[], ModuleType] | None = None,
    ) -> None:
        self._again = again
        self._module, self._broken, self._stages, self._seconds = module, broken, stages, seconds
        self._path = str(getattr(module, "__file__", "") or "")
        self._file = file or Path(self._path).name
        self._rngs: dict[str, np.random.Generator] = {}
        self._kept: dict[str, Any] = {}
        self._raised: Exception | None = None  # kept until a run is counted out, as a caller may keep what it catches
        self._given: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {}
        self.memo: dict[str, Any] = {}
        self.numbers: dict[str, np.random.Generator] = {}

    @classmethod
    def of_file(
        cls,
        path: Path,
        stages: "Callable[[int], LocalStudent | None] | None" = None,
        modules: Collection[str] | None = None,
    ) -> "LocalStudent":
        """Import a stage file; what it imports is found beside it.

        Args:
            path: the stage file.
            stages: gives another stage of the same student's.
            modules: the stages' names: an import of a module that is not there at grading fails here too. None: it
                does not.
        """
        if modules is not None and (lack := unknown_module(path.read_bytes(), path.name, modules)):
            return cls(None, path.name, stages, broken=fault.unimportable(lack))
        folder = str(path.parent)
        if folder not in sys.path:
            sys.path.insert(0, folder)
        try:
            return cls(importlib.import_module(path.stem), path.name, stages)
        except (Exception, SystemExit) as error:
            return cls(None, path.name, stages, broken=fault.not_imported(error, path))

    def call(self, function: str, /, *args: Any, **kwargs: Any) -> Reply:
        """Call a function of the stage."""
        return self._reply(function, self._named(function), args, kwargs)

    def call_many(
        self, function: str, calls: Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]], /, *, late: bool = False
    ) -> list[Reply]:
        """Make many calls; the first fault is raised."""
        kept: list[Any] = []
        then = kept.append if late else None
        replies = [self._reply(function, self._named(function), args, kwargs, then) for args, kwargs in calls]
        if late:
            replies = [replace(reply, value=plain(value)) for reply, value in zip(replies, kept, strict=True)]
        return replies

    def call_and_overwrite(self, function: str, /, *args: Any, **kwargs: Any) -> Reply:
        """Call a function of the stage, then overwrite every array that came back."""
        return self._reply(function, self._named(function), args, kwargs, then=overwrite)

    def import_again(self) -> None:
        """Make the module anew, where that can be done."""
        if self._again is not None:
            self._module = self._again()

    def new(self, class_name: str, /, *args: Any, **kwargs: Any) -> str:
        """Make an object and keep it."""
        own = self._own(args, kwargs)
        made = self._caught(fault.call_words(class_name, args, kwargs), self._named(class_name), *own)
        handle = f"{class_name} {len(self._kept) + 1}"
        self._kept[handle], self._given[handle] = made, own
        return handle

    def given(self, handle: str, /) -> Reply:
        """Return the arguments that a kept object was made with as they are now."""
        args, kwargs = self._given[handle]
        return Reply(None, plain(args), plain(kwargs))

    def method(self, handle: str, name: str, /, *args: Any, **kwargs: Any) -> Reply:
        """Call a method of a kept object."""
        return self._reply(name, lambda *a, **k: getattr(self._kept[handle], name)(*a, **k), args, kwargs)

    def get(self, handle: str, attribute: str, /) -> Any:
        """Return an attribute of a kept object."""
        called = f"attribute {attribute} of the {handle.split()[0]}"
        return plain(self._caught(called, lambda: getattr(self._kept[handle], attribute), (), {}))

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
        """Call an evolve function on a problem and return all that was seen."""
        target = self._named(function)
        ledger = Ledger(problem, rendezvous)
        if watch_generations:
            kwargs["on_generation"] = ledger.on_generation
        shown = {key: value for key, value in kwargs.items() if key != "on_generation"}
        called = fault.call_words(function, (*fault.GIVEN, *args), shown)
        earlier = set(multiprocessing.active_children())
        begin = time.perf_counter()
        with opened(ledger) as (fitness, init), local_run.start_method(start_method), local_run.findable(self._module):
            call = partial(self._caught, called, target, (fitness, init, *args), kwargs)
            try:
                ledger.run.value = plain(local_run.within(self._seconds, called, call))
            except StudentFault as seen:
                ledger.run.fault = seen.with_traceback(None)
            finally:  # after Ctrl-C too: pytest would wait for processes that are left
                ledger.run.seconds = time.perf_counter() - begin
                ledger.run.leftover = local_run.end_leftover(earlier)
            self._raised = None
        return ledger.run

    def processor_seconds(self) -> float:
        """Return the processor time of this process."""
        return time.process_time()

    def seed_global(self, seed: int, /, *, drawn: bool = False) -> None:
        """Set the global random states."""
        global_state.seed_global(seed, drawn)

    def stage(self, number: int, /) -> "LocalStudent | None":
        """Return another stage of the same student's."""
        return self._stages(number) if self._stages else None

    def _named(self, name: str) -> Callable[..., Any]:
        """Return a function or class of the stage."""
        if self._module is None:
            raise self._broken or fault.missing(name, self._file)
        found: Callable[..., Any] | None = getattr(self._module, name, None)
        if not callable(found):
            raise fault.missing(name, self._file, dir(self._module))
        return found

    def _own(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return copies of the arguments with each Rng replaced by the generator that it stands for."""

        def own(value: Any) -> Any:
            if isinstance(value, Rng):
                return self._rngs.setdefault(value.key, np.random.default_rng(value.seed))
            return copy.deepcopy(value)

        return tuple(map(own, args)), {key: own(value) for key, value in kwargs.items()}

    def _reply(
        self,
        name: str,
        target: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        then: Callable[[Any], None] | None = None,
    ) -> Reply:
        """Call with copies of the arguments; return the value and the copies as they are then."""
        own_args, own_kwargs = self._own(args, kwargs)
        returned = self._caught(fault.call_words(name, args, kwargs), target, own_args, own_kwargs)
        value = plain(returned)
        if then is not None:
            then(returned)
        after = [arg if isinstance(arg, Rng) else plain(own) for arg, own in zip(args, own_args, strict=True)]
        after_words = {key: arg if isinstance(arg, Rng) else plain(own_kwargs[key]) for key, arg in kwargs.items()}
        return Reply(value, tuple(after), after_words)

    def _caught(self, called: str, target: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Call, with an exception turned into a StudentFault that holds none of the student's frames."""
        try:
            return target(*args, **kwargs)
        except SystemExit as error:
            seen: StudentFault = fault.ended(called, error)
        except Exception as error:
            self._raised = error
            seen = fault.from_exception(called, error, self._path, self._file)
        raise seen
