"""Less time for what ran out of it before, and for a stage that has used up its share: none may hold up a class."""

from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from .limits import Limits

STOPS, USED = "seal: stops by name", "seal: time used"  # in the memo
SHARES = (1.0, 0.5, 0.1)  # of the time, for what has run out of it never, once, twice
WHOLE_STAGE = 6  # times what one request may use is what a stage may use in all
LEAST = 0.05  # of the time, for each request after that


@dataclass
class Used:
    """Seconds that a stage's requests have used: of the processors, without running anything, and by the clock."""

    cpu: float = 0.0
    idle: float = 0.0
    wall: float = 0.0


def limits_of(name: str, limits: Limits, memo: MutableMapping[str, Any]) -> Limits:
    """Return the caps for a call of a function, by what is remembered of it from this seal and earlier ones."""
    stops, used = memo.get(STOPS, {}).get(name, 0), memo.get(USED, Used())
    share = SHARES[min(stops, len(SHARES) - 1)]

    def cap(most: float, so_far: float) -> float:
        return max(LEAST * most, min(share * most, WHOLE_STAGE * most - so_far))

    return replace(
        limits, cpu=cap(limits.cpu, used.cpu), idle=cap(limits.idle, used.idle), wall=cap(limits.wall, used.wall)
    )


def remember(name: str, cap: str, memo: MutableMapping[str, Any]) -> None:
    """Remember that a call of a function passed a cap, where that is one of time."""
    if cap in ("time", "cpu"):
        stops = memo.setdefault(STOPS, {})
        stops[name] = stops.get(name, 0) + 1


def count(cpu: float, idle: float, wall: float, memo: MutableMapping[str, Any]) -> None:
    """Add what a request has used to what its stage has."""
    used = memo.setdefault(USED, Used())
    memo[USED] = Used(used.cpu + cpu, used.idle + idle, used.wall + wall)
