"""Stage 2, the checks that you see: what sample_params returns, and where its noise comes from."""

from typing import Any

import numpy as np

from kit.check import check
from kit.describe import describe, first_difference, keys, show
from kit.message import fail
from kit.network import Params, flat_numbers
from kit.student import Reply, Rng, Student, StudentFault

BEST: Params = {
    "w0": np.array([[0.5, -1.5, 2.0], [1.0, 0.25, -0.75]]),
    "b0": np.array([[3.0, -2.0, 1.0]]),
    "w1": np.array([[1.5], [-0.5], [4.0]]),
    "b1": np.array([[-1.0]]),
}
LARGE: Params = {**BEST, "w2": np.sin(np.arange(180.0)).reshape(9, 20)}
OTHER: Params = {"mean": np.arange(1.0, 6.0), "a": np.ones((2, 3, 4)), "b": np.array(0.5), "w0": np.ones(4)}
CALL = "sample_params(best, sigma={}, rng=rng)"


def sample(student: Student, sigma: float, rng: Rng) -> Reply:
    """Return what one call gives."""
    return student.call("sample_params", BEST, sigma=sigma, rng=rng)


def flat(value: Any, best: Params = BEST) -> dict[str, np.ndarray[Any, Any]]:
    """Return the numbers under each key of best, without those that are missing or not as many."""
    found = {key: flat_numbers(value.get(key)) for key in best} if isinstance(value, dict) else {}
    return {key: one for key, one in found.items() if one is not None and one.size == best[key].size}


@check("2.1", "Keys and shapes", points=1)
def test_the_new_params_have_the_keys_and_shapes_of_best(student: Student) -> None:
    """sample_params returns a dict with the keys of best, and under each key an array of the same shape."""
    value = sample(student, 0.5, Rng("shapes", 1)).value
    if not isinstance(value, dict) or set(value) != set(BEST):
        got = f"a dict with the keys {keys(value)}" if isinstance(value, dict) else describe(value)
        fail(
            CALL.format(0.5),
            got,
            f"a dict with the keys {keys(BEST)}",
            look="what the function returns, and which keys of best it visits",
            facts={"got": got},
        )
    for key, array in BEST.items():
        if not isinstance(value[key], np.ndarray) or value[key].shape != array.shape:
            fail(
                CALL.format(0.5),
                f"{describe(value[key])} under {key!r}",
                f"an array of shape {array.shape}, as in best",
                look="the shape of the noise, and of the sum",
                facts={"shapes": tuple(describe(value[one]) for one in BEST)},
            )


@check("2.2", "Noise in every entry", points=1)
def test_every_entry_gets_noise(student: Student) -> None:
    """With sigma=0.5 every number of the new params differs from the one in best. (By chance: in 1 of 1e15 calls.)"""
    value = sample(student, 0.5, Rng("noise", 2)).value
    found = flat(value)
    still = {key: int((one == BEST[key].reshape(-1)).sum()) for key, one in found.items()}
    if not found or any(still.values()):
        unchanged = [key for key, count in still.items() if count]
        fail(
            CALL.format(0.5),
            f"numbers that are just those of best in {', '.join(unchanged)}" if found else describe(value),
            "other numbers than in best, in every entry of every key",
            look="which entries get noise",
            facts={"still": tuple(still.items())},
        )


@check("2.3", "The draw with sigma 0", points=1)
def test_sigma_zero_gives_a_copy_of_best(student: Student) -> None:
    """With sigma=0, an int or a float, the new params are the numbers of best, in arrays of their own."""
    for sigma, best, room in ((0.0, BEST, 1e-13), (0, BEST, 1e-13), (np.float64(0.0), LARGE, 1e-7)):
        reply = student.call_and_overwrite("sample_params", best, sigma=sigma, rng=Rng("zero", 3))
        value = reply.value
        found = flat(value, best)
        apart = {key: first_difference(one, best[key].reshape(-1), room) for key, one in found.items()}
        if not found or any(apart.values()):
            key = next((key for key, difference in apart.items() if difference), "")
            fail(
                CALL.format(repr(sigma)),
                f"{key} = {show(found[key])}" if key else describe(value),
                f"{key} = {show(best[key])}, as in best" if key else "a copy of best",
                differs=apart.get(key, ""),
                look="what is left of the noise when sigma is 0",
                facts={"centres": _multiple(found, best), **habits(draws_of(student, "zero"))},
            )
        difference = first_difference(reply.args[0], best)
        if difference and not first_difference(sample(student, 0.5, Rng("ordinary", 3)).args[0], BEST):
            fail(
                f"{CALL.format(repr(sigma))}, then changed every number of what came back",
                "best has changed with it",
                "a copy: best stays as it was",
                differs=difference,
                look="whether an array of best itself is in the result; print(new['w0'] is best['w0'])",
                facts={"shared": type(sigma).__name__},
            )


