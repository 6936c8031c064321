"""CartPole with its policy, LANES members side by side: Gymnasium's equations, polynomials for sine and cosine."""

import math

import numpy as np
from numpy.typing import NDArray

from evolution_ref.engines.kernels.jit import fast
from evolution_ref.engines.kernels.lanes import LANES, UNITS, Floats, Weights, load_network

ANGLE_LIMIT = 12 * 2 * math.pi / 360
RESET = (-0.05, 0.05)
DRAWS = 4
PRECISION = np.float32
"""Of the network: its output is asked for nothing but its sign. The state is float64."""
ZERO = np.float32(0.0)

# Taylor's series: below one unit in the last place for the angles of a pole that stands (at most ANGLE_LIMIT).
SIN3, SIN5, SIN7, SIN9, SIN11 = (-1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800)
COS2, COS4, COS6, COS8, COS10, COS12 = (-1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600)


@fast
def play(rows: Floats, starts: Floats, h_size: int, limit: int, w: Weights, fitness: Floats) -> int:
    """Play an episode of each member, write its fitness, and return how many steps that took.

    Args:
        rows: (pop_size, n) one network a row.
        starts: (4, pop_size) initial states.
        h_size: hidden units.
        limit: steps after which an episode is cut off.
        w: from weight_lanes(4, h_size, PRECISION).
        fitness: (pop_size,) is written.
    """
    state, seen = np.zeros((4, LANES)), np.zeros((4, LANES), dtype=np.float32)
    bias, push = np.zeros(LANES, dtype=np.float32), np.zeros(LANES, dtype=np.float32)
    steps, alive = np.zeros(LANES), np.zeros(LANES)
    member: NDArray[np.int64] = np.full(LANES, -1, dtype=np.int64)
    waiting, playing, over, played = 0, 0, 1.0, 0.0
    while True:
        if over > 0.0:
            for lane in range(LANES):
                if alive[lane] == 0.0:
                    if member[lane] >= 0:
                        fitness[member[lane]] = steps[lane]
                        playing -= 1
                        played += steps[lane]
                    member[lane] = -1
                    if waiting < len(rows):
                        bias[lane] = load_network(lane, rows[waiting], 4, h_size, 2, w)
                        for k in range(4):
                            state[k, lane] = starts[k, waiting]
                        member[lane], steps[lane], alive[lane] = waiting, 0.0, 1.0
                        waiting += 1
                        playing += 1
            if playing == 0:
                return int(played)
        for lane in range(LANES):
            push[lane] = bias[lane]
            for k in range(4):
                seen[k, lane] = np.float32(state[k, lane])
        for group in range(w.shape[0]):
            for lane in range(LANES):
                total = push[lane]
                for unit in range(UNITS):
                    z = w[group, unit, 4, lane]
                    for k in range(4):
                        z += seen[k, lane] * w[group, unit, k, lane]
                    total += (z if z > ZERO else ZERO) * w[group, unit, 5, lane]
                push[lane] = total
        over = 0.0
        for lane in range(LANES):
            x, x_dot, theta, theta_dot = state[0, lane], state[1, lane], state[2, lane], state[3, lane]
            force = 10.0 if push[lane] > ZERO else -10.0
            t = theta * theta
            sin = theta + theta * t * (SIN3 + t * (SIN5 + t * (SIN7 + t * (SIN9 + t * SIN11))))
            cos = 1.0 + t * (COS2 + t * (COS4 + t * (COS6 + t * (COS8 + t * (COS10 + t * COS12)))))
            pressed = (force + 0.05 * theta_dot * theta_dot * sin) * (1 / 1.1)
            theta_acc = (9.8 * sin - cos * pressed) / (0.5 * (4.0 / 3.0) - (0.5 * 0.1 / 1.1) * cos * cos)
            x_acc = pressed - (0.05 / 1.1) * theta_acc * cos
            x += 0.02 * x_dot
            theta += 0.02 * theta_dot
            state[0, lane], state[1, lane] = x, x_dot + 0.02 * x_acc
            state[2, lane], state[3, lane] = theta, theta_dot + 0.02 * theta_acc
            count = steps[lane] + 1.0
            steps[lane] = count
            stands = (abs(x) <= 2.4) & (abs(theta) <= ANGLE_LIMIT) & (count < limit)
            still = alive[lane] if stands else 0.0
            over += alive[lane] - still
            alive[lane] = still
