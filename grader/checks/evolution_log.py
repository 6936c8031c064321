"""Who descends from whom in a run of an evolve function, read from the calls of fitness alone."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..kit.trial import Trial, flat

Floats = NDArray[np.float64]

TOO_FAR = 3.0  # (children * squared distance of their centre) / (numbers * sigma**2): above, a parent is ruled out
BEST = "the fittest"
MEMBER = "a member that is not the fittest"


@dataclass(frozen=True)
class Brood:
    """The members of one generation after the first.

    Attributes:
        generation: its number, from 1.
        origin: what the members lie around: BEST, or a word for what it is instead.
        carried: whether the parent itself is among them, unchanged.
        copies: how many other members only repeat an earlier member.
        children: the drawn members, a row each, (n, numbers).
        noise: the children minus what they lie around, (n, numbers).
        places: where the generation before has the parent, counted from the front, from the end and from the least fit.
    """

    generation: int
    origin: str
    carried: bool
    copies: int
    children: Floats
    noise: Floats
    places: tuple[int, int, int] = (-1, -1, -1)

    @property
    def parent(self) -> Floats:
        """What the members lie around, (numbers,); there must be a child."""
        parent: Floats = self.children[0] - self.noise[0]
        return parent


def first_of_each(rows: Floats) -> list[int]:
    """Return the places of the rows that no earlier row equals."""
    places: dict[bytes, int] = {}
    for place, row in enumerate(rows):
        places.setdefault(row.tobytes(), place)
    return list(places.values())


def matrices(trial: Trial) -> list[Floats] | None:
    """Return each generation's members, (pop_size, numbers), None where fitness got something else."""
    rows = [[trial.flat(call.params) for call in row] for row in trial.rows]
    if not rows or any(member is None for row in rows for member in row):
        return None
    return [np.array(row, dtype=np.float64) for row in rows]


@lru_cache(maxsize=64)
def broods(trial: Trial) -> list[Brood]:
    """Return every generation after the first with what its members lie around.

    A parent is accepted within TOO_FAR. For a right answer the ratio is a chi-square over its degrees of freedom, one
    for each of at least 72 numbers, so it passes TOO_FAR with a probability below exp(-27) = 2e-12 a generation
    (Laurent and Massart 2000, lemma 1).
    """
    members = matrices(trial)
    if members is None:
        return []
    values = [np.array(row) for row in trial.values]
    fresh = np.array([flat(call.params) for call in trial.run.inits if call.fitness_calls_before >= trial.pop_size])
    return [_brood(g, members[: g + 1], values[:g], fresh, trial.sigma) for g in range(1, len(members))]


def fittest(values: list[Floats], members: list[Floats]) -> Floats:
    """Return the members that may be the parent: the fittest of the last generation and the fittest of all, (k, n)."""
    newest = members[-1][values[-1] == values[-1].max()]
    every, stacked = np.concatenate(values), np.concatenate(members)
    return np.concatenate([newest, stacked[every == every.max()]])


def _brood(generation: int, members: list[Floats], values: list[Floats], fresh: Floats, sigma: float) -> Brood:
    earlier, own = members[:-1], members[-1]
    allowed = fittest(values, earlier)
    carried = any(_among(row, allowed) for row in own)
    is_old = np.array([_among(row, np.concatenate(earlier)) for row in own])
    children = own[~is_old]
    copies = int(is_old.sum()) - carried
    if not len(children):
        return Brood(generation, "no child", carried, copies, children, children)
    origin, around = _origin(children, earlier, values, allowed, fresh, sigma)
    return Brood(
        generation, origin, carried, copies, children, children - around, _places(around, earlier[-1], values[-1])
    )


def _origin(
    children: Floats, earlier: list[Floats], values: list[Floats], allowed: Floats, fresh: Floats, sigma: float
) -> tuple[str, Floats]:
    """Return a word for what the children lie around, and that point."""
    distinct = children[first_of_each(children)]
    centre = distinct.mean(axis=0)
    apart = float(np.sqrt(np.var(distinct, axis=0, ddof=1).mean())) if len(distinct) > 1 else 0.0
    unit = max(sigma, apart)

    def fits(point: Floats) -> bool:
        return bool(len(distinct) * np.mean((centre - point) ** 2) <= TOO_FAR * unit**2)

    if len(fresh) and all(_among(child, fresh) for child in children):
        return "init", centre
    best = _nearest(centre, allowed)
    if fits(best):
        return BEST, best
    stacked = np.concatenate(earlier)
    nearest = _nearest(centre, stacked)
    if apart <= 3 * sigma and fits(nearest):
        return _rank(nearest, earlier, values), nearest
    if apart <= 3 * sigma and fits(earlier[-1].mean(axis=0)):
        return "the mean", centre
    if fits_one_after_another(children, sigma):
        return "one after another", centre
    owners = [_nearest(child, stacked) for child in children]
    if any(np.mean((child - owner) ** 2) > 4 * sigma**2 for child, owner in zip(children, owners, strict=True)):
        return "nothing", centre
    return ("each its own" if len(np.unique(owners, axis=0)) == len(children) else "several"), centre


def fits_one_after_another(children: Floats, sigma: float) -> bool:
    """Return whether each child lies around the one before it and not around their centre."""
    steps = np.diff(children, axis=0)
    return bool(np.mean(steps**2) < 1.4 * sigma**2)


def _rank(parent: Floats, earlier: list[Floats], values: list[Floats]) -> str:
    """Return a word for a parent that is not the fittest."""
    if _among(parent, earlier[-1]):
        return MEMBER
    first = earlier[0][values[0] == values[0].max()]
    return "the fittest of generation 0" if _among(parent, first) else "an older member"


def _places(parent: Floats, members: Floats, values: Floats) -> tuple[int, int, int]:
    found = np.flatnonzero((members == parent).all(axis=1))
    if not len(found):
        return -1, -1, -1
    place = int(found[0])
    return place, len(members) - 1 - place, int(np.sum(values < values[place]))


def _nearest(point: Floats, rows: Floats) -> Floats:
    found: Floats = rows[int(np.argmin(np.sum((rows - point) ** 2, axis=1)))]
    return found


def _among(row: Floats, rows: Floats) -> bool:
    return bool((rows == row).all(axis=1).any())
