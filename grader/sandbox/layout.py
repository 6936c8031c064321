"""What a seal can see of this machine: libraries, the interpreter, a few packages, and the code that runs inside."""

import importlib.util
import os
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
PACKAGES = ("numpy", "gymnasium", "cloudpickle", "farama_notifications", "typing_extensions")
INSIDE_LIB = "/seal/lib"
INSIDE_PACKAGES = "/seal/packages"


class Layout(NamedTuple):
    """The folders and files of a seal.

    Attributes:
        links: (target, place) of symbolic links.
        binds: (source, place) of what is shown read-only.
        covered: folders in there that are hidden under an empty one.
        python: the interpreter's place, inside as outside.
        library_path: where the interpreter's own library lies, "" where the system finds it.
    """

    links: tuple[tuple[str, str], ...]
    binds: tuple[tuple[str, str], ...]
    covered: tuple[str, ...]
    python: str
    library_path: str

    @property
    def sources(self) -> list[str]:
        """The files and folders of this machine that are shown."""
        return [source for source, _ in self.binds]


@cache
def layout() -> Layout:
    """Return what this machine's interpreter needs inside a seal, and nothing else."""
    links: list[tuple[str, str]] = []
    binds: list[tuple[str, str]] = []
    for name in ("lib", "lib64"):
        top = Path("/", name)
        binds += [(str(folder), str(folder)) for folder in _libraries(Path("/usr", name))]
        if top.is_symlink():
            links.append((f"usr/{name}", str(top)))
        elif top.is_dir():
            binds += [(str(folder), str(folder)) for folder in _libraries(top)]
    binds += [(path, path) for path in ("/etc/ld.so.cache", "/etc/alternatives") if os.path.exists(path)]
    python = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    prefix = Path(os.path.realpath(sys.base_prefix))
    libraries = prefix / "lib"
    own = [libraries] if prefix != Path("/usr") else [Path(sysconfig.get_path("stdlib"))]
    binds += [(str(folder), str(folder)) for folder in own if not _within(folder, binds)]
    binds.append((python, python))
    shared = bool(sysconfig.get_config_var("Py_ENABLE_SHARED")) and prefix != Path("/usr")
    binds += [(str(path), f"{INSIDE_PACKAGES}/{path.name}") for path in _packages()]
    binds.append((str(HERE / "inside"), f"{INSIDE_LIB}/_seal/sandbox/inside"))
    binds.append((str(HERE.parent / "kit"), f"{INSIDE_LIB}/_seal/kit"))
    covered = sorted({str(path) for source, _ in binds for path in _site_folders(Path(source))})
    return Layout(tuple(links), tuple(binds), tuple(covered), python, str(libraries) if shared else "")


def _packages() -> Iterator[Path]:
    """Yield the folder or file of each package that student code may import, and of its bundled libraries."""
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            continue
        path = Path(spec.origin).resolve()
        path = path.parent if path.name == "__init__.py" else path
        yield path
        bundled = path.parent / f"{name}.libs"
        if bundled.is_dir():
            yield bundled


def _libraries(folder: Path) -> Iterator[Path]:
    """Yield where the system's shared libraries lie: the folder for this processor where there is one, else all.

    On most processors, aarch64 for one, the loader that starts every program lies beside that folder, in /lib.
    """
    if not folder.is_dir():
        return
    several = [path for path in folder.glob("*-linux-*") if path.is_dir()]
    loaders = [path for path in folder.glob("ld[-6]*.so.*") if path.is_file()] if several else []
    yield from [*several, *loaders] or [folder]


def _within(folder: Path, binds: list[tuple[str, str]]) -> bool:
    return any(folder.is_relative_to(source) for source, _ in binds)


def _site_folders(shown: Path) -> Iterator[Path]:
    """Yield the folders of installed packages that lie within a folder that is shown."""
    for pattern in ("python*/site-packages", "python*/dist-packages", "site-packages", "dist-packages"):
        yield from shown.glob(pattern)
