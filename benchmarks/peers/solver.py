"""The compiled engine with the reference's evolve: python solver.py es|cmaes ENV_ID H_SIZE.

For each seed that it reads it prints the seconds until the engine's own re-test passes. Then the clock stands still
and Gymnasium plays 100 fresh episodes of the champion; where it doesn't confirm, the clock and the search go on.
"""

import json
import sys
import time

import numpy as np

from evolution_ref.engines.compiled import Compiled
from evolution_ref.environments import environment_of
from evolution_ref.episode import Episode
from evolution_ref.evolve import evolve
from evolution_ref.population import RandomNetworks
from evolution_ref.retest import Champion
from evolution_ref.search import METHODS

method, env_id, h_size = sys.argv[1], sys.argv[2], int(sys.argv[3])
POP_SIZE, SIGMA = 128, 0.5
environment = environment_of(env_id)
engine = Compiled()
engine.prepare(env_id)


class Solved(Exception):
    """The champion's re-test has passed."""


def solve(seed: int, generations: int = 1000) -> dict[str, object]:
    champion, episodes = Champion(solved=environment.solved), 0
    confirmations: list[float] = []
    seconds = paused = 0.0

    def test(fitness: Episode, *columns: list) -> list[float]:
        nonlocal episodes
        episodes += len(columns[0])
        return engine(fitness, *columns)

    def look(*_: object) -> None:
        nonlocal seconds, paused
        if champion.mean < environment.solved:
            return
        passed = time.perf_counter()
        seconds = passed - began - paused
        first = 2**31 + 100 * len(confirmations)
        played = Episode(env_id).batch([champion.params] * 100, range(first, first + 100))
        confirmations.append(float(np.mean(played)))
        if confirmations[-1] >= environment.solved:
            raise Solved
        champion.mean = confirmations[-1]  # one that was lucky in its re-test: another must do better
        paused += time.perf_counter() - passed

    init = RandomNetworks(environment.i_size, h_size, environment.o_size)
    began = time.perf_counter()
    try:
        evolve(Episode(env_id), init, generations, POP_SIZE, SIGMA, seed, look, test, METHODS[method], champion)
        seconds, solved = time.perf_counter() - began - paused, False
    except Solved:
        solved = True
    return {"seconds": seconds, "episodes": episodes, "solved": solved, "confirmations": confirmations}


solve(10**6, 2)
print(json.dumps({"ready": f"population {POP_SIZE}, sigma {SIGMA}"}), flush=True)
for line in sys.stdin:
    print(json.dumps(solve(int(line))), flush=True)
