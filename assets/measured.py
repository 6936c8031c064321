"""The pictures of something that ran: two generations in weight space, map beside pool.map, the agents."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from assets.film import play, save_gif, side_by_side
from assets.style import BLUE, GREEN, HERE, INK, ORANGE, canvas, save
from evolution_ref.engines import open_engine
from evolution_ref.environments import environment_of
from evolution_ref.episode import episode_batch
from evolution_ref.history import Row
from evolution_ref.policy import Params, sample_params
from evolution_ref.run import Run

FILM_SEEDS = {"CartPole-v0": 5, "MountainCarContinuous-v0": 7}


def generations() -> Path:
    """Draw a generation and the next in two of CartPole's weights, over the fitness measured there.

    All other weights are those of an evolved agent; two weights are as much as a picture can show.
    """
    evolved = evolve("CartPole-v0", seed=13, generations=3)[-1]
    spot = np.arange(-4, 4.01, 0.2)

    def placed(x: float, y: float) -> Params:
        params = {key: value.copy() for key, value in evolved.items()}
        params["w1"][[6, 3], 1] = params["w1"][[6, 3], 0] + (x, y)
        return params

    def mean_fitness(points: Sequence[tuple[float, float]], episodes: int = 5) -> NDArray[np.float64]:
        members = [placed(*point) for point in points for _ in range(episodes)]
        seeds = list(range(episodes)) * len(points)
        fitness = episode_batch(members, "CartPole-v0", seeds)
        return np.asarray(fitness.reshape(len(points), episodes).mean(axis=1))

    def around(x: float, y: float) -> list[tuple[float, float]]:
        return [(x + dx, y + dy) for dx, dy in rng.standard_normal((32, 2)).tolist()]

    rng = np.random.default_rng(1)
    terrain = mean_fitness([(x, y) for y in spot for x in spot]).reshape(spot.size, spot.size)
    figure, panels = canvas(9, 4.6, columns=2)
    mean = (0.0, 0.0)
    for axes, title in zip(panels, ("generation 0", "generation 1"), strict=True):
        members = around(*mean)
        shades = axes.contourf(spot, spot, terrain, levels=np.linspace(0, 200, 11), cmap="Blues", alpha=0.8)
        fittest = members[int(np.argmax(mean_fitness(members)))]
        axes.scatter(
            [x for x, _ in members], [y for _, y in members], s=26, color="white", edgecolor=INK, lw=0.9, label="member"
        )
        axes.scatter(*mean, marker="+", s=150, color=ORANGE, lw=3, label="drawn around here")
        axes.scatter(
            *fittest, marker="*", s=260, color=GREEN, edgecolor="white", label="fittest: the next is drawn around it"
        )
        axes.set_title(title, fontsize=13, weight="bold")
        axes.set(xlim=(-4, 4), ylim=(-4, 4), aspect="equal", xlabel="one weight", xticks=[-4, 0, 4], yticks=[-4, 0, 4])
        mean = fittest
    panels[0].set_ylabel("another weight")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False)
    figure.colorbar(shades, ax=panels, label="mean fitness on CartPole-v0", ticks=[0, 100, 200], shrink=0.8)
    return save(figure, "generations.png")


def two_cores() -> Path:
    """Draw who tests which member when: map on one core, pool.map on two, a bar as long as the member's episode."""
    parent = evolve("CartPole-v0", seed=4, generations=20)[-1]
    rng = np.random.default_rng(2)
    pop = [sample_params(parent, sigma=0.5, rng=rng) for _ in range(12)]
    steps = [int(fitness) for fitness in episode_batch(pop, "CartPole-v0", range(12))]
    figure = Figure(figsize=(9, 3.6), layout="constrained", facecolor="white")
    panels = figure.subplots(2, 1, height_ratios=(1, 2), sharex=True)
    calls = ("map, on one core", "pool.map, on two: whoever is free takes the next member")
    for axes, cores, call in zip(panels, (1, 2), calls, strict=True):
        free = [0] * cores
        for member, length in enumerate(steps):
            core = free.index(min(free))
            colour = (BLUE, ORANGE)[core]
            axes.barh(core, length, left=free[core], height=0.8, color=colour, edgecolor="white", lw=2)
            middle = free[core] + length / 2
            axes.text(middle, core, str(member), ha="center", va="center", color="white", fontsize=11)
            free[core] += length
        axes.set_title(call, loc="left", fontsize=12)
        axes.set(xlim=(0, sum(steps) * 1.09), ylim=(cores - 0.4, -0.6), yticks=range(cores))
        axes.set_yticklabels([f"core {core + 1}" for core in range(cores)])
        axes.axvline(max(free), color=GREEN, lw=2)
        axes.text(max(free) + 12, (cores - 1) / 2, "done", color=GREEN, va="center", weight="bold")
        axes.tick_params(length=0)
        axes.spines[["top", "right", "left"]].set_visible(False)
    panels[1].set_xlabel("time, in steps of the environment; a bar is one member's episode")
    return save(figure, "map.png")


def car() -> Path:
    """Draw the car near the end of an evolved agent's episode."""
    views = list(play("MountainCarContinuous-v0", "", agent_policy("MountainCarContinuous-v0", -1), seed=1))
    path = HERE / "car.png"
    views[-8].picture.save(path, optimize=True)
    return path


def film() -> Path:
    """Write the README's moving picture: generation 0 beside the best, same environment, same start."""
    env_id = "CartPole-v0"
    episodes = [
        play(env_id, title, agent_policy(env_id, generation), seed=1, scale=0.64)
        for title, generation in (("generation 0", 0), ("the best", -1))
    ]
    path = HERE / "evolution.gif"
    save_gif(side_by_side(episodes), path)
    return path


def agent_policy(env_id: str, generation: int) -> Callable[[Any], Any]:
    """Return what the selected agent of a generation does; -1 is the last."""
    params = evolve(env_id, FILM_SEEDS[env_id], 20)[generation]
    policy = environment_of(env_id).policy
    return lambda observation: policy(observation, params)


@cache
def evolve(env_id: str, seed: int, generations: int) -> list[Params]:
    """Return the agent that each generation of a run selected."""
    selected: list[Params] = []
    run = Run(environment_of(env_id))

    def keep(row: Row) -> None:
        if run.champion.params is not None:
            selected.append(run.champion.params)

    with open_engine("vectorised") as map_fn:
        run.evolve(map_fn, generations=generations, seed=seed, on_row=keep)
    return selected