def _multiple(found: dict[str, np.ndarray[Any, Any]], best: Params) -> tuple[tuple[str, Any], ...]:
    """Return which fixed multiple of best each key is, "noise" where it is none."""
    ratios = {key: one / best[key].reshape(-1) for key, one in found.items() if best[key].all()}
    return tuple((key, round(float(r[0]), 6) + 0.0 if np.ptp(r) < 1e-6 else "noise") for key, r in ratios.items())


@check("2.4", "The argument best after the call", points=1)
def test_best_is_left_as_it_was(student: Student) -> None:
    """sample_params does not change best, whatever its keys and shapes, with sigma and rng and without."""
    reply = sample(student, 0.5, Rng("unchanged", 4))
    if reply.value is None:
        fail(
            CALL.format(0.5),
            "None",
            "new params, and best just as it was",
            look="what the function returns at its end",
            facts={"returned": "nothing"},
        )
    found = flat(reply.value)
    if found and _centred(found):
        fail(
            CALL.format(0.5),
            "best itself, without noise",
            "new params, and best just as it was",
            look="where the noise comes in",
            facts={"returned": "best"},
        )
    after = reply.args[0]
    if difference := first_difference(after, BEST):
        fail(
            f"{CALL.format(0.5)}, then looked at best again",
            "another best than before",
            "best just as it was",
            differs=difference,
            look="lines that write into best or into its arrays: +=, *= and [...] =",
            facts={"changed": tuple(key for key in BEST if first_difference(after.get(key), BEST[key]))}
            if isinstance(after, dict)
            else {"changed": describe(after)},
        )
    for best in (BEST, LARGE, OTHER):
        for called in ({"sigma": 0}, {"sigma": 30.0}, {}):
            _left_alone(student, best, {**called, "rng": Rng("unchanged", 5)})
        _left_alone(student, best, {})
        _left_alone(student, best, {"sigma": 0.5, "rng": None})


def _left_alone(student: Student, best: Params, called: dict[str, Any]) -> None:
    """Fail where one call changes best; a call that does not return at all counts elsewhere."""
    try:
        after = student.call("sample_params", best, **called).args[0]
    except StudentFault:
        return
    if difference := first_difference(after, best):
        words = ", ".join(
            ["best", *(f"{name}={'rng' if isinstance(value, Rng) else value}" for name, value in called.items())]
        )
        fail(
            f"sample_params({words}) with best of "
            f"{', '.join(f'{key} {one.shape}' for key, one in best.items())}, then looked at best again",
            "another best than before",
            "best just as it was",
            differs=difference,
            look="lines that write into best or into its arrays, and when they run: +=, *= and [...] =",
            facts={"changed by": tuple(called), "shapes": tuple(one.shape for one in best.values())},
        )


@check("2.5", "The same generator, the same draw", points=2)
def test_the_noise_comes_from_rng_alone(student: Student) -> None:
    """A generator in the same state gives the same new params; in another state it gives others."""
    draws = []
    for state, rng in ((1, Rng("a", 5)), (2, Rng("b", 5)), (1, Rng("c", 6))):
        student.seed_global(state)
        draws.append(flat(sample(student, 0.5, rng).value))
    one, two, other = draws
    same = bool(one) and one.keys() == two.keys() and all(np.allclose(one[k], two[k], rtol=0, atol=1e-9) for k in one)
    differ = any(key in other and not np.array_equal(one[key], other[key]) for key in one)
    if not same or not differ:
        fail(
            "sample_params(best, sigma=0.5, rng=np.random.default_rng(seed)) with the seeds 5, 5 and 6",
            "different draws for the same seed" if not same else "the same draw for different seeds",
            "the same draw for the same seed, and another for another seed",
            look="where each random number comes from: is it the generator that is passed in?",
            facts={"same seed": same, "other seed": differ, "centred": _centred(one), "alike": _alike(one, two)},
        )


