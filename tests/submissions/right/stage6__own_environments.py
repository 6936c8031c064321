"""A car of its own in numpy, with the steps of Gymnasium; the poles from the batch that is given."""

import math

import numpy as np
from evolution import make_batch_env


def stack(pop):
    return {key: np.stack([params[key] for params in pop]) for key in pop[0]}


def forward_batch(observations, stacked):
    x = np.asarray(observations, dtype=np.float64)[:, None, :]
    return (np.maximum(x @ stacked["w0"] + stacked["b0"], 0) @ stacked["w1"] + stacked["b1"])[:, 0, :]


def cars(pop, seeds):
    stacked = stack(pop)
    x = np.array([np.random.default_rng(seed).uniform(-0.6, -0.4) for seed in seeds])
    v = np.zeros(len(pop))
    fitness, running = np.zeros(len(pop)), np.ones(len(pop), dtype=bool)
    seen = np.column_stack([x, v]).astype(np.float32)
    for _ in range(999):
        action = forward_batch(seen, stacked)[:, 0]
        force = np.clip(action, -1.0, 1.0)
        slope = np.array([math.cos(3 * each) for each in x])
        free = v + (force * 0.0015 - 0.0025 * slope)
        fast = np.clip(free, -0.07, 0.07)
        kept = x.dtype.type
        new = np.where(fast != free, x + fast.astype(kept), x + fast)
        new = np.clip(new, -1.2, 0.6)
        fast = np.where((new == -1.2) & (fast < 0), 0.0, fast)
        goal = (new >= np.where(np.abs(free) > 0.07, np.float64(kept(0.45)), 0.45)) & (fast >= 0)
        cost = np.array([math.pow(each, 2) * 0.1 for each in force.tolist()])
        fitness += np.where(running, np.where(goal, 100.0, 0.0) - cost, 0.0)
        x = np.where(running, new, x).astype(np.float32)
        v = np.where(running, fast, v).astype(np.float32)
        running &= ~goal
        seen = np.column_stack([x, v])
        if not running.any():
            break
    return fitness


def episode_batch(pop, env_id, seeds):
    if env_id.startswith("MountainCar"):
        return cars(pop, seeds)
    stacked, env = stack(pop), make_batch_env(env_id, len(pop))
    observations, fitness, done = env.reset(seeds), 0.0, np.zeros(1, dtype=bool)
    while not done.all():
        observations, rewards, done = env.step(forward_batch(observations, stacked).argmax(axis=1))
        fitness = fitness + rewards
    return fitness
