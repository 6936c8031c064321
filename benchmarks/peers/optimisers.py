"""Optimisers on Gymnasium, as their documentation shows them: python optimisers.py cma|cmaes|evosax ENV_ID H_SIZE.

Each generation's best member, where its one episode reaches the threshold, is re-tested on 100 fresh episodes. A run
ends when a re-test passes. An optimiser that stops is started again. Prints seconds and episodes for each
seed that it reads.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

Ask = Callable[[], Sequence[Any]]
Tell = Callable[[Sequence[Any], list[float]], bool]
TIME_LIMIT = 20.0
SOLVED = {"CartPole-v0": 195.0, "CartPole-v1": 475.0, "MountainCarContinuous-v0": 90.0}

name, env_id, h_size = sys.argv[1], sys.argv[2], int(sys.argv[3])
warnings.simplefilter("ignore")
import gymnasium  # noqa: E402  after the filter: CartPole-v0 is deprecated there

warnings.simplefilter("ignore")
env = gymnasium.make(env_id, disable_env_checker=True)
i_size = env.observation_space.shape[0]
discrete = env_id.startswith("CartPole")
o_size = 2 if discrete else 1
n = i_size * h_size + h_size + h_size * o_size + o_size


def episode(x: np.ndarray, seed: int) -> float:
    """Return the fitness of the network with these n numbers."""
    w0, b0, w1, b1 = np.split(x, np.cumsum([i_size * h_size, h_size, h_size * o_size]))
    w0, w1 = w0.reshape(i_size, h_size), w1.reshape(h_size, o_size)
    observation, _ = env.reset(seed=seed)
    fitness, done = 0.0, False
    while not done:
        out = np.maximum(observation @ w0 + b0, 0.0) @ w1 + b1
        action = int(out.argmax()) if discrete else np.clip(out, -1.0, 1.0)
        observation, reward, terminated, truncated, _ = env.step(action)
        fitness += float(reward)
        done = terminated or truncated
    return fitness


def of_cma(seed: int) -> tuple[Ask, Tell]:
    """pycma: CMAEvolutionStrategy(n * [0], 0.5), ask and tell; it minimises."""
    import cma

    es = cma.CMAEvolutionStrategy(n * [0], 0.5, {"seed": seed + 1, "verbose": -9})

    def tell(solutions: Sequence[Any], fitness: list[float]) -> bool:
        es.tell(solutions, [-value for value in fitness])
        return bool(es.stop())

    return es.ask, tell


def of_cmaes(seed: int) -> tuple[Ask, Tell]:
    """cmaes: CMA(mean=zeros, sigma=1.3), ask one by one, tell; it minimises."""
    from cmaes import CMA

    optimizer = CMA(mean=np.zeros(n), sigma=1.3, seed=seed)

    def tell(solutions: Sequence[Any], fitness: list[float]) -> bool:
        optimizer.tell([(x, -value) for x, value in zip(solutions, fitness, strict=True)])
        return bool(optimizer.should_stop())

    return lambda: [optimizer.ask() for _ in range(optimizer.population_size)], tell


def of_evosax(seed: int) -> tuple[Ask, Tell]:
    """evosax: CMA_ES(population_size=32, solution=zeros), ask and tell compiled; it minimises."""
    import jax

    strategy, params, ask, tell_jit = evosax_compiled()
    key = jax.random.key(seed)
    state = strategy.init(key, jax.numpy.zeros(n), params)
    kept = {"key": key, "state": state}

    def ask_all() -> Sequence[Any]:
        kept["key"], now = jax.random.split(kept["key"])
        kept["population"], kept["state"] = ask(now, kept["state"], params)
        return list(np.asarray(kept["population"], dtype=np.float64))

    def tell(solutions: Sequence[Any], fitness: list[float]) -> bool:
        kept["key"], now = jax.random.split(kept["key"])
        values = -jax.numpy.asarray(fitness)
        kept["state"], _ = tell_jit(now, kept["population"], values, kept["state"], params)
        return False

    return ask_all, tell


STRATEGY: list[Any] = []


def evosax_compiled() -> Any:
    """Return the strategy, its parameters and its two compiled functions, made once."""
    if not STRATEGY:
        import jax
        from evosax.algorithms import CMA_ES

        strategy = CMA_ES(population_size=32, solution=jax.numpy.zeros(n))
        STRATEGY.extend([strategy, strategy.default_params, jax.jit(strategy.ask), jax.jit(strategy.tell)])
    return STRATEGY


START = {"cma": of_cma, "cmaes": of_cmaes, "evosax": of_evosax}[name]


def solve(seed: int) -> dict[str, Any]:
    """Run until a re-test passes, TIME_LIMIT at most."""
    rng = np.random.default_rng(seed)
    began, episodes, starts = time.perf_counter(), 0, 0
    ask, tell = START(seed)
    while (seconds := time.perf_counter() - began) < TIME_LIMIT:
        solutions = ask()
        fitness = [episode(np.asarray(x), int(rng.integers(2**31))) for x in solutions]
        episodes += len(fitness)
        best = int(np.argmax(fitness))
        if fitness[best] >= SOLVED[env_id]:
            retest = [episode(np.asarray(solutions[best]), int(rng.integers(2**31))) for _ in range(100)]
            episodes += 100
            if np.mean(retest) >= SOLVED[env_id]:
                return {"seconds": time.perf_counter() - began, "episodes": episodes, "solved": True}
        if tell(solutions, fitness):
            starts += 1
            ask, tell = START(seed + 1000 * starts)
    return {"seconds": seconds, "episodes": episodes, "solved": False}


ask, tell = START(0)
solutions = ask()
tell(solutions, [0.0 + k for k in range(len(solutions))])  # imports, and compiles what is to compile
print(json.dumps({"ready": f"{name} {version(name)}, population {len(solutions)}"}), flush=True)
for line in sys.stdin:
    print(json.dumps(solve(int(line))), flush=True)
