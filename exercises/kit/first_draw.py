"""The number by which ``init`` knows a member: the first normal draw of its Generator, as an integer of 62 bits."""

import numpy as np


def first_draw(rng: np.random.Generator) -> int:
    """Draw one standard normal number, as a member's first weight would be, and return its bits but the last two."""
    return int(np.float64(rng.standard_normal()).view(np.uint64) >> np.uint64(2))


def normal_of(draw: int) -> float:
    """Return the normal number that was drawn, to fifteen digits."""
    return float(np.uint64(draw << 2).view(np.float64))
