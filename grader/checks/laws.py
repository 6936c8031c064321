"""Which simple law a wrong mean or a wrong spread follows: facts that do not change from one sample to the next.

What is nothing known is told by a number, so that no two samples of it are alike and nothing is named by guess.
"""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from grader.checks.bounds import normal_curve
from grader.checks.draws import SILENT, Draws, Floats

BY_BEST = "sigma * |best|"
NEAR = 0.15  # relative; 300 draws give a spread to 4 %, many entries together to 1 %

SPREADS: dict[str, Callable[[float], float]] = {
    "sigma": lambda sigma: sigma,
    "sigma**2": lambda sigma: sigma**2,
    "sqrt(sigma)": lambda sigma: sigma**0.5,
    "1": lambda sigma: 1.0,
    "0.1": lambda sigma: 0.1,
    "0.3 sigma": lambda sigma: 0.29 * sigma,
    "0.6 sigma": lambda sigma: 0.59 * sigma,
    "1.4 sigma": lambda sigma: 2.0**0.5 * sigma,
    "2 sigma": lambda sigma: 2.0 * sigma,
    "sigma / 2": lambda sigma: sigma / 2.0,
}


def spread_of(samples: Sequence[tuple[float, Draws]]) -> tuple[str, ...]:
    """Return the laws that the spread of some key follows over all sigmas, a number of its own where it follows none.

    Keys of one entry are left out beside larger ones: what few numbers say changes from sample to sample.

    Args:
        samples: (sigma, draws at that sigma).
    """
    if all(_by_best(draws.z.std(axis=0), draws.best) for _, draws in samples):
        return (BY_BEST,)
    entries = Counter(name[0] for _, draws in samples for name in draws.names)
    keys = [key for key in sorted(entries) if entries[key] > len(samples)] or sorted(entries)
    return tuple(sorted({_law(samples, key) for key in keys}))


def _by_best(z_widths: Floats, best: Floats) -> bool:
    """Return whether the spreads, over sigma, are the sizes of best."""
    sizes = np.maximum(abs(best), SILENT)
    return bool((abs(z_widths / sizes - 1.0) < 3 * NEAR).all())


def _law(samples: Sequence[tuple[float, Draws]], key: str) -> str:
    widths, sizes = [], []
    for sigma, draws in samples:
        columns = [k for k, name in enumerate(draws.names) if name[0] == key]
        if not columns:
            return "none"
        widths.append(draws.z[:, columns].std(axis=0) * sigma)
        sizes.append(draws.best[columns])
    for law, width in SPREADS.items():
        expected = [width(sigma) for sigma, _ in samples]
        if all(abs(np.sqrt((w**2).mean()) / e - 1.0) < NEAR for w, e in zip(widths, expected, strict=True)):
            even = all((abs(w / e - 1.0) < 3 * NEAR).all() for w, e in zip(widths, expected, strict=True))
            return law if even else f"{law} on average"
    by_best = all(_by_best(w / sigma, size) for (sigma, _), w, size in zip(samples, widths, sizes, strict=True))
    return BY_BEST if by_best else f"other {float(widths[0].mean()):.4g}"


def centre_of(draws: Draws, sigma: float) -> tuple[str, ...]:
    """Return what the mean of some key is, a number of its own where it is nothing simple."""
    means = draws.best + sigma * draws.z.mean(axis=0)
    keys = sorted({name[0] for name in draws.names})
    return tuple(sorted({_centre(draws, means, sigma, key) for key in keys}))


def _centre(draws: Draws, means: np.ndarray[tuple[int, ...], np.dtype[np.float64]], sigma: float, key: str) -> str:
    columns = [k for k, name in enumerate(draws.names) if name[0] == key]
    mean, best = means[columns], draws.best[columns]
    simple = {
        "best": best,
        "0": 0.0 * best,
        "sigma * best": sigma * best,
        "2 * best": 2.0 * best,
        "best + 0.8 sigma": best + 0.8 * sigma,
        "best + 0.5 sigma": best + 0.5 * sigma,
        "best + sigma": best + sigma,
        "best - 0.8 sigma": best - 0.8 * sigma,
    }
    width = draws.z[:, columns].std(axis=0) * sigma
    room = 0.35 * np.maximum(width, 1e-6)
    fits = [name for name, centre in simple.items() if (abs(mean - centre) < room).all()]
    return fits[0] if fits else f"other {float(mean.mean()):.4g}"


KINDS: dict[str, Callable[[Floats], Floats]] = {
    "uniform": lambda z: np.clip(0.5 + z / 12.0**0.5, 0.0, 1.0),
    "laplace": lambda z: np.where(z < 0.0, 0.5 * np.exp(2.0**0.5 * z), 1.0 - 0.5 * np.exp(-(2.0**0.5) * abs(z))),
    "of one sign": lambda z: np.maximum(2.0 * normal_curve(0.6028 * z + 0.7979) - 1.0, 0.0),
}
CUT = 2.0 / 0.9594  # where a normal cut off at 2 ends, over its spread


def kind_of(draws: Draws) -> str:
    """Return which known distribution the noise has less its mean and over its spread, else a number of its own."""
    own = np.sort((draws.z - draws.z.mean()) / draws.z.std(), axis=None)
    size, furthest = float(abs(own).mean()), float(abs(own).max())
    if size > 0.99:
        return "of one size"
    if furthest < CUT + 0.05 and (abs(own) > furthest - 0.05).mean() > 0.038:
        return "cut off"
    middle = (np.arange(own.size) + 0.5) / own.size
    fits = [kind for kind, curve in KINDS.items() if abs(curve(own) - middle).max() < 0.025]
    return fits[0] if fits else f"other {size:.4f}"
