"""A policy class for the population; the contract's functions only call it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from evolution import make_batch_env


@dataclass
class Population:
    w0: np.ndarray
    b0: np.ndarray
    w1: np.ndarray
    b1: np.ndarray

    @classmethod
    def of(cls, pop: list[dict[str, Any]]) -> "Population":
        return cls(**stack(pop))

    def __call__(self, observations: np.ndarray) -> np.ndarray:
        return forward_batch(observations, vars(self))

    def act(self, observations: np.ndarray, discrete: bool) -> np.ndarray:
        outputs = self(observations)
        return np.argmax(outputs, axis=-1) if discrete else np.clip(outputs, -1, 1)


def stack(pop):
    assert pop, "an empty population"
    return {k: np.stack(tuple(p[k] for p in pop)) for k in sorted(pop[0], reverse=True)}


def forward_batch(observations, stacked):
    column = np.asarray(observations, dtype=np.float64)[..., np.newaxis]
    w0, w1 = (np.swapaxes(stacked[key], 1, 2) for key in ("w0", "w1"))
    b0, b1 = (np.swapaxes(stacked[key], 1, 2) for key in ("b0", "b1"))
    return (w1 @ np.maximum(w0 @ column + b0, 0) + b1)[..., 0]


def episode_batch(pop, env_id, seeds):
    env = make_batch_env(env_id, len(pop))
    population = Population.of(pop)
    discrete = population.b1.shape[-1] == 2
    observations = env.reset(seeds)
    fitness = np.zeros(len(pop))
    while True:
        observations, rewards, done = env.step(population.act(observations, discrete))
        fitness = fitness + rewards
        if done.all():
            return fitness
