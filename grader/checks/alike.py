"""Stage 2: whether arrays of any size and dimension get the same kind of noise as a network's."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.checks import bounds
from grader.checks.draws import Floats, calls, draw, new_rngs
from grader.kit.message import CheckFailed, fail
from grader.kit.student import Student

NETWORK = {"w0": (3, 4), "b0": (1, 4), "w1": (4, 2), "b1": (1, 2)}
LARGE: dict[str, tuple[int, ...]] = {"large": (25, 8)}
SHAPED: dict[str, tuple[int, ...]] = {"row": (60,), "block": (4, 5, 6)}
ALARM = 1e-10
CALL = "sample_params(best, sigma=1.0, rng=rng)"


def best_of(rng: np.random.Generator, sizes: Mapping[str, tuple[int, ...]]) -> dict[str, Any]:
    """Return a best of those shapes with numbers of about 20, the entry zeros without."""
    best: dict[str, Any] = {key: np.asarray(20.0 * rng.standard_normal(shape)) for key, shape in sizes.items()}
    return {key: 0.0 * value if key == "zeros" else value for key, value in best.items()}


def noise_is_alike(student: Student, rng: np.random.Generator) -> None:
    """Fail where arrays of other sizes and dimensions have other noise than small ones: bounds.variance."""
    try:
        network = _noise(student, rng, NETWORK, 60)
        unusual = _noise(student, rng, LARGE, 12) | _noise(student, rng, SHAPED, 12)
    except CheckFailed:  # draws that are all the same have checks of their own
        return
    usual = np.concatenate(list(network.values()), axis=1)
    if _oddity(usual, None, 0.06) or _oddity(network["w0"], NETWORK["w0"], ALARM):  # odd in small arrays too: likewise
        return
    for key, shape in (LARGE | SHAPED).items():
        table, kind = unusual[key], "large" if key in LARGE else f"{len(shape)}-dimensional"
        called = f"{CALL} many times, with an array of shape {shape} and with those of a network"
        if odd := _oddity(table, shape, ALARM / 3):
            fail(
                called,
                f"in the {kind} array {odd}",
                "independent normal noise in every entry, as in the small arrays",
                look="whether the size or the shape of an array comes into how its noise is made",
                facts={"odd": odd, "in": kind},
            )
        widths = [float(one.var(axis=0, ddof=1).mean()) for one in (table, usual)]
        (low, high), (lowest, highest) = (bounds.variance(one.size - one.shape[1], ALARM / 6) for one in (table, usual))
        if not low / highest <= widths[0] / widths[1] <= high / lowest:
            times = np.sqrt(widths[0] / widths[1])
            fail(
                called,
                f"noise that spreads {times:.2f} times as much in the {kind} array",
                "the same spread in both",
                look="whether the size or the shape of an array comes into its noise",
                facts={kind: round(float(times), 1)},
            )


def _noise(
    student: Student, rng: np.random.Generator, sizes: Mapping[str, tuple[int, ...]], count: int
) -> dict[str, Floats]:
    """Return (count, entries) of noise at sigma 1 for each key of a best with numbers of 20 and -20.

    Raises:
        CheckFailed: some draws have no noise.
    """
    best = {key: 20.0 * np.sign(value) for key, value in best_of(rng, sizes).items()}
    draws = draw(student, best, 1.0, calls(best, 1.0, new_rngs(rng, count)), f"{CALL} {count} times")
    return {key: draws.z[:, [name[0] == key for name in draws.names]] for key in sizes}


def _oddity(table: Floats, shape: tuple[int, ...] | None, alarm: float) -> str:
    """Return what no normal noise has, "" where nothing speaks against it; with a shape, the entries are one array.

    The counts beyond 1, 2 and 3 standard deviations: ``alarm`` together (bounds.chance_of_count). That a random matrix
    has less than its full rank, an array a mean of exactly 0 or always the same length has no chance worth a number.
    """
    if shape is not None:
        if len(shape) == 2 and np.linalg.matrix_rank(table[0].reshape(shape), tol=1e-7) < min(shape):
            return "rows that are sums of multiples of each other"
        if (abs(table.mean(axis=1)) < 1e-9).all() or np.ptp(np.linalg.norm(table, axis=1)) < 1e-9:
            return "noise that adds up to the same in every call"
    own = table / table.std()
    for away in (1.0, 2.0, 3.0):
        beyond = int((abs(table) > away).sum()), int((abs(own) > away).sum())
        if all(bounds.chance_of_count(one, table.size, bounds.normal_tail(away)) < alarm / 6 for one in beyond):
            return "noise that is not normal"
    return ""
