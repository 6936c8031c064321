"""The compiled engine, measured as its peers are: python compiled.py ENV_ID POP_SIZE H_SIZE."""

import sys
from importlib.metadata import version

import numpy as np
from answers import answer
from networks import networks

from evolution_ref.engines.compiled import Compiled
from evolution_ref.environments import environment_of
from evolution_ref.population import Population, network_shapes

env_id, pop_size, h_size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
environment = environment_of(env_id)
sizes = (environment.i_size, h_size, environment.o_size)
arrays = networks(*sizes, pop_size)
rows = np.concatenate([array.reshape(pop_size, -1) for array in arrays.values()], axis=1)
pop, rng = Population(rows, network_shapes(*sizes)), np.random.default_rng(1)
engine = Compiled()


def play() -> int:
    """Play one episode a member, each with a new seed."""
    before = engine.steps
    engine.play(env_id, pop, rng.integers(2**63, size=pop_size, dtype=np.uint64))
    return engine.steps - before


play()
answer(f"numba {version('numba')}", play)
