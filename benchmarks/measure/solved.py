"""Time to solved: the compiled engine with the reference's two methods, and other people's optimisers on Gymnasium."""

import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from statistics import median
from typing import Any

from measure.install import HOME, PYTHON
from measure.peer import PeerFailed, running
from measure.tables import Section, met, table

ENVS = ("CartPole-v0", "CartPole-v1", "MountainCarContinuous-v0")
OURS = {"our es": "ours: evolve", "our cmaes": "ours: CMA-ES"}
THEIRS = ("cma", "cmaes", "evosax")
H_SIZE = "10"
GOAL = 300.0
SEEDS = 20


@dataclass(frozen=True)
class Solver:
    """One side on one environment: what it is, its start-up, and a run a seed."""

    name: str
    ready: str
    start: float
    runs: list[dict[str, Any]]

    @property
    def seconds(self) -> float:
        """The median; a run that was cut off counts with the time that it got."""
        return median(run["seconds"] for run in self.runs)

    @property
    def solved(self) -> int:
        """How many seeds were solved: of ours, those confirmed; of the others, by their re-test on Gymnasium."""
        return sum(run["solved"] for run in self.runs)


def measure(side: str, env_id: str, seeds: int, **more: str) -> Solver:
    """Run every seed in a process of its own side; the start-up is the time until it is ready."""
    ours = side in OURS
    script = str(HOME / "peers" / ("solver.py" if ours else "optimisers.py"))
    began = time.perf_counter()
    with running(
        [sys.executable if ours else str(PYTHON), script, side.removeprefix("our "), env_id, H_SIZE], **more
    ) as peer:
        start = time.perf_counter() - began
        runs = [peer.tell(str(seed)) for seed in range(seeds)]
    return Solver(OURS.get(side, side), peer.ready, start, runs)


def try_measure(seeds: int, side: str, env_id: str) -> Solver | str:
    """Measure a peer; where it fails, return why."""
    try:
        return measure(side, env_id, seeds)
    except PeerFailed as error:
        return f"{side} failed: {error}"


def solved_section(quick: bool, missing: dict[str, str]) -> Section:
    """Measure and return the section."""
    seeds, envs = (3, ENVS[:1]) if quick else (SEEDS, ENVS)
    lines, figures = [], {}
    with tempfile.TemporaryDirectory() as empty:
        first = measure("our es", envs[0], 0, NUMBA_CACHE_DIR=empty)
    for env_id in envs:
        measure("our es", env_id, 0)  # puts the machine code on the disk where it isn't there yet
        ours = [measure(side, env_id, seeds) for side in OURS]
        with ThreadPoolExecutor(2) as two:  # a core each
            answers = list(two.map(partial(try_measure, seeds, env_id=env_id), THEIRS))
        theirs = [answer for answer in answers if isinstance(answer, Solver)]
        figures[env_id] = [asdict(solver) for solver in (*ours, *theirs)]
        lines += [f"### {env_id}", "", *_table(ours, theirs), ""]
        lines += [answer for answer in answers if isinstance(answer, str)]
    text = [
        "## Time to solved",
        "",
        f"{seeds} seeds each, to the moment when a candidate's re-test on 100 fresh episodes passes; re-tests count.",
        "The optimisers run on Gymnasium as their documentation shows it, two at a time on two cores, each with the",
        "population and step size of its documentation; one that stops is started again; a seed is cut off after 20 s",
        f"and counts with that. Ours: {first.ready} for both methods and all environments.",
        "A ratio is of medians. When our re-test has passed the clock stands still while Gymnasium plays 100 fresh",
        "episodes of the champion; one that it doesn't confirm was lucky, and clock and search go on. *With start-up*",
        "adds what a fresh process needs: imports, machine code from the disk. The first time, compiling included, our",
        f"start-up takes {first.start:.1f} s.",
        "",
        *lines,
    ]
    return Section(text, figures)


def _table(ours: Sequence[Solver], theirs: Sequence[Solver]) -> list[str]:
    fastest = min(theirs, key=lambda solver: solver.seconds) if theirs else None
    header = (
        "",
        "solved",
        "median",
        "slowest",
        "with start-up",
        "episodes",
        "evolve is faster",
        "CMA-ES is faster",
        "what",
    )
    rows = []
    for solver in (*ours, *theirs):
        slowest = max(run["seconds"] for run in solver.runs)
        row = [solver.name, f"{solver.solved} of {len(solver.runs)}", _seconds(solver.seconds), _seconds(slowest)]
        row += [f"{solver.start + solver.seconds:.1f} s", f"{median(run['episodes'] for run in solver.runs):.0f}"]
        if solver in ours:
            again = sum(len(run["confirmations"]) > 1 for run in solver.runs)
            row += ["", "", f"{solver.ready}, not confirmed at first: {again}"]
        else:
            ratios = [solver.seconds / mine.seconds for mine in ours]
            row += [f"{ratio:,.0f}, wanted {met(ratio, GOAL)}" for ratio in ratios] + [solver.ready]
        rows.append(row)
    text = table(header, rows)
    if fastest is not None:
        ratio = (fastest.start + fastest.seconds) / (ours[0].start + ours[0].seconds)
        text += ["", f"With start-up, evolve is {ratio:.1f} times as fast as {fastest.name}."]
    return text


def _seconds(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms" if seconds < 0.1 else f"{seconds:.2f} s"
