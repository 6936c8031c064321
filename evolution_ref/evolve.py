"""Generate, test and select: one loop, whatever generates, whatever tests a population."""

from collections.abc import Callable
from typing import Any

import numpy as np

from evolution_ref.engines import MapFn
from evolution_ref.policy import Params
from evolution_ref.population import Floats, Population
from evolution_ref.retest import Champion
from evolution_ref.search import AroundBest, Init, Method

OnGeneration = Callable[[int, Params, Floats], object]


def evolve(
    fitness: Callable[..., float],
    init: Init,
    generations: int,
    pop_size: int,
    sigma: float = 1.0,
    seed: int | None = None,
    on_generation: OnGeneration | None = None,
    map_fn: MapFn = map,
    method: Method = AroundBest,
    champion: Champion | None = None,
) -> tuple[Params, Floats]:
    """Return (best, history): the params selected last, and every fitness, (generations, pop_size).

    Args:
        fitness: ``fitness(params)``, higher is better; with a champion ``fitness(params, seed)``, an episode's.
        init: ``init(rng=rng)`` makes one random member.
        generations: how often to generate, test and select.
        pop_size: members a generation.
        sigma: standard deviation of a new member around the one it is drawn from.
        seed: the same seed gives the same answer with every ``map_fn``; None gives another each time.
        on_generation: called as ``on_generation(generation, best, results)`` after each select.
        map_fn: what tests a population: ``map``, or an engine, which is called like it.
        method: what generates: makes an object with ``ask`` and ``tell``.
        champion: None selects the fittest of each generation, as the course does, and ``fitness`` is called exactly
            ``generations * pop_size`` times. A Champion re-tests a would-be best on fresh episodes.
    """
    if generations < 1 or pop_size < 1:
        raise ValueError(f"{generations} generations of {pop_size} members: expected at least 1 of each")
    rng = np.random.Generator(np.random.SFC64(seed))  # draws normals a fifth faster than default_rng's PCG64
    search = method(init, pop_size, sigma, rng)

    def test(members: Population) -> Floats:
        columns: list[Any] = [members]
        if champion is not None:
            columns.append(rng.bit_generator.random_raw(len(members)))  # the seeds of their episodes
        return np.fromiter(map_fn(fitness, *columns), dtype=np.float64, count=len(members))

    history = []
    for generation in range(generations):
        pop = search.ask()  # generate
        results = test(pop)
        if champion is None:
            best = parent = pop[int(np.argmax(results))]  # select
        else:
            best, parent = champion.challenge(pop, results, generation, test)
        history.append(results)
        if on_generation is not None:
            on_generation(generation, best, results)
        search.tell(pop, results, parent)
        if champion is not None and champion.start_again():
            search = method(init, pop_size, sigma, rng)
    return best, np.array(history)
