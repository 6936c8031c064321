"""Stage 2, hidden: what comes back is float64, and any dict of arrays works."""

from typing import Any

import numpy as np

from grader.checks.alike import CALL, LARGE, NETWORK, best_of, noise_is_alike
from grader.checks.draws import new_rngs
from grader.checks.stage2_draws import far_best
from grader.kit.check import check
from grader.kit.describe import describe, keys
from grader.kit.message import fail
from grader.kit.network import flat_numbers
from grader.kit.student import Rng, Student, StudentFault

ROWS = {"w": 4, "b": 1}
DEEP: dict[str, tuple[int, ...]] = {f"{kind}{layer}": (rows, 4) for layer in range(6) for kind, rows in ROWS.items()}
CLOSE = 1e-11
FURTHEST = 15.0  # of a normal with sigma 1: never; and of a heavier noise, or twice as wide, hardly
MANY = 20  # entries from which on noise that is used again is looked for
ONE = "the same noise in every entry"
FAR = "numbers that lie nowhere near best"


@check("2.10", "The type of the numbers", points=1)
def test_the_new_params_are_float64(student: Student, rng: np.random.Generator) -> None:
    """Each array that comes back is float64, and its numbers have all the digits of one."""
    best = {key: rng.standard_normal(shape) for key, shape in NETWORK.items()} | {"b0": np.zeros((1, 4))}
    value = student.call("sample_params", best, sigma=1.0, rng=new_rngs(rng, 1)[0]).value
    arrays = [value[key] for key in best if key in value] if isinstance(value, dict) else []
    arrays = arrays or [value]
    types = tuple(str(one.dtype) if isinstance(one, np.ndarray) else describe(one) for one in arrays)
    flat = [one for one in map(flat_numbers, arrays) if one is not None]
    if all(np.array_equal(one, old.reshape(-1)) for one, old in zip(flat, best.values(), strict=False)):
        fail(
            CALL,
            "best itself, without noise" if flat else describe(arrays[0]),
            "new params of float64",
            look="where the noise comes in",
            facts={"types": types, "noise": False},
        )
    short = next(filter(None, map(_short, flat)), "")
    if any(one != "float64" for one in types) or short:
        wrong = next((k for k, one in enumerate(types) if one != "float64"), 0)
        fail(
            CALL,
            "numbers rounded to fewer digits" if short and types[wrong] == "float64" else describe(arrays[wrong]),
            "arrays of float64, as in best",
            look="where a type is given, and what a function returns that you did not expect",
            facts={"types": types, "short": short},
        )


def _short(flat: np.ndarray[Any, Any]) -> str:
    """Return how all of some numbers are cut short, "" where they have float64's digits or are one size for all."""
    if flat.size > 1 and len(np.unique(abs(flat))) == 1:
        return ""
    if np.array_equal(flat, flat.astype(np.float32)):
        return "as float32"
    return "to a few decimals" if np.array_equal(flat, flat.round(8)) else ""


@check("2.11", "Any dict of arrays", points=1)
def test_any_dict_of_arrays_works(student: Student, rng: np.random.Generator) -> None:
    """Other keys, other shapes, () included, and any number of keys are handled like the network's.

    Two pairs of equal numbers, to 12 digits, among the noise of 200 entries come by chance less than once in 1e16.
    """
    shapes: list[dict[str, tuple[int, ...]]] = [
        {"mean": (5,)},
        {"a": (2, 3, 4), "b": (), "w0": (4,), "scale": (1, 1)},
        {**NETWORK, "W_out": (2, 2), "zeros": (1, 2)},
        DEEP,
        LARGE,
    ]
    found = []
    for sizes in shapes:
        best = best_of(rng, sizes)
        value = student.call("sample_params", best, sigma=1.0, rng=new_rngs(rng, 1)[0]).value
        found.append((best, value, _faults(value, best)))
    if _one_size(found[-1]):  # whatever the shape: that has checks of its own
        found = [(best, value, _others(faults, ONE)) for best, value, faults in found]
    if FAR in found[2][2].values():
        found = [(best, value, _others(faults, FAR)) for best, value, faults in found]
    for best, value, faults in found:
        if faults:
            key, fault = next(iter(faults.items()))
            got = f"a dict with the keys {keys(value)}" if isinstance(value, dict) else describe(value)
            fail(
                f"{CALL} with best of {', '.join(f'{key} {one.shape}' for key, one in best.items())}",
                f"{fault} under {key!r}" if key else got,
                f"an array of shape {best[key].shape} with noise in every entry"
                if key
                else f"a dict with the keys {keys(best)}",
                look="names of keys or shapes that are written into the function",
                facts={
                    "faults": tuple(tuple(faults.items()) for _, _, faults in found),
                    "grows with best": _grows(found[-1][1], found[-1][0]),
                },
            )
    if _shared(*found[3][:2]) >= 3 and not _few_share(student, rng):
        fail(
            f"{CALL} with best of {len(DEEP)} keys, {', '.join(DEEP)}",
            "the same noise in more than one key",
            "noise of its own in every key",
            look="what is kept from one key to the next",
            facts={"shared": "between many keys"},
        )
    _copies_at_zero(student, found[1][0], new_rngs(rng, 1)[0])
    noise_is_alike(student, rng)


