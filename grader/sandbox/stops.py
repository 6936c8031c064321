"""What ran out of time before gets less of it: a stage that hangs in every check must not hold up a class."""

from collections.abc import MutableMapping
from dataclasses import replace
from typing import Any

from .limits import Limits

STOPS = "seal: stops by name"  # in the memo
SHARES = (1.0, 0.5, 0.2)  # of the time, for what has run out of it never, once, twice


def limits_of(name: str, limits: Limits, memo: MutableMapping[str, Any]) -> Limits:
    """Return the caps for a call of a function, by what is remembered of it from this seal and earlier ones."""
    stops = memo.get(STOPS, {}).get(name, 0)
    share = SHARES[min(stops, len(SHARES) - 1)]
    return replace(limits, cpu=share * limits.cpu, idle=share * limits.idle, wall=share * limits.wall)


def remember(name: str, cap: str, memo: MutableMapping[str, Any]) -> None:
    """Remember that a call of a function passed a cap, where that is one of time."""
    if cap in ("time", "cpu"):
        stops = memo.setdefault(STOPS, {})
        stops[name] = stops.get(name, 0) + 1
