"""An attack: a few hostile lines to be put before a stage's code."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from textwrap import dedent


@dataclass(frozen=True)
class Attack:
    """A few lines of hostile code, its class, and whether honest code after it still works."""

    kind: str
    name: str
    code: str
    harmless: bool = True


def attacks_to(kind: str) -> Callable[..., Attack]:
    """Return what makes an attack of a class from its name, its code and, as a keyword, ``harmless``."""
    return partial(_attack, kind)


def _attack(kind: str, name: str, code: str, *, harmless: bool = True) -> Attack:
    return Attack(kind, name, dedent(code).strip() + "\n", harmless)
