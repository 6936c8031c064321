"""MountainCarContinuous with its policy, LANES members side by side: Gymnasium's equations and its float32 state."""

import numpy as np
from numpy.typing import NDArray

from evolution_ref.engines.kernels.jit import fast
from evolution_ref.engines.kernels.lanes import LANES, UNITS, Floats, Weights, load_network

RESET = (-0.6, -0.4)
DRAWS = 1
PRECISION = np.float64
GOAL, WALL, END, TOP_SPEED = 0.45, -1.2, 0.6, 0.07

# Taylor's series of cos(y / 4) in t = (y / 4)**2; two doublings give cos(y) for y = 3 * position, -3.6 to 1.8.
COS2, COS4, COS6, COS8 = (-1 / 2, 1 / 24, -1 / 720, 1 / 40320)
COS10, COS12, COS14, COS16 = (-1 / 3628800, 1 / 479001600, -1 / 87178291200, 1 / 20922789888000)


@fast
def play(rows: Floats, starts: Floats, h_size: int, limit: int, w: Weights, fitness: Floats) -> int:
    """Play an episode of each member, write its fitness, and return how many steps that took.

    Args:
        rows: (pop_size, n) one network a row.
        starts: (1, pop_size) initial positions.
        h_size: hidden units.
        limit: steps after which an episode is cut off.
        w: from weight_lanes(2, h_size, PRECISION).
        fitness: (pop_size,) is written.
    """
    place, speed, seen = np.zeros(LANES), np.zeros(LANES), np.zeros(LANES)
    bias, output, steps, alive = np.zeros(LANES), np.zeros(LANES), np.zeros(LANES), np.zeros(LANES)
    rewards = np.zeros(LANES)
    member: NDArray[np.int64] = np.full(LANES, -1, dtype=np.int64)
    waiting, playing, over, played = 0, 0, 1.0, 0.0
    while True:
        if over > 0.0:
            for lane in range(LANES):
                if alive[lane] == 0.0:
                    if member[lane] >= 0:
                        fitness[member[lane]] = rewards[lane]
                        playing -= 1
                        played += steps[lane]
                    member[lane] = -1
                    if waiting < len(rows):
                        bias[lane] = load_network(lane, rows[waiting], 2, h_size, 1, w)
                        place[lane], speed[lane] = starts[0, waiting], 0.0
                        member[lane], steps[lane], alive[lane], rewards[lane] = waiting, 0.0, 1.0, 0.0
                        waiting += 1
                        playing += 1
            if playing == 0:
                return int(played)
        for lane in range(LANES):
            output[lane] = bias[lane]
            seen[lane] = np.float64(np.float32(place[lane]))  # the policy sees float32
        for group in range(w.shape[0]):
            for lane in range(LANES):
                total = output[lane]
                for unit in range(UNITS):
                    z = w[group, unit, 2, lane] + seen[lane] * w[group, unit, 0, lane]
                    z += speed[lane] * w[group, unit, 1, lane]
                    total += (z if z > 0.0 else 0.0) * w[group, unit, 3, lane]
                output[lane] = total
        over = 0.0
        for lane in range(LANES):
            force = output[lane]
            force = force if force > -1.0 else -1.0
            force = force if force < 1.0 else 1.0
            x = place[lane]
            early = steps[lane] == 0.0  # the state is float64 before the first step, float32 after it
            y = 3.0 * x
            y = y if early else np.float64(np.float32(y))
            t = 0.0625 * y * y
            cos = 1.0 + t * (
                COS2 + t * (COS4 + t * (COS6 + t * (COS8 + t * (COS10 + t * (COS12 + t * (COS14 + t * COS16))))))
            )
            cos = 2.0 * cos * cos - 1.0
            cos = 2.0 * cos * cos - 1.0
            v = speed[lane] + (force * 0.0015 - 0.0025 * cos)
            quick = abs(v) > TOP_SPEED
            v = v if v < TOP_SPEED else TOP_SPEED
            v = v if v > -TOP_SPEED else -TOP_SPEED
            moved = x + v
            rounded = np.float64(np.float32(x + np.float64(np.float32(v))))
            moved = moved if early | (not quick) else rounded  # at the speed limit the sum is float32, too
            moved = moved if moved < END else END
            moved = moved if moved > WALL else WALL
            v = 0.0 if (moved <= WALL) & (v < 0.0) else v
            goal = (moved >= GOAL) & (v >= 0.0)
            rewards[lane] += alive[lane] * ((100.0 if goal else 0.0) - 0.1 * force * force)
            place[lane] = np.float64(np.float32(moved))
            speed[lane] = np.float64(np.float32(v))
            count = steps[lane] + 1.0
            steps[lane] = count
            still = 0.0 if goal | (count >= limit) else alive[lane]
            over += alive[lane] - still
            alive[lane] = still
