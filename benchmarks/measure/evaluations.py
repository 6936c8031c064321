"""CMA-ES beside pycma: evaluations to the optimum of functions, with the same starts and population."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from math import comb
from statistics import median

from measure.install import HOME, PYTHON
from measure.peer import ONE_BLAS_THREAD
from measure.tables import Section, table

SEEDS = 25
WITHIN = 1.10

CHANCE = 0.05

Runs = dict[tuple[str, int, int], list[int | None]]


def runs_of(side: str, seeds: int) -> Runs:
    """Return the evaluations of each seed, by (function, n, population)."""
    python = sys.executable if side == "ours" else str(PYTHON)
    command = [python, str(HOME / "peers" / "evaluations.py"), side, str(seeds)]
    environment = {**os.environ, **ONE_BLAS_THREAD}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found: Runs = defaultdict(list)
    for line in done.stdout.splitlines():
        row = json.loads(line)
        found[row["function"], row["n"], row["population"]].append(row["evaluations"])
    return found


def chance(ours: int, theirs: int, seeds: int) -> float:
    """Return how probably chance alone gives us at most ``ours`` of all that were solved (Fisher's exact test)."""
    both = ours + theirs
    ways = [comb(seeds, k) * comb(seeds, both - k) for k in range(max(0, both - seeds), min(seeds, both) + 1)]
    return sum(ways[: ours - max(0, both - seeds) + 1]) / sum(ways)


def evaluations_section(quick: bool, missing: dict[str, str]) -> Section:
    """Measure and return the section."""
    seeds = 3 if quick else SEEDS
    with ThreadPoolExecutor(2) as two:
        ours, theirs = two.map(lambda side: runs_of(side, seeds), ("ours", "cma"))
    header = ("function", "n", "population", "ours: solved", "median", "pycma: solved", "median", "ratio", "wanted")
    rows = []
    for case, mine in ours.items():
        good, other = ([value for value in runs if value is not None] for runs in (mine, theirs[case]))
        row = [case[0], str(case[1]), str(case[2]), f"{len(good)} of {seeds}"]
        row += [f"{median(good):.0f}" if good else "", f"{len(other)} of {seeds}"]
        row += [f"{median(other):.0f}" if other else ""]
        if good and other:
            ratio = median(good) / median(other)
            fine = ratio <= WITHIN and chance(len(good), len(other), seeds) >= CHANCE
            row += [f"{ratio:.2f}", f"at most {WITHIN:.2f} {'✓' if fine else '✗'}"]
        else:
            row += ["", "✗"]
        rows.append(row)
    figures = [
        {"function": case[0], "n": case[1], "population": case[2], "ours": mine, "pycma": theirs[case]}
        for case, mine in ours.items()
    ]
    lines = [
        "## CMA-ES: evaluations to the optimum",
        "",
        f"{seeds} seeds, to 1e-8 above the optimum, from a start drawn from [-3, 3]^n, sigma 1 (Rastrigin 2), the",
        "tutorial's default population (Rastrigin 20 n). No restarts; the median is of the runs that were solved, the",
        "others ended in another optimum. ✓: a ratio of at most 1.10, and not fewer solved runs than pycma's but by a",
        f"difference that chance gives in more than {100 * CHANCE:.0f} % of cases (Fisher's exact test, one-sided).",
        "",
        *table(header, rows),
    ]
    return Section(lines, figures)
