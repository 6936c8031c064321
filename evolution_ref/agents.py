"""Agents on disk: one .npz a file under agents/<env_id>/, never unpickled, checked before anybody plays it."""

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from evolution_ref.atomic import write_atomically
from evolution_ref.environments import environment_of
from evolution_ref.mistakes import WrongCall
from evolution_ref.policy import Params

KEYS = ("w0", "b0", "w1", "b1")


def agents_folder() -> Path:
    """Return ``agents``: beside the render.py that is in the current folder or nearest above it, else right here."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "render.py").is_file():
            return folder / "agents"
    return here / "agents"


def agent_path(env_id: str, agent_id: int | str, folder: Path | None = None) -> Path:
    """Return where an agent's file is or will be.

    Args:
        env_id: the environment.
        agent_id: a number or a word without path separators.
        folder: in the place of ``agents_folder()``.

    Raises:
        WrongCall: no such environment, or an agent_id that is no plain name.
    """
    name = str(agent_id)
    if not name.strip() or name.startswith(".") or len(name) > 100 or re.search(r"[/\\:\x00-\x1f]", name):
        raise WrongCall(f"agent_id {name!r}: expected a number or a name, such as 7 or best, without a path")
    return (agents_folder() if folder is None else folder) / environment_of(env_id).env_id / f"{name}.npz"


def save_params(params: Params, env_id: str, agent_id: int | str, folder: Path | None = None) -> Path:
    """Write an agent, whole or not at all, and return its file."""
    path = agent_path(env_id, agent_id, folder)
    arrays = {key: np.asarray(value, dtype=np.float64) for key, value in params.items()}
    write_atomically(path, lambda file: np.savez(file, allow_pickle=False, **arrays))
    return path


def load_params(env_id: str, agent_id: int | str, folder: Path | None = None) -> Params:
    """Return a saved agent.

    Raises:
        WrongCall: there is no such agent (the text lists which are), or its file is not one of this environment.
    """
    path = agent_path(env_id, agent_id, folder)
    if not path.is_file():
        raise WrongCall(f"no agent {agent_id} of {env_id}: {shown(path.parent)} has {_in_words(path.parent)}")
    try:
        with np.load(path, allow_pickle=False) as archive:
            params = {key: archive[key] for key in archive.files}
    except Exception as error:  # a zip, npy header or array that is broken raises any of a dozen exceptions
        objects = zipfile.is_zipfile(path) and "allow_pickle" in str(error)
        reason = "it holds objects" if objects else "it is no .npz of arrays"
        raise WrongCall(f"{shown(path)} is not an agent: {reason}; save it again with save_params") from None
    _check(params, env_id, path)
    return {key: np.asarray(params[key], dtype=np.float64) for key in KEYS}


def shown(path: Path) -> str:
    """Return a path as short as it can be named from here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _check(params: Params, env_id: str, path: Path) -> None:
    """Raise WrongCall unless params is a finite network for this environment."""
    environment = environment_of(env_id)
    if sorted(params) != sorted(KEYS):
        found = ", ".join(sorted(params)[:6]) or "nothing"
        raise WrongCall(f"{shown(path)} is not an agent: it holds {found}, expected {', '.join(KEYS)}")
    if any(params[key].dtype.kind not in "fiu" for key in KEYS):
        raise WrongCall(f"{shown(path)} is not an agent: its arrays are not of numbers")
    h_size = params["w0"].shape[-1] if params["w0"].ndim else 0
    i_size, o_size = environment.i_size, environment.o_size
    expected = {"w0": (i_size, h_size), "b0": (1, h_size), "w1": (h_size, o_size), "b1": (1, o_size)}
    for key, shape in expected.items():
        if params[key].shape != shape or not h_size:
            raise WrongCall(
                f"{shown(path)} does not fit {env_id}: {key} is {params[key].shape}, "
                f"expected w0 ({i_size}, h_size) and w1 (h_size, {o_size})"
            )
    if not all(np.isfinite(params[key]).all() for key in KEYS):
        raise WrongCall(f"{shown(path)} is not an agent: it holds a nan or an infinite number")


def _in_words(folder: Path) -> str:
    """Return which agents a folder has, runs of numbers in short: '0 to 63 and best'."""
    names = {file.stem for file in folder.glob("*.npz")} if folder.is_dir() else set()
    numbers = sorted(int(name) for name in names if name.isdecimal())
    words = [*_runs(numbers), *sorted(name for name in names if not name.isdecimal())]
    if not words:
        return "none; evolve some with 'python -m evolution_ref'"
    shortened = words if len(words) <= 8 else [*words[:7], f"{len(words) - 7} more"]
    return " and ".join([", ".join(shortened[:-1]), shortened[-1]] if len(shortened) > 1 else shortened)


def _runs(numbers: Iterable[int]) -> list[str]:
    """Return sorted numbers as runs: 0 1 2 5 is '0 to 2' and '5'."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [str(first) if first == last else f"{first} to {last}" for first, last in runs]
