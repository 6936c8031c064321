"""Members are flat vectors; one more call of init, with a generator of its own, tells the form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from stage2_sample_params import sample_params


@dataclass
class Codec:
    shapes: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, p: dict[str, np.ndarray]) -> Codec:
        return cls({k: v.shape for k, v in p.items()})

    def flat(self, p):
        return np.concatenate([p[k].ravel() for k in self.shapes])

    def back(self, v):
        out, i = {}, 0
        for k, s in self.shapes.items():
            n = int(np.prod(s))
            out[k] = v[i : i + n].reshape(s)
            i += n
        return out


def evolve_serial(fitness, init, generations, pop_size, sigma=1.0, seed=None, on_generation=None):
    rng = np.random.default_rng(seed)
    codec = Codec.of(init(rng=np.random.default_rng(0)))  # a template, only for the shapes
    genomes = np.stack([codec.flat(init(rng=rng)) for _ in range(pop_size)])
    history = np.zeros((generations, pop_size), np.float64)
    for g in range(generations):
        history[g] = [fitness(codec.back(v)) for v in genomes]
        leader = genomes[history[g].argmax()].copy()
        if on_generation:
            on_generation(g, codec.back(leader), history[g].tolist())
        genomes = np.array([sample_params({"genome": leader}, sigma=sigma, rng=rng)["genome"] for _ in range(pop_size)])
    return codec.back(leader), history
