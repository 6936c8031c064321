"""How the kernels are compiled: without the interpreter lock, cached on disk, for whatever processor this is."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])

FREE_ROUNDING = {"contract", "arcp", "nsz", "reassoc"}
"""Fused multiply-add, a reciprocal for a division, another order of a sum: last bits only. NaN and inf stay."""


def exact(function: F) -> F:
    """Compile to the floats that the source says."""
    return cast(F, numba.njit(nogil=True, cache=True, error_model="numpy")(function))


def fast(function: F) -> F:
    """Compile with FREE_ROUNDING."""
    return cast(F, numba.njit(nogil=True, cache=True, error_model="numpy", fastmath=FREE_ROUNDING)(function))
