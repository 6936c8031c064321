"""The compiled engine with the reference's evolve: python solver.py es|cmaes ENV_ID H_SIZE.

For each seed that it reads it prints the seconds until the engine's own re-test passes, and what Gymnasium says of the
champion afterwards: the mean fitness of 100 fresh episodes.
"""

import json
import sys
import time
from contextlib import suppress

import numpy as np

from evolution_ref.engines.compiled import Compiled
from evolution_ref.environments import environment_of
from evolution_ref.episode import Episode
from evolution_ref.evolve import evolve
from evolution_ref.population import RandomNetworks
from evolution_ref.retest import Champion
from evolution_ref.search import METHODS

method, env_id, h_size = sys.argv[1], sys.argv[2], int(sys.argv[3])
POP_SIZE = {"es": 32, "cmaes": 64}[method]
environment = environment_of(env_id)
engine = Compiled()
engine.prepare(env_id)


class Solved(Exception):
    """The champion's re-test has passed."""


def solve(seed: int, generations: int = 1000) -> dict[str, object]:
    champion, episodes = Champion(solved=environment.solved), 0

    def test(fitness: Episode, *columns: list) -> list[float]:
        nonlocal episodes
        episodes += len(columns[0])
        return engine(fitness, *columns)

    def look(*_: object) -> None:
        if champion.mean >= environment.solved:
            raise Solved

    init = RandomNetworks(environment.i_size, h_size, environment.o_size)
    began = time.perf_counter()
    with suppress(Solved):
        evolve(Episode(env_id), init, generations, POP_SIZE, 1.0, seed, look, test, METHODS[method], champion)
    seconds = time.perf_counter() - began
    fresh = range(2**31, 2**31 + 100)
    confirmed = float(np.mean(Episode(env_id).batch([champion.params] * 100, fresh)))
    solved = champion.mean >= environment.solved
    return {"seconds": seconds, "episodes": episodes, "solved": solved, "confirmed": confirmed}


solve(10**6, 2)
print(json.dumps({"ready": f"population {POP_SIZE}"}), flush=True)
for line in sys.stdin:
    print(json.dumps(solve(int(line))), flush=True)
