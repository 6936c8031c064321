"""The limit: how many multiply-adds a core does when nothing else is asked of it."""

from evolution_ref.engines.kernels.jit import fast
from evolution_ref.engines.kernels.lanes import Floats

CHAIN = 8
OPERATIONS = 105
"""Vector instructions of a CartPole step with 10 hidden units: 60 in the network, 13 in sine and cosine, 32 besides."""


@fast
def multiply_add(rounds: int, numbers: Floats) -> float:
    """Do ``rounds * len(numbers) * CHAIN`` multiply-adds; so many numbers that none waits for the one before."""
    a, b = 0.999999, 0.000001
    for _ in range(rounds):
        for k in range(len(numbers)):
            z = numbers[k]
            z = z * a + b
            z = z * a + b
            z = z * a + b
            z = z * a + b
            z = z * a + b
            z = z * a + b
            z = z * a + b
            z = z * a + b
            numbers[k] = z
    return float(numbers[0])
