"""What the grader can ask for: each request done on the student's stage, with what is kept between them."""

import contextlib
import importlib
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from ...kit import global_state
from ...kit.plain import Rng, identical, overwrite, plain
from . import fitness
from .words import Stopped, error_words, exit_words

MOST_NAMES = 100  # of those that a file defines, told where one is missing


class Requests:
    """The student's stage and what is kept for it between requests."""

    def __init__(self, door: fitness.Address, claim: bool) -> None:
        self._door = door, claim
        self._module: ModuleType | None = None
        self._unimported: dict[str, Any] | None = None
        self._path = self._name = ""
        self._rngs: dict[str, np.random.Generator] = {}
        self._kept: dict[str, Any] = {}
        self._given: dict[str, tuple[list[Any], dict[str, Any]]] = {}
        self._raised: BaseException | None = None  # kept until the next request, as a caller may keep what it catches

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return the reply to one request."""
        self._raised = None
        try:
            return {"ok": getattr(self, f"do_{request['op']}")(request)}
        except Stopped as stopped:
            return {"fault": stopped.words}

    def do_open(self, request: Mapping[str, Any]) -> bool:
        """Import the stage file; a failure is told at each later request."""
        self._path, self._name = request["path"], request["module"]
        try:
            self._module = self._try(lambda: importlib.import_module(request["module"]))
        except Stopped as stopped:
            if stopped.words["kind"] == "exit":
                raise
            self._unimported = {**stopped.words, "kind": "import"}
            raise Stopped(**self._unimported) from None
        return True

    def do_again(self, request: Mapping[str, Any]) -> bool:
        """Import the stage file anew; the old module stays where that fails, as where it sets what is set once."""
        if self._module is None:
            return False
        old = self._module
        sys.modules.pop(self._name, None)
        if "multiprocessing.context" in sys.modules:  # a start method can be set at the top of the file, once a process
            sys.modules["multiprocessing.context"]._default_context._actual_context = None
        try:
            self._module = self._try(lambda: importlib.import_module(self._name))
        except Stopped as stopped:
            if stopped.words["kind"] == "exit":
                raise
            sys.modules[self._name] = old
        return True

    def do_call(self, request: Mapping[str, Any]) -> list[Any]:
        """Call a function of the stage, many times."""
        target, kept = self._named(request["name"]), list[Any]()
        then: Callable[[Any], None] | None = overwrite if request.get("overwrite") else None
        if request.get("late"):
            then = kept.append
        done = [self._one(index, target, args, kwargs, then) for index, (args, kwargs) in enumerate(request["calls"])]
        return [(plain(value), *others) for value, (_, *others) in zip(kept, done, strict=True)] if kept else done

    def do_new(self, request: Mapping[str, Any]) -> str:
        """Make an object of a class of the stage and keep it."""
        args, kwargs = self._own(request["args"], request["kwargs"])
        target = self._named(request["name"])
        handle = f"{request['name']} {len(self._kept) + 1}"
        self._kept[handle] = self._try(lambda: target(*args, **kwargs))
        self._given[handle] = args, kwargs
        return handle

    def do_given(self, request: Mapping[str, Any]) -> Any:
        """Return the arguments that a kept object was made with, as they are now."""
        self._object(request["handle"])
        args, kwargs = self._given[request["handle"]]
        return None, plain(tuple(args)), plain(kwargs)

    def do_method(self, request: Mapping[str, Any]) -> Any:
        """Call a method of a kept object."""
        kept = self._object(request["handle"])
        target = self._try(lambda: getattr(kept, request["name"]))
        return self._one(0, target, request["args"], request["kwargs"])

    def do_get(self, request: Mapping[str, Any]) -> Any:
        """Return an attribute of a kept object."""
        kept = self._object(request["handle"])
        return self._try(lambda: plain(getattr(kept, request["name"])))

    def do_seed(self, request: Mapping[str, Any]) -> bool:
        """Set the global random states."""
        global_state.seed_global(request["seed"], request["drawn"])
        return True

    def do_evolve(self, request: Mapping[str, Any]) -> Any:
        """Call an evolve function with a fitness and an init that the grader answers."""
        target, kwargs = self._named(request["name"]), dict(request["kwargs"])
        if request["watch"]:
            kwargs["on_generation"] = fitness.Watcher(*self._door)
        if request["start_method"]:
            import multiprocessing

            with contextlib.suppress(ValueError):  # a method that this system doesn't have
                multiprocessing.set_start_method(request["start_method"], force=True)
        own = fitness.Fitness(*self._door), fitness.Init(*self._door)
        return self._try(lambda: plain(target(*own, *request["args"], **kwargs)))

    def do_play(self, request: Mapping[str, Any]) -> bool:
        """Call an evolve function with a fitness that plays CartPole in here."""
        from . import cartpole

        target = self._named(request["name"])
        self._try(lambda: target(cartpole.Play(), cartpole.Draw(), **request["kwargs"]))
        return True

    def _named(self, name: str) -> Callable[..., Any]:
        if self._unimported is not None:
            raise Stopped(**self._unimported)
        found: Callable[..., Any] | None = getattr(self._module, name, None)
        if not callable(found):
            raise Stopped(kind="missing", names=tuple(sorted(vars(self._module))[:MOST_NAMES]))
        return found

    def _object(self, handle: str) -> Any:
        if handle not in self._kept:
            raise Stopped(kind="missing")
        return self._kept[handle]

    def _own(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        """Return the arguments with each Rng replaced by the generator that it stands for."""

        def own(value: Any) -> Any:
            if isinstance(value, Rng):
                if value.key not in self._rngs:
                    self._rngs[value.key] = np.random.default_rng(value.seed)
                return self._rngs[value.key]
            return value

        return [own(value) for value in args], {key: own(value) for key, value in kwargs.items()}

    def _one(
        self,
        index: int,
        target: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        then: Callable[[Any], None] | None = None,
    ) -> Any:
        """Return (value, args, kwargs), of the arguments those that are others after the call, by place and by name."""
        own_args, own_kwargs = self._own(args, kwargs)
        given_args, given_kwargs = ([plain(one) for one in own_args], plain(own_kwargs))

        def called() -> Any:
            returned = target(*own_args, **own_kwargs)
            value = plain(returned)
            if then is not None:
                then(returned)
            return value

        value = self._try(called, index)
        after = {place: plain(now) for place, now in enumerate(own_args)}
        words = {key: plain(now) for key, now in own_kwargs.items()}
        return (
            value,
            {place: now for place, now in after.items() if not identical(now, given_args[place])},
            {key: now for key, now in words.items() if not identical(now, given_kwargs[key])},
        )

    def _try(self, action: Callable[[], Any], index: int = 0) -> Any:
        """Run the student's code; an exception becomes words."""
        try:
            return action()
        except SystemExit as error:
            words = exit_words(error)
        except BaseException as error:
            self._raised = error
            words = error_words(error, self._path)
        raise Stopped(index=index, **words)
