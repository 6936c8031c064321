"""Many draws of sample_params as one table, (draws, entries), and what can be measured on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks import bounds
from grader.kit.describe import describe, keys
from grader.kit.message import Facts, fail
from grader.kit.network import flat_numbers
from grader.kit.student import Rng, Student

Floats = NDArray[np.float64]
Call = tuple[tuple[Any, ...], Mapping[str, Any]]
SHARED = 0.7  # a correlation that is no accident in 200 draws or more: 2 exp(-199 * 0.7**2 / 2) < 1e-20
SILENT = 1e-12


@dataclass(frozen=True)
class Draws:
    """The entries that were drawn, one a column. Those without any noise are left out: they have a check of their own.

    Attributes:
        z: (draws, entries), each draw less best, over sigma.
        names: what each column is: its key and its place in the flat array.
        best: (entries,), what each was drawn around.
    """

    z: Floats
    names: tuple[tuple[str, int], ...]
    best: Floats

    @property
    def centred(self) -> Floats:
        """The draws less their own mean."""
        centred: Floats = self.z - self.z.mean(axis=0)
        return centred

    @property
    def correlations(self) -> Floats:
        """(entries, entries), with zeros on the diagonal."""
        unit = self.centred / np.linalg.norm(self.centred, axis=0)
        correlations: Floats = unit.T @ unit
        np.fill_diagonal(correlations, 0.0)
        return correlations

    @property
    def independent(self) -> bool:
        """Whether no two entries share their noise or its size: only then do all numbers count as so many draws."""
        sizes = abs(self.centred) - abs(self.centred).mean(axis=0)
        of_sizes = sizes.T @ sizes / len(sizes)
        widths = np.sqrt(np.diag(of_sizes))
        np.fill_diagonal(of_sizes, 0.0)
        alike = abs(of_sizes) >= SHARED * np.outer(widths, widths)
        alike &= np.outer(widths, widths) > 1e-12  # where all numbers have one size, that is no size in common
        np.fill_diagonal(alike, False)
        return bool((abs(self.correlations) < SHARED).all() and not alike.any())

    def label(self, column: int) -> str:
        """Return a column's name, "w0 (entry 3)"."""
        key, place = self.names[column]
        return f"{key} (entry {place})"


def new_rngs(rng: np.random.Generator, count: int) -> list[Rng]:
    """Return generators that all differ, for calls that must not depend on each other."""
    return [Rng(f"draw {seed}", int(seed)) for seed in rng.integers(2**62, size=count)]


def calls(best: Mapping[str, Floats], sigma: float, rngs: Sequence[Rng]) -> list[Call]:
    """Return one call for each generator."""
    return [((best,), {"sigma": sigma, "rng": one}) for one in rngs]


def draw(
    student: Student,
    best: Mapping[str, Floats],
    sigma: float,
    wanted: Sequence[Call],
    what: str,
    facts: Facts | None = None,
) -> Draws:
    """Make the calls and return the table; fail where nothing can be measured on what comes back.

    Args:
        student: whose sample_params is called.
        best: what is drawn around.
        sigma: the spread that is asked for.
        wanted: the calls.
        what: the calls in words, for the message.
        facts: what else is known, for the diagnosis.
    """
    values = [reply.value for reply in student.call_many("sample_params", wanted)]
    columns, names, around = [], [], []
    for key, value in best.items():
        rows = [flat_numbers(one.get(key)) if isinstance(one, dict) else None for one in values]
        flat = [row for row in rows if row is not None and row.size == value.size]
        if len(flat) == len(values):
            columns.append(np.stack(flat))
            names += [(key, place) for place in range(value.size)]
            around.append(value.reshape(-1))
    if not columns:
        got = f"a dict with the keys {keys(values[0])}" if isinstance(values[0], dict) else describe(values[0])
        fail(
            what,
            got,
            f"a dict with the keys {keys(best)}, each an array as in best",
            facts={"got": got, **(facts or {})},
        )
    table, centre = np.concatenate(columns, axis=1), np.concatenate(around)
    if not np.isfinite(table).all():
        fail(what, "numbers that are not finite", "finite numbers", facts={"finite": False, **(facts or {})})
    noisy = table.std(axis=0) > SILENT * (1.0 + abs(table).max(axis=0))
    if not noisy.any():
        same = "best itself" if np.allclose(table[0], centre) else "the same numbers"
        fail(
            what,
            f"{same} each time",
            "other numbers each time",
            look="where the noise comes from, and what makes it differ from call to call",
            facts={"each time": same, **(facts or {})},
        )
    kept = tuple(name for name, keep in zip(names, noisy, strict=True) if keep)
    return Draws((table[:, noisy] - centre[noisy]) / sigma, kept, centre[noisy])