def _alike(one: dict[str, np.ndarray[Any, Any]], two: dict[str, np.ndarray[Any, Any]]) -> int:
    """Return 1 where the noise of two draws differs in its size alone, -1 where in its sign too, else 0."""
    shared = [key for key in one if key in two]
    noise = [
        np.concatenate([each[key] - BEST[key].reshape(-1) for key in shared] or [np.zeros(1)]) for each in (one, two)
    ]
    lengths = float(np.linalg.norm(noise[0]) * np.linalg.norm(noise[1]))
    return round(float(noise[0] @ noise[1]) / lengths * 0.5005) if lengths > 0 else 0


def _centred(found: dict[str, np.ndarray[Any, Any]]) -> bool:
    """Return whether the numbers are best, without any noise."""
    return all(np.allclose(one, BEST[key].reshape(-1)) for key, one in found.items())


@check("2.6", "A small sigma and a large one", points=1)
def test_a_larger_sigma_gives_more_noise(student: Student) -> None:
    """In 12 calls the noise is about 0.05 for sigma=0.05 and about 20 for sigma=20, not 4 times larger or smaller.

    A right answer fails by chance less than once in 1e99: 156 squares, chi-square, Chernoff's bound.
    """
    draws = draws_of(student, "sigma")
    widths = [width_of(some, sigma) for sigma, some in draws.items()]
    if not all(0.25 < width < 4.0 for width in widths):
        fail(
            "sample_params(best, sigma, rng=rng) with sigma = 0.05 and sigma = 20",
            f"noise of about {widths[0] * 0.05:.2g} and of about {widths[1] * 20:.2g}",
            "noise of about 0.05 and of about 20",
            look="how sigma comes in: it is the noise's standard deviation",
            facts=habits(draws),
        )


Draw = dict[str, np.ndarray[Any, Any]]


def draws_of(student: Student, name: str) -> dict[float, list[Draw]]:
    """Return 12 draws at a small sigma and 12 at a large one, from generators of that name."""
    draws = {}
    for sigma in (0.05, 20.0):
        calls = [((BEST,), {"sigma": sigma, "rng": Rng(f"{name} {sigma} {k}", 10 + k)}) for k in range(12)]
        draws[sigma] = [flat(reply.value) for reply in student.call_many("sample_params", calls)]
    return draws


def width_of(draws: list[Draw], sigma: float) -> float:
    """Return the root mean square of the noise over sigma, entries without noise left out."""
    noise = [one - BEST[key].reshape(-1) for found in draws for key, one in found.items()]
    moved = np.concatenate([one[one != 0] for one in noise] or [np.zeros(0)])
    return float(np.sqrt(np.mean(moved**2))) / sigma if moved.size else 0.0


def habits(draws: dict[float, list[Draw]]) -> dict[str, Any]:
    """Return, as facts, about how wide the noise is for each sigma, and how much of best is in the small draws."""
    usual = np.log([1e-9, 0.05, 0.22, 1.0, 4.5, 20.0, 1e9])
    widths = {sigma: int(abs(usual - np.log(width_of(some, sigma) + 1e-9)).argmin()) for sigma, some in draws.items()}
    pairs = [(one, BEST[key].reshape(-1)) for found in draws[0.05] for key, one in found.items()]
    part = sum(float(one @ best) for one, best in pairs) / (sum(float(best @ best) for _, best in pairs) or 1.0)
    return {
        "widths": tuple(widths.values()),
        "part of best": min((0.0, 0.05, 1.0), key=lambda usual: abs(usual - part)),
    }
