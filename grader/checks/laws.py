"""Which simple law a wrong mean or a wrong spread follows: facts that do not change from one sample to the next."""

from collections.abc import Callable, Sequence

import numpy as np

from grader.checks.draws import Draws

NEAR = 0.15  # relative; 300 draws give a spread to 4 %, many entries together to 1 %

SPREADS: dict[str, Callable[[float], float]] = {
    "sigma": lambda sigma: sigma,
    "sigma**2": lambda sigma: sigma**2,
    "sqrt(sigma)": lambda sigma: sigma**0.5,
    "1": lambda sigma: 1.0,
    "0.1": lambda sigma: 0.1,
    "0.6 sigma": lambda sigma: 0.59 * sigma,
    "1.4 sigma": lambda sigma: 2.0**0.5 * sigma,
    "2 sigma": lambda sigma: 2.0 * sigma,
    "sigma / 2": lambda sigma: sigma / 2.0,
}


def spread_of(samples: Sequence[tuple[float, Draws]]) -> tuple[tuple[str, str], ...]:
    """Return for each key the law that its spread follows over all sigmas, "other" where it follows none.

    Args:
        samples: (sigma, draws at that sigma).
    """
    keys = sorted({name[0] for _, draws in samples for name in draws.names})
    return tuple((key, _law(samples, key)) for key in keys)


def _law(samples: Sequence[tuple[float, Draws]], key: str) -> str:
    widths, sizes = [], []
    for sigma, draws in samples:
        columns = [k for k, name in enumerate(draws.names) if name[0] == key]
        if not columns:
            return "none"
        widths.append(draws.z[:, columns].std(axis=0) * sigma)
        sizes.append(abs(draws.best[columns]))
    for law, width in SPREADS.items():
        expected = [width(sigma) for sigma, _ in samples]
        if all(abs(np.sqrt((w**2).mean()) / e - 1.0) < NEAR for w, e in zip(widths, expected, strict=True)):
            even = all((abs(w / e - 1.0) < 3 * NEAR).all() for w, e in zip(widths, expected, strict=True))
            return law if even else f"{law} on average"
    scaled = [w / (sigma * size) for (sigma, _), w, size in zip(samples, widths, sizes, strict=True)]
    return "sigma * |best|" if all((abs(one - 1.0) < 3 * NEAR).all() for one in scaled) else "other"


def centre_of(draws: Draws, sigma: float) -> tuple[tuple[str, str], ...]:
    """Return for each key what its mean is, "other" where it is nothing simple."""
    means = draws.best + sigma * draws.z.mean(axis=0)
    keys = sorted({name[0] for name in draws.names})
    return tuple((key, _centre(draws, means, sigma, key)) for key in keys)


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
    return next((name for name, centre in simple.items() if (abs(mean - centre) < room).all()), "other")


def kind_of(draws: Draws) -> str:
    """Return what sort of noise it is, by its mean size over its spread (Geary's ratio: 0.798 for a normal)."""
    own = draws.centred / draws.z.std(axis=0)
    ratio = float(abs(own).mean())
    side = "one side, " if (draws.z >= 0.0).all() else ""
    if ratio > 0.95:
        return f"{side}one size"
    if ratio > 0.845:
        return f"{side}uniform"
    if ratio < 0.77:
        return f"{side}far out"
    return f"{side}cut off" if abs(own).max() < 2.6 else f"{side}other"
