"""Members side by side: each has a lane, and the innermost loop of every computation runs over the lanes.

The arrays hold one number of all lanes in a row (structure of arrays), so that a compiler fills vector registers
whatever their width: four AVX-512, eight AVX2 or sixteen NEON registers hold the float64 of LANES members. A step of
one member is a long chain of operations that wait for each other; with so many lanes there is always another to work
on (16 lanes were a third slower). A lane whose episode is over gets the next member at once.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evolution_ref.engines.kernels.jit import fast

Floats = NDArray[np.float64]
Weights = NDArray[np.float32] | NDArray[np.float64]
Precision = type[np.float32] | type[np.float64]

LANES = 32
UNITS = 5
"""Hidden units that are computed in one pass over the lanes, their sums in registers."""
ALIGNMENT = 64
"""Bytes: no vector register is wider, and a load that crosses a cache line costs two."""


def aligned_zeros(shape: tuple[int, ...], precision: Precision) -> Weights:
    """Return zeros of that shape that begin at a multiple of ALIGNMENT bytes."""
    size, bytes_each = int(np.prod(shape)), np.dtype(precision).itemsize
    raw: NDArray[Any] = np.zeros(size + ALIGNMENT // bytes_each, dtype=precision)
    start = -raw.ctypes.data % ALIGNMENT // bytes_each
    return raw[start : start + size].reshape(shape)


def weight_lanes(i_size: int, h_size: int, precision: Precision) -> Weights:
    """Return room for the networks of all lanes: (groups, UNITS, i_size + 2, LANES); unused units stay zero.

    A hidden unit's numbers are its i_size weights, its bias and its weight in the output.
    """
    return aligned_zeros((-(-h_size // UNITS), UNITS, i_size + 2, LANES), precision)


@fast
def load_network(lane: int, row: Floats, i_size: int, h_size: int, o_size: int, w: Weights) -> float:
    """Write a member's network into its lane of w; return the output's bias.

    Of two outputs only the second minus the first is computed: a discrete action asks no more.

    Args:
        lane: which lane.
        row: the member: w0, b0, w1, b1, flat.
        i_size: numbers in an observation.
        h_size: hidden units.
        o_size: 1 or 2.
        w: from weight_lanes.
    """
    bias = i_size * h_size
    out = bias + h_size
    last = out + o_size * h_size
    for unit in range(h_size):
        group, place = unit // UNITS, unit % UNITS
        for k in range(i_size):
            w[group, place, k, lane] = row[k * h_size + unit]
        w[group, place, i_size, lane] = row[bias + unit]
        if o_size == 2:
            w[group, place, i_size + 1, lane] = row[out + 2 * unit + 1] - row[out + 2 * unit]
        else:
            w[group, place, i_size + 1, lane] = row[out + unit]
    return float(row[last + 1] - row[last] if o_size == 2 else row[last])
