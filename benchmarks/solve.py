"""How surely, and after how many episodes, the reference solves: python benchmarks/solve.py.

Runs each environment with each of 100 seeds as ``python -m evolution_ref`` does by default, and lets Gymnasium itself
confirm each champion: 100 fresh episodes, one after another. Writes benchmarks/solve.md. Exits with 1 when a seed
ends unsolved.
"""

import argparse
import multiprocessing
import platform
import sys
import time
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np

from evolution_ref.engines import open_engine
from evolution_ref.environments import ENVIRONMENTS, environment_of
from evolution_ref.episode import episode
from evolution_ref.run import Run

REPORT = Path(__file__).with_name("solve.md")
FRESH = range(2**31, 2**31 + 100)  # no run draws seeds from here


@dataclass(frozen=True)
class Solved:
    """One run: what its champion's re-test passed with, and what Gymnasium says in the end."""

    seed: int
    generation: int | None
    episodes: int | None
    total: int
    confirmed: float
    seconds: float


def solve(seed: int, env_id: str, method: str) -> Solved:
    began = time.perf_counter()
    run = Run(environment_of(env_id))
    with open_engine("vectorised") as map_fn:
        best = run.evolve(map_fn, method, seed=seed)
    seconds = time.perf_counter() - began
    first = next((row for row in run.rows if row.retested >= run.environment.solved), None)
    confirmed = float(np.mean([episode(best, env_id, fresh) for fresh in FRESH]))
    generation, episodes = (first.generation, first.episodes) if first else (None, None)
    return Solved(seed, generation, episodes, run.episodes, confirmed, seconds)


def row_of(env_id: str, method: str, runs: list[Solved]) -> str:
    solved = [run for run in runs if run.confirmed >= environment_of(env_id).solved]
    generations = [run.generation for run in solved if run.generation is not None]
    episodes = [run.episodes for run in solved if run.episodes is not None]
    cells = (
        env_id,
        method,
        f"{len(solved)} of {len(runs)}",
        f"{min(run.confirmed for run in runs):.1f} (at least {environment_of(env_id).solved:g})",
        f"{np.median(generations):.0f} / {max(generations)}",
        f"{np.median(episodes):.0f} / {max(episodes)}",
        f"{np.median([run.total for run in runs]):.0f}",
        f"{np.median([run.seconds for run in runs]):.1f} s",
    )
    return "| " + " | ".join(cells) + " |"


COLUMNS = (
    "environment",
    "method",
    "solved seeds",
    "least confirmed mean",
    "generation when solved, median / worst",
    "episodes when solved, median / worst",
    "episodes of the whole run, median",
    "a run takes, median",
)
HEAD = """# Time to solved

Written by `{command}` on {day}: {machine}, Python {python}, NumPy {numpy}, Gymnasium {gymnasium}.
A run is 64 generations of 32 members, sigma 1, 10 hidden units. Re-tests are counted as episodes. Confirmed is the
champion's mean fitness over 100 fresh episodes on Gymnasium itself, after the run.

"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--env_id", choices=list(ENVIRONMENTS), action="append", help="only this one; may be repeated")
    parser.add_argument("--method", choices=("es", "cmaes"), default="es")
    parser.add_argument("--processes", type=int, default=None, help="how many seeds at a time (one a core)")
    options = parser.parse_args()
    rows = ["| " + " | ".join(COLUMNS) + " |", "| --- " * len(COLUMNS) + "|"]
    unsolved = 0
    with multiprocessing.Pool(options.processes) as pool:
        for env_id in options.env_id or list(ENVIRONMENTS):
            runs = []
            for run in pool.imap(partial(solve, env_id=env_id, method=options.method), range(options.seeds)):
                runs.append(run)
                if run.confirmed < environment_of(env_id).solved:
                    unsolved += 1
                    print(f"\n{env_id}: seed {run.seed} ends unsolved, mean {run.confirmed:.1f}")
                print(f"\r{env_id}: {len(runs)} of {options.seeds}", end="", flush=True)
            rows.append(row_of(env_id, options.method, runs))
            print("\r" + rows[-1], flush=True)
    head = HEAD.format(
        command="python " + " ".join(["benchmarks/solve.py", *sys.argv[1:]]),
        day=date.today(),
        machine=f"{platform.system()} {platform.machine()}, {multiprocessing.cpu_count()} cores",
        python=platform.python_version(),
        numpy=version("numpy"),
        gymnasium=version("gymnasium"),
    )
    REPORT.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return 1 if unsolved else 0


if __name__ == "__main__":
    sys.exit(main())
