"""Gymnasium's initial states for a seed, many seeds at once: the very floats of ``env.reset(seed=seed)``.

Gymnasium seeds numpy's PCG64 by a SeedSequence. Both are written out here (numpy/random/bit_generator.pyx,
numpy/random/src/pcg64), with loops over seeds innermost, which a compiler turns into vector instructions.
"""

import numpy as np
from numpy import uint32 as u32
from numpy import uint64 as u64
from numpy.typing import NDArray

from evolution_ref.engines.kernels.jit import exact

Words = NDArray[np.uint64]

BLOCK = 128
LOW_WORD, WORD = u64(0xFFFFFFFF), u64(32)
PCG_HIGH, PCG_LOW = u64(2549297995355413924), u64(4865540595714422341)  # the multiplier, 128 bits
MIX_LEFT, MIX_RIGHT, HALF = u32(0xCA01F9DD), u32(0x4973F715), u32(16)
ONE, TOP, ROTATION, BITS, LAST, SPARE = u64(1), u64(63), u64(58), u64(64), u64(63), u64(11)
UNIT = 1.0 / 9007199254740992.0  # 2**-53


def _powers(first: int, factor: int, count: int) -> tuple[u32, ...]:
    """Return the constants that a SeedSequence hashes with, in the order of their use."""
    return tuple(u32(first * pow(factor, k, 1 << 32) & 0xFFFFFFFF) for k in range(count))


A0, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, A16 = _powers(0x43B0D7E5, 0x931E8875, 17)
B0, B1, B2, B3, B4, B5, B6, B7, B8 = _powers(0x8B51F9DD, 0x58F38DED, 9)


@exact
def _hash(value: u32, before: u32, after: u32) -> u32:
    value = u32(u32(value ^ before) * after)
    return u32(value ^ (value >> HALF))


@exact
def _mix(x: u32, y: u32) -> u32:
    mixed = u32(u32(MIX_LEFT * x) - u32(MIX_RIGHT * y))
    return u32(mixed ^ (mixed >> HALF))


@exact
def _hash_seeds(seeds: Words, first: int, count: int, pool: NDArray[np.uint32]) -> None:
    """SeedSequence.mix_entropy: fill pool (4, BLOCK) from seeds below 2**64."""
    for m in range(count):
        seed = seeds[first + m]
        a, b = _hash(u32(seed & LOW_WORD), A0, A1), _hash(u32(seed >> WORD), A1, A2)
        c, d = _hash(u32(0), A2, A3), _hash(u32(0), A3, A4)
        b, c, d = _mix(b, _hash(a, A4, A5)), _mix(c, _hash(a, A5, A6)), _mix(d, _hash(a, A6, A7))
        a, c, d = _mix(a, _hash(b, A7, A8)), _mix(c, _hash(b, A8, A9)), _mix(d, _hash(b, A9, A10))
        a, b, d = _mix(a, _hash(c, A10, A11)), _mix(b, _hash(c, A11, A12)), _mix(d, _hash(c, A12, A13))
        a, b, c = _mix(a, _hash(d, A13, A14)), _mix(b, _hash(d, A14, A15)), _mix(c, _hash(d, A15, A16))
        pool[0, m], pool[1, m], pool[2, m], pool[3, m] = a, b, c, d


@exact
def _seed_generators(count: int, pool: NDArray[np.uint32], state: Words, step: Words) -> None:
    """SeedSequence.generate_state and pcg64_srandom: fill state and step, each (2, BLOCK): high, low."""
    for m in range(count):
        a, b, c, d = pool[0, m], pool[1, m], pool[2, m], pool[3, m]
        state_high = u64(_hash(a, B0, B1)) | (u64(_hash(b, B1, B2)) << WORD)
        state_low = u64(_hash(c, B2, B3)) | (u64(_hash(d, B3, B4)) << WORD)
        stream_high = u64(_hash(a, B4, B5)) | (u64(_hash(b, B5, B6)) << WORD)
        stream_low = u64(_hash(c, B6, B7)) | (u64(_hash(d, B7, B8)) << WORD)
        step[0, m] = (stream_high << ONE) | (stream_low >> TOP)
        step[1, m] = (stream_low << ONE) | ONE
        low = step[1, m] + state_low
        state[1, m] = low
        state[0, m] = step[0, m] + state_high + (ONE if low < state_low else u64(0))


@exact
def _advance(count: int, state: Words, step: Words) -> None:
    """One step of the generator: state = state * multiplier + step, in 128 bits."""
    for m in range(count):
        low = state[1, m]
        low0, low1, by0, by1 = low & LOW_WORD, low >> WORD, PCG_LOW & LOW_WORD, PCG_LOW >> WORD
        middle = ((low0 * by0) >> WORD) + (low0 * by1 & LOW_WORD) + (low1 * by0 & LOW_WORD)
        carried = low1 * by1 + (low0 * by1 >> WORD) + (low1 * by0 >> WORD) + (middle >> WORD)
        high = carried + low * PCG_HIGH + state[0, m] * PCG_LOW
        product = low * PCG_LOW
        low = product + step[1, m]
        state[1, m] = low
        state[0, m] = high + step[0, m] + (ONE if low < product else u64(0))


@exact
def _draw(count: int, state: Words, low: float, span: float, drawn: NDArray[np.float64]) -> None:
    """One draw each of Generator.uniform(low, low + span)."""
    for m in range(count):
        folded, turn = state[0, m] ^ state[1, m], state[0, m] >> ROTATION
        bits = (folded >> turn) | (folded << ((BITS - turn) & LAST))
        drawn[m] = low + span * (np.float64(np.int64(bits >> SPARE)) * UNIT)


@exact
def initial_states(seeds: Words, low: float, high: float, states: NDArray[np.float64]) -> None:
    """Fill states (draws, len(seeds)) with what ``np_random.uniform(low, high, size=draws)`` gives for each seed."""
    pool = np.empty((4, BLOCK), dtype=np.uint32)
    state, step = np.empty((2, BLOCK), dtype=np.uint64), np.empty((2, BLOCK), dtype=np.uint64)
    for first in range(0, len(seeds), BLOCK):
        count = min(BLOCK, len(seeds) - first)
        _hash_seeds(seeds, first, count, pool)
        _seed_generators(count, pool, state, step)
        _advance(count, state, step)
        for k in range(states.shape[0]):
            _advance(count, state, step)
            _draw(count, state, low, high - low, states[k, first:])
