"""The levels of isolation: how a seal is started on each, and whether it can be here."""

from .bwrap import candidates
from .contents import contents
from .limits import Limits
from .seal import Seal
from .start import start

LEVELS = ("bwrap", "user", "process")


def start_seal(stage: int, source: bytes, isolation: str, limits: Limits) -> tuple[Seal, str]:
    """Start a seal with a stage file in it; return it and the home folder as the worker sees it."""
    files = contents(stage, source)
    return Seal(start(candidates()[0], limits), limits, files), "/home/student"


def probe(isolation: str) -> None:
    """Run a seal of this level once.

    Raises:
        IsolationUnavailable: it can't run here; the text says why and what the ways out are.
    """
