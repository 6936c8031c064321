"""Watch a saved agent, in a window or as a GIF: python render.py --env_id CartPole-v0 --agent_id best."""

import argparse
import random
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from assets.film import CannotWrite, Film, RefusedAction, has_display, play, save_gif, show_window, side_by_side

ROOT = Path(__file__).resolve().parent
ENV_IDS = ("CartPole-v0", "CartPole-v1", "MountainCarContinuous-v0")

Params = dict[str, Any]
Forward = Callable[[Any, Params], Any]


class Mistake(Exception):
    """A wrong call; its text says what was expected and what to do."""


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of a call."""
    usage = "render.py --env_id ENV --agent_id ID [--compare ID2] [--save FILE.gif] [--episodes N] [--seed S]"
    parser = argparse.ArgumentParser(usage=usage, description=__doc__, allow_abbrev=False)
    parser.add_argument("--env_id", required=True, help=", ".join(ENV_IDS))
    parser.add_argument("--agent_id", required=True, help="a number (a generation) or a name, such as best")
    parser.add_argument("--compare", metavar="ID2", help="a second agent, shown beside the first")
    parser.add_argument("--save", metavar="FILE.gif", type=Path, help="write a GIF; needs no screen")
    parser.add_argument("--episodes", type=int, default=1, help="how many to play, 1 to 20 (1)")
    parser.add_argument("--seed", type=int, help="the same seed gives the same episodes")
    parser.add_argument("--agents", metavar="DIR", type=Path, help="where the agents are, if not in agents/")
    options = parser.parse_args(arguments)
    if options.env_id not in ENV_IDS and reference("environments") is None:
        parser.error(f"--env_id {options.env_id!r} is not one of {', '.join(ENV_IDS)}")
    if not 1 <= options.episodes <= 20:
        parser.error(f"--episodes {options.episodes}: expected 1 to 20")
    if options.seed is not None and options.seed < 0:
        parser.error(f"--seed {options.seed}: expected 0 or more")
    if options.save is not None and options.save.suffix.lower() != ".gif":
        parser.error(f"--save {options.save}: expected a name that ends in .gif")
    return options


def reference(part: str) -> Any:
    """Return a module of the reference implementation, None where that is not installed."""
    try:
        return __import__(f"evolution_ref.{part}", fromlist=[part])
    except ImportError:
        return None


def exercises() -> Any:
    """Return the student's module ``evolution``, None where it is not there."""
    folder = ROOT / "exercises"
    if not (folder / "evolution.py").is_file():
        return None
    sys.path.insert(0, str(folder))
    import evolution  # type: ignore[import-not-found]  # in the folder above

    return evolution


def load_agent(env_id: str, agent_id: str, folder: Path | None) -> tuple[str, Params]:
    """Return a saved agent, checked: its title, which names the generation that it is from, and its params."""
    saved, course = reference("agents"), exercises()
    if saved is None and (course is None or folder is not None):
        raise Mistake("evolution_ref is not here: expected exercises/evolution.py beside render.py, and no --agents")
    load = (saved or course).load_params
    more = () if folder is None else (folder,)
    try:
        params = load(env_id, agent_id, *more)
    except (ValueError, OSError) as error:
        raise Mistake(str(error)) from None
    if saved is None:  # the reference has checked its own
        check(params, env_id, agent_id)
    title = f"generation {agent_id}" if agent_id.isdecimal() else f"agent {agent_id}"
    for generation in count() if title.startswith("agent") else ():  # a name: which numbered agent is the same?
        try:
            other = load(env_id, generation, *more)
        except (ValueError, OSError):
            break
        if all(np.array_equal(params[key], other.get(key)) for key in params):
            return f"{agent_id}: generation {generation}", params
    return title, params