def _shared(best: dict[str, Any], value: dict[str, Any]) -> int:
    """Return how many sizes of noise come again in the params, the largest, where it may be cut off, left out."""
    noise = [abs(np.asarray(value[key]) - one).reshape(-1) for key, one in best.items()]
    sizes = np.sort(np.concatenate(noise))
    return int((np.diff(sizes[sizes < sizes[-1] - CLOSE]) < CLOSE).sum())


def _few_share(student: Student, rng: np.random.Generator) -> bool:
    """Return whether four keys, of two shapes, share noise too: that has checks of its own."""
    best = far_best(rng)
    return _shared(best, student.call("sample_params", best, sigma=1.0, rng=new_rngs(rng, 1)[0]).value) > 0


def _copies_at_zero(student: Student, best: dict[str, Any], rng: Rng) -> None:
    """Fail where sigma 0 gives arrays of best itself in some shapes; where in those of a network too, 2.3 says it."""
    try:
        reply = student.call_and_overwrite("sample_params", best, sigma=0.0, rng=rng)
    except StudentFault:  # with noise it works: what fails at sigma 0 alone is 2.3's
        return
    after, value = reply.args[0], reply.value if isinstance(reply.value, dict) else {}
    rounded = [key for key, one in best.items() if _is_rounded(value.get(key), one)]
    if rounded:
        fail(
            f"{CALL.replace('1.0', '0')} with best of {', '.join(f'{key} {one.shape}' for key, one in best.items())}",
            f"numbers of float64 that have lost digits of best, under {', '.join(rounded)}",
            "a copy of best",
            look="which types the numbers of best go through",
            facts={"rounded": tuple(_short(np.asarray(value[key]).reshape(-1)) for key in rounded)},
        )
    shared = [key for key, one in best.items() if not np.array_equal(after.get(key), one)]
    if shared and "scale" not in shared:
        fail(
            f"{CALL.replace('1.0', '0')} with best of {', '.join(f'{key} {one.shape}' for key, one in best.items())}, "
            "then changed every number of what came back",
            f"best has changed with it, under {', '.join(shared)}",
            "a copy: best stays as it was",
            look="in which cases an array of best itself is in the result",
            facts={"shared": tuple(shared)},
        )


def _grows(value: Any, best: dict[str, Any]) -> bool:
    """Return whether the noise of a large array is larger where best is, by a correlation that 200 numbers tell."""
    flat = flat_numbers(value.get("large")) if isinstance(value, dict) else None
    if flat is None or flat.size != best["large"].size:
        return False
    sizes = abs(flat - best["large"].reshape(-1)), abs(best["large"].reshape(-1))
    return bool(np.ptp(sizes[0]) > 0 and np.corrcoef(*sizes)[0, 1] > 0.4)


def _is_rounded(got: Any, best: np.ndarray[Any, Any]) -> bool:
    """Return whether an entry is float64 and nearly best, but not to all its digits."""
    if not isinstance(got, np.ndarray) or got.dtype != np.float64 or got.shape != best.shape:
        return False
    return np.allclose(got, best, rtol=1e-3) and not np.allclose(got, best, rtol=1e-12, atol=0)


def _one_size(seen: tuple[dict[str, Any], Any, dict[str, str]]) -> bool:
    """Return whether all noise of a large array has one size."""
    best, value, _ = seen
    flat = flat_numbers(value.get("large")) if isinstance(value, dict) else None
    return flat is not None and flat.size == 200 and not np.ptp(abs(flat - best["large"].reshape(-1)).round(12))


def _others(faults: dict[str, str], known: str) -> dict[str, str]:
    return {key: fault for key, fault in faults.items() if fault != known}


def _faults(value: Any, best: dict[str, Any]) -> dict[str, str]:
    """Return what is wrong under which key, under "" where the keys themselves are wrong."""
    if not isinstance(value, dict) or set(value) != set(best):
        return {"": f"keys {keys(value)}" if isinstance(value, dict) else describe(value)}
    seen = {key: _fault(value[key], best[key]) for key in best}
    return {key: fault for key, fault in seen.items() if fault}


def _fault(got: Any, best: np.ndarray[Any, Any]) -> str:
    """Return what is wrong with one entry, "" where nothing is; a number may stand for an array of shape ()."""
    plain = isinstance(got, (np.ndarray, np.generic)) or (isinstance(got, float) and best.shape == ())
    flat = flat_numbers(got)
    if not plain or flat is None or np.shape(got) != best.shape:
        return describe(got)
    if (flat == best.reshape(-1)).any():
        return "numbers of best without noise"
    if abs(flat - best.reshape(-1)).max() > FURTHEST:
        return FAR
    noise = (flat - best.reshape(-1)).round(12)
    if noise.ndim == best.ndim and noise.size > 1 and not np.ptp(noise):
        return ONE
    within = noise[abs(noise) < abs(noise).max()]  # what is cut off has a check of its own
    different = len(np.unique(abs(within)))
    recycled = best.size >= MANY and within.size / 4 < different <= within.size - 2
    return f"noise of which only {different} of {within.size} numbers differ" if recycled else ""
