"""Whether a population fits the memory."""

import os
from pathlib import Path

from evolution_ref.mistakes import WrongCall
from evolution_ref.population import network_shapes, row_size

COPIES = 3
"""Arrays of a population's size at the same time: the members, those before them, and what they are drawn from."""
BESIDES = 200
"""Bytes a member needs besides: seeds, fitness, history."""
AS_PARAMS = 1200
"""Bytes a member needs where it is played as a dict of four arrays."""


def must_fit(pop_size: int, i_size: int, h_size: int, o_size: int, engine: str, covariance: bool = False) -> None:
    """Raise WrongCall unless a population fits the free memory; the text says how many members would."""
    numbers = row_size(network_shapes(i_size, h_size, o_size))
    free = free_bytes()
    if free is None:
        return
    member = 8 * numbers * COPIES + BESIDES + (0 if engine == "compiled" else AS_PARAMS)
    member += 8 * numbers * 2 if covariance else 0  # the steps, and the steps sorted
    fits = max(0, int(0.9 * free) // member)
    if pop_size > fits:
        need, there = (f"{size / 2**30:.1f} GB" for size in (pop_size * member, free))
        raise WrongCall(f"--pop_size {pop_size}: needs {need} of memory and {there} are free; {fits} members would fit")


def free_bytes() -> int | None:
    """Return the memory that can be had, within the limit of a container; None where the system doesn't say."""
    meminfo = Path("/proc/meminfo")
    if meminfo.exists():
        lines = dict(line.split(":", 1) for line in meminfo.read_text(encoding="ascii").splitlines() if ":" in line)
        free = 1024 * int(lines.get("MemAvailable", lines["MemFree"]).split()[0])
    elif "SC_PHYS_PAGES" in getattr(os, "sysconf_names", {}):
        free = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    else:
        return None
    limit, used = (_number(Path("/sys/fs/cgroup") / name) for name in ("memory.max", "memory.current"))
    return free if limit is None or used is None else min(free, max(0, limit - used))


def _number(file: Path) -> int | None:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):  # no such limit, or "max"
        return None
