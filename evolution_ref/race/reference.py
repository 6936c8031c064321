"""The reference's rungs: each engine tests the same population; above them all, the limit of the cores."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from evolution_ref.cores import cores
from evolution_ref.engines import ENGINES, open_engine
from evolution_ref.episode import Episode
from evolution_ref.mistakes import WrongCall
from evolution_ref.policy import flatten, initialize_parameters
from evolution_ref.population import Population, network_shapes
from evolution_ref.race.ladder import ENV_ID, POP_SIZE, SECONDS, Rung


def reference_rungs() -> list[Rung]:
    """Return a rung an engine, and the limit."""
    here = cores()
    many = f"{here} core" + "s" * (here > 1)
    engine = {name: partial(_engine, name) for name in ENGINES}
    rungs = [
        Rung(
            "map",
            "one after the other; the environment is made once, not once an episode",
            "your stage 3",
            engine["map"],
        ),
        Rung("pool", "every core tests; chunks of members, so that messages cost little", "map", engine["pool"]),
        Rung(
            "ray", "as pool, but on every machine of a cluster; on one machine it gains nothing", "pool", engine["ray"]
        ),
        Rung(
            "vectorised",
            "one numpy call steps all members; who is done leaves the arrays",
            "pool",
            engine["vectorised"],
        ),
        Rung(
            "compiled, 1 core", "machine code, 32 members side by side in vector registers", "vectorised", _compiled(1)
        ),
    ]
    top = "compiled, 1 core"
    if here > 1:
        rungs.append(
            Rung(f"compiled, {many}", "a block of members for each core, no lock between them", top, _compiled(here))
        )
        top = f"compiled, {many}"
    return [*rungs, Rung("the limit", f"nothing but the arithmetic of a step, {many}", top, _limit)]


def _population() -> tuple[Population, np.ndarray[tuple[int], np.dtype[np.uint64]]]:
    """Return POP_SIZE random networks and a seed each."""
    rng = np.random.default_rng(1)
    rows = [flatten(initialize_parameters(4, 10, 2, rng)) for _ in range(POP_SIZE)]
    return Population(np.array(rows), network_shapes(4, 10, 2)), np.arange(POP_SIZE, dtype=np.uint64)


def _paced(play: Callable[[], float]) -> float:
    """Return the steps a second of playing again and again."""
    steps, began = 0.0, time.perf_counter()
    while (seconds := time.perf_counter() - began) < SECONDS:
        steps += play()
    return steps / seconds


def _engine(name: str) -> float:
    pop, seeds = _population()
    members, numbers = list(pop), seeds.tolist()
    with open_engine(name, cores(), ENV_ID) as map_fn:
        list(map_fn(Episode(ENV_ID), members[:256], numbers[:256]))  # workers import, the pool learns the cost
        return _paced(lambda: sum(map_fn(Episode(ENV_ID), members, numbers)))


def _compiled(threads: int) -> Callable[[], float]:
    def measure() -> float:
        _must_have_numba()
        from evolution_ref.engines.compiled import Compiled

        engine = Compiled(threads)
        pop, seeds = _population()
        engine.play(ENV_ID, pop, seeds)
        speed = _paced(lambda: float(engine.play(ENV_ID, pop, seeds).sum()))
        engine.close()
        return speed

    return measure


def _limit() -> float:
    _must_have_numba()
    from evolution_ref.engines.kernels.limit import CHAIN, OPERATIONS, multiply_add

    rounds, size, here = 2000, 256, cores()
    multiply_add(1, np.zeros(size))

    def work(k: int) -> float:
        return multiply_add(rounds, np.zeros(size))

    with ThreadPoolExecutor(here) as pool:
        return _paced(lambda: len(list(map(float, pool.map(work, range(here))))) * rounds * size * CHAIN / OPERATIONS)


def _must_have_numba() -> None:
    if not ENGINES["compiled"].installed:
        raise WrongCall('needs numba: python -m pip install -e ".[fast]"')
