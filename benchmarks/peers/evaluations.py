"""CMA-ES by its evaluations: python evaluations.py ours|cma SEEDS.

Minimises functions whose optimum is known, to 1e-8 above it, with the same starts and the same population. Prints a
line of JSON a run: function, n, population, seed, evaluations (null for a run that did not get there).
"""

import json
import sys
from collections.abc import Callable, Iterator

import numpy as np

TARGET = 1e-8
DIMENSIONS = (5, 10, 20)
Values = Callable[[np.ndarray], np.ndarray]

# Each takes (pop_size, n) and returns (pop_size,), 0 at the optimum.
FUNCTIONS: dict[str, Values] = {
    "sphere": lambda x: np.sum(x**2, axis=1),
    "ellipsoid": lambda x: x**2 @ 10.0 ** (6 * np.arange(x.shape[1]) / (x.shape[1] - 1)),
    "Rosenbrock": lambda x: np.sum(100 * (x[:, 1:] - x[:, :-1] ** 2) ** 2 + (1 - x[:, :-1]) ** 2, axis=1),
    "Rastrigin": lambda x: 10 * x.shape[1] + np.sum(x**2 - 10 * np.cos(2 * np.pi * x), axis=1),
}


def population_of(function: str, n: int) -> int:
    """Return the default of CMA-ES; Rastrigin's many optima need more members (Hansen and Kern 2004)."""
    return 20 * n if function == "Rastrigin" else 4 + int(3 * np.log(n))


def ours(x0: np.ndarray, sigma: float, pop_size: int, seed: int) -> Iterator[tuple[np.ndarray, Callable]]:
    from evolution_ref.cma_es import CMAES

    es = CMAES(x0, sigma, pop_size, seed)
    while True:
        solutions = es.ask()
        yield solutions, lambda values, solutions=solutions: es.tell(solutions, -values)


def pycma(x0: np.ndarray, sigma: float, pop_size: int, seed: int) -> Iterator[tuple[np.ndarray, Callable]]:
    import cma

    es = cma.CMAEvolutionStrategy(x0, sigma, {"seed": seed + 1, "popsize": pop_size, "verbose": -9})
    while not es.stop():
        solutions = es.ask()
        yield np.array(solutions), lambda values, solutions=solutions: es.tell(solutions, values.tolist())


def run(side: str, function: str, n: int, seed: int) -> int | None:
    """Return after how many evaluations the target was met."""
    x0 = np.random.default_rng([seed, n]).uniform(-3, 3, n)
    pop_size, sigma = population_of(function, n), 2.0 if function == "Rastrigin" else 1.0
    spent = 0
    for solutions, tell in {"ours": ours, "cma": pycma}[side](x0, sigma, pop_size, seed):
        values = FUNCTIONS[function](solutions)
        spent += len(values)
        if values.min() <= TARGET:
            return spent
        if spent > 10_000 * n:
            return None
        tell(values)
    return None


for name in FUNCTIONS:
    for n in DIMENSIONS:
        for seed in range(int(sys.argv[2])):
            found = run(sys.argv[1], name, n, seed)
            row = {"function": name, "n": n, "population": population_of(name, n), "seed": seed, "evaluations": found}
            print(json.dumps(row), flush=True)