def check(params: Params, env_id: str, agent_id: str) -> None:
    """Raise a Mistake unless params is a finite network for this environment."""
    i_size, o_size = (4, 2) if env_id.startswith("CartPole") else (2, 1)
    h_size = np.shape(params.get("b0", ()))[-1:]
    expected = {"w0": (i_size, *h_size), "b0": (1, *h_size), "w1": (*h_size, o_size), "b1": (1, o_size)}
    for key, shape in expected.items():
        value = np.asarray(params.get(key, np.zeros(0)))
        if value.shape != shape or value.dtype.kind not in "fiu" or not np.isfinite(value).all():
            raise Mistake(
                f"agent {agent_id} does not fit {env_id}: its {key} is {value.dtype} {value.shape}, expected finite "
                f"numbers, w0 ({i_size}, h_size) and w1 (h_size, {o_size})"
            )


def find_forward(env_id: str, params: Params) -> tuple[Forward, str]:
    """Return (forward, who plays): the student's stage 1, the reference while that is a stub."""
    course, ours = exercises(), reference("environments")
    if course is not None and env_id in ENV_IDS:
        env, forward, i_size, _ = course.make_env(env_id)
        env.close()
        try:
            ask(forward, np.zeros(i_size, dtype=np.float32), params)
            return forward, "your stage 1"
        except NotImplementedError:
            if ours is None:
                raise Mistake(
                    "the agent is played by your stage 1, which is not done yet: "
                    "write exercises/stage1_forward.py first, 'pytest exercises/' helps"
                ) from None
    if ours is None:
        raise Mistake("nobody can play: neither exercises/evolution.py nor evolution_ref is beside render.py")
    note = " (your stage 1 is not done yet)" if course is not None and env_id in ENV_IDS else ""
    return ours.environment_of(env_id).policy, f"the reference{note}"


def ask(forward: Forward, observation: Any, params: Params) -> Any:
    """Return the action; an error in the student's stage 1 becomes a Mistake that names its line."""
    try:
        return forward(observation, params)
    except NotImplementedError:
        raise
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if Path(frame.filename).name == "stage1_forward.py"]
        # Python's own words for a SyntaxError have its place already
        place = f" (stage1_forward.py, line {lines[-1]})" if lines and not isinstance(error, SyntaxError) else ""
        raise Mistake(
            f"your stage 1 cannot play: {type(error).__name__}: {error}{place}\n"
            "'pytest exercises/test_stage1.py' says more"
        ) from None


def cast(options: argparse.Namespace) -> tuple[str, list[tuple[str, Callable[[Any], Any]]]]:
    """Return on whose code the agents run, and a title and a policy for each."""
    agents = [load_agent(options.env_id, name, options.agents) for name in (options.agent_id, options.compare) if name]
    forward, player = find_forward(options.env_id, agents[0][1])
    return player, [(title, partial(ask, forward, params=params)) for title, params in agents]


def films(options: argparse.Namespace, agents: Sequence[tuple[str, Callable[[Any], Any]]], scale: float) -> Film:
    """Give each step of all episodes as a picture, with the views in it."""
    seed = random.randrange(2**31) if options.seed is None else options.seed
    for episode in range(options.episodes):
        note = f"episode {episode + 1} of {options.episodes}" if options.episodes > 1 else ""
        played = [play(options.env_id, title, policy, seed + episode, scale) for title, policy in agents]
        for picture, views in side_by_side(played, note):
            yield picture, views
        print("; ".join(f"{view.title}: reward {view.reward:.1f} in {view.step} steps" for view in views), flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Show or save the episodes; return the exit status: 0, 2 for a wrong call, 130 after Ctrl-C."""
    options = parse(arguments)
    try:
        player, agents = cast(options)
        if options.save is None and not has_display():
            raise Mistake("there is no display here to open a window on: write a GIF with --save FILE.gif")
        print(f"{options.env_id}, played by {player}", flush=True)
        if options.save is None:
            show_window(films(options, agents, 0.8 if options.compare else 1.0), options.env_id)
        else:
            save_gif(films(options, agents, 0.64 if options.compare else 0.8), options.save)
            print(f"saved {options.save}, {options.save.stat().st_size / 1000:.0f} kB")
    except (Mistake, CannotWrite, RefusedAction) as mistake:
        print(f"render.py: {mistake}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped by Ctrl-C; nothing was saved.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
