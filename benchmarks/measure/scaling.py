"""How the cost grows: with the population, with the cores, and the pool's share of what its processes could do."""

import pickle
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import cache
from multiprocessing import get_context
from statistics import median

import numpy as np
from numpy.typing import NDArray

from evolution_ref.cores import cores
from evolution_ref.engines import open_engine
from evolution_ref.engines.compiled import Compiled
from evolution_ref.population import Population, RandomNetworks
from measure.install import HOME
from measure.tables import Section, met, table

ENV_ID = "CartPole-v1"
SIZES = (32, 256, 4096, 65_536, 1_000_000)
MANY = 262_144
COST = 0.005


def costly(params: dict[str, np.ndarray], seed: int) -> float:
    """A fitness that costs COST seconds of a core."""
    began = time.process_time()
    while time.process_time() - began < COST:
        pass
    return float(seed)


def scaling_section(quick: bool, missing: dict[str, str]) -> Section:
    """Measure and return the section, and draw its plot."""
    sizes = SIZES[:3] if quick else SIZES
    rows, drawn = _sizes(sizes, 3 if quick else 11)
    if not quick:
        _plot(drawn)
    threads, processes = _cores(3 if quick else 61)
    ratio = median(threads)
    efficiency = median(_pool(2 if quick else 5))
    pop = RandomNetworks(4, 10, 2).population(64, np.random.default_rng(1))
    crosses = len(pickle.dumps(pop)) / 64
    lines = [
        "## How the cost grows",
        "",
        f"The compiled engine on {ENV_ID}, random members, the median of several plays. *Besides* is the most",
        "memory that a play took at once, the population and its fitness not counted: it depends on the blocks alone.",
        "",
        *table(("population", "seconds", "a member", "steps/s", "memory besides"), rows),
        "",
        *([] if quick else ["![Seconds against population](scaling.png)", ""]),
        f"- From 1 thread to 2, population {MANY:,}, in turn: {ratio:.2f} times as fast (wanted {met(ratio, 1.9)}).",
        f"  Half of the pairs: {_middle(threads)}. Two processes that share nothing, in the same run:",
        f"  {median(processes):.2f} ({_middle(processes)}), what the machine itself gave.",
        f"- The pool with {cores()} processes, {1000 * COST:g} ms a member, 240 members, in turn with one process:",
        f"  {100 * efficiency:.0f} % of {cores()} times serial (wanted 85 % {'✓' if efficiency >= 0.85 else '✗'}).",
        f"- What crosses the pipe: {crosses:.0f} bytes a member (72 numbers of 8 bytes, and what wraps them).",
    ]
    cores_gave = {"one thread to two": ratio, "two processes": median(processes)}
    measured = {"sizes": drawn, **cores_gave, "pool": efficiency, "bytes a member": crosses}
    return Section(lines, measured)


def _sizes(sizes: Sequence[int], plays: int) -> tuple[list[list[str]], list[tuple[int, float]]]:
    engine, rng = Compiled(), np.random.default_rng(1)
    rows, drawn = [], []
    for size in sizes:
        pop = RandomNetworks(4, 10, 2).population(size, rng)
        seeds = rng.integers(2**63, size=size, dtype=np.uint64)
        engine.play(ENV_ID, pop[:64], seeds[:64])
        steps, times = engine.steps, []
        for _ in range(plays):
            began = time.perf_counter()
            engine.play(ENV_ID, pop, seeds)
            times.append(time.perf_counter() - began)
        seconds, played = median(times), (engine.steps - steps) / plays
        besides = _besides(engine, pop, seeds)
        cells = (f"{size:,}", f"{seconds:.3g}", f"{1e6 * seconds / size:.2f} µs", f"{played / seconds / 1e6:.0f} M")
        rows.append([*cells, f"{besides / 2**20:.1f} MB"])
        drawn.append((size, seconds))
    engine.close()
    return rows, drawn


def _cores(pairs: int) -> tuple[list[float], list[float]]:
    """Return how many times as fast two threads are, and two processes of one thread that play a population each."""
    members, seeds = _many()
    one, two = Compiled(1), Compiled(2)
    threads = _paired(pairs, lambda: one.play(ENV_ID, members, seeds), lambda: two.play(ENV_ID, members, seeds))
    with get_context("spawn").Pool(2) as pool:
        pool.map(_play_alone, range(2), 1)
        processes = _paired(pairs, lambda: pool.map(_play_alone, [0], 1), lambda: pool.map(_play_alone, [0, 1], 1))
    return threads, [2 * ratio for ratio in processes]


@cache
def _many() -> tuple[Population, NDArray[np.uint64]]:
    rng = np.random.default_rng(2)
    return RandomNetworks(4, 10, 2).population(MANY, rng), rng.integers(2**63, size=MANY, dtype=np.uint64)


@cache
def _one_thread() -> Compiled:
    return Compiled(1)


def _play_alone(_: int) -> None:
    _one_thread().play(ENV_ID, *_many())


def _middle(ratios: Sequence[float]) -> str:
    """Return between what half of them lie."""
    low, high = np.quantile(ratios, [0.25, 0.75])
    return f"{low:.2f} to {high:.2f}"


def _paired(pairs: int, before: Callable[[], object], after: Callable[[], object]) -> list[float]:
    """Return the first's seconds over the second's, run in turn, each pair the other way round."""
    ratios = []
    for pair in range(pairs):
        seconds = {}
        for work in (before, after)[:: 1 if pair % 2 else -1]:
            began = time.perf_counter()
            work()
            seconds[work] = time.perf_counter() - began
        ratios.append(seconds[before] / seconds[after])
    return ratios


def _pool(pairs: int) -> list[float]:
    members: list[dict[str, np.ndarray]] = [{}] * 240
    with open_engine("pool", cores()) as pool:
        list(pool(costly, members, range(240)))
        ratios = _paired(
            pairs,
            lambda: list(map(costly, members, range(240))),
            lambda: list(pool(costly, members, range(240))),
        )
    return [ratio / cores() for ratio in ratios]


def _besides(engine: Compiled, pop: Population, seeds: np.ndarray) -> int:
    """Return the most bytes that a play had allocated at once, less its answer; all of it is numpy's."""
    tracemalloc.start()
    engine.play(ENV_ID, pop, seeds)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return max(0, most - 8 * len(pop))


def _plot(drawn: Sequence[tuple[int, float]]) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 3.5), layout="constrained")
    axes = figure.add_subplot()
    sizes, seconds = zip(*drawn, strict=True)
    axes.loglog(sizes, seconds, "o-", color="#4c78a8", label="compiled engine")
    line = [size * seconds[-1] / sizes[-1] for size in sizes]
    axes.loglog(sizes, line, "--", color="0.6", label="in proportion")
    axes.set(xlabel="population", ylabel="seconds for an episode each", title=ENV_ID)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(HOME / "scaling.png", dpi=120)