def numbers_again(tables: Sequence[Draws]) -> int:
    """Return in how many pairs of calls a size of noise of one comes again in the other, under another entry.

    Rounding that is the same in each call moves an entry's own numbers together, so these are not compared. Left out
    as well is noise that has few sizes, is zero, or is as large as any: it may be cut off there.
    """
    kept, places = [], []
    for number, draws in enumerate(tables):
        sizes = abs(draws.z)
        if len(np.unique(sizes.round(9))) < 100:
            return 0
        wanted = (sizes > SILENT) & (sizes < sizes.max() - SILENT * 10)
        rows, columns = np.nonzero(wanted)
        kept.append(sizes[wanted])
        places.append(np.stack([np.full(rows.size, number), rows, columns]))
    order = np.argsort(np.concatenate(kept))
    sizes, place = np.concatenate(kept)[order], np.concatenate(places, axis=1)[:, order]
    call, entry = place[0] * 10**6 + place[1], place[2]
    again = (np.diff(sizes) < SILENT) & (np.diff(call) != 0) & (np.diff(entry) != 0)
    pairs = np.sort(np.stack([call[1:][again], call[:-1][again]]), axis=0)
    return len(np.unique(pairs, axis=1).T)


def correlated(draws: Draws, alarm: float) -> list[tuple[int, int, float]]:
    """Return the pairs of entries whose noise, or the size of whose noise, goes together, with the correlation.

    A right sample gives any with a probability of ``alarm`` at most, whatever its mean and spread: one correlation
    and one overlap a pair.
    """
    count, entries = draws.z.shape
    tests = entries * (entries - 1)
    if not tests:
        return []
    together = draws.correlations
    sizes = np.abs(draws.centred)
    halves = np.where(sizes.argsort(axis=0).argsort(axis=0) < count // 2, -1.0, 1.0)
    halves[:, [len(np.unique(size.round(9))) < count // 2 for size in sizes.T]] = 0.0  # few sizes have no order
    of_sizes = halves.T @ halves / count
    np.fill_diagonal(of_sizes, 0.0)
    found = (abs(together) > bounds.cosine(count - 1, alarm / tests)) | (
        abs(of_sizes) > bounds.overlap(count - count % 2, alarm / tests)
    )
    pairs = np.argwhere(np.triu(found))
    return [(int(i), int(j), float(together[i, j])) for i, j in pairs]


def drifting(draws: Draws, columns: Sequence[int], alarm: float) -> bool:
    """Return whether the sum of some entries varies otherwise than independence gives.

    It finds what no pair shows: a small common part in the noise of many entries. A right sample does so
    with a probability of ``alarm`` at most, by its true spread; one with a wrong spread is measured by its own as well.
    """
    count = draws.z.shape[0]
    part = draws.z[:, list(columns)]
    low, high = bounds.variance(count - 1, alarm)
    by_true = float(part.sum(axis=1).var(ddof=1)) / len(columns)
    own = part / part.std(axis=0, ddof=1)
    by_own = float(own.sum(axis=1).var(ddof=1)) / len(columns)
    return not (low <= by_true <= high) and not (low <= by_own <= high)


def following(draws: Draws, alarm: float) -> list[str]:
    """Return the first key if entries of a key depend on those some places before them, in all keys together.

    It finds what no pair shows: a small correlation of all neighbours. A right sample does so with a probability of
    ``alarm`` at most, by its true spread; one with a wrong spread is measured by its own as well.
    """
    keys = sorted({name[0] for name in draws.names})
    columns = {key: [k for k, name in enumerate(draws.names) if name[0] == key] for key in keys}
    most = max(map(len, columns.values()))
    own = draws.centred / draws.centred.std(axis=0)
    for lag in range(1, most):
        found = []
        for table in (draws.z, own):
            parts = [table[:, columns[key]] for key in keys if len(columns[key]) > lag]
            products = np.concatenate([(part[:, lag:] * part[:, :-lag]).reshape(-1) for part in parts])
            found.append(abs(float(products.sum())) > bounds.products(products.size, alarm / (most - 1)))
        if all(found):
            return keys[:1]
    return []


def swelling(draws: Draws, columns: Sequence[int], alarm: float) -> bool:
    """Return whether more entries are large at once, in some draws, than independence gives.

    Large is further out than a normal's median, 0.6745; and, so that a wrong spread does not show here, than the
    entry's own median too. A right sample does so with a probability of ``alarm`` at most: a sum
    of fair signs has no larger even moments than a normal (Khintchine), so the bound of a chi-square holds.
    """
    _, high = bounds.variance(draws.z.shape[0], alarm)
    part = abs(draws.z[:, list(columns)])
    own = abs(draws.centred[:, list(columns)])
    by_true = float((np.sign(part - 0.6745).sum(axis=1) ** 2).mean()) / len(columns)
    by_own = float(np.sign(own - np.median(own, axis=0)).sum(axis=1).var()) / len(columns)
    return min(by_true, by_own) > high
