"""The checks of stage 2: any right way to draw passes, and a wrong one loses where it is wrong."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from checking import of_text, outcome
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.catalogue import of_stage
from grader.checks import bounds
from grader.manifest import course

SUBMISSIONS = Path(__file__).resolve().parents[2] / "submissions"
CHECKS = of_stage(2)

LOST = {  # behind the bar: where their spread, itself a matter of chance, may show too
    "a_little_beside": "3 12",
    "a_tenth_too_wide": "13",
    "common_part": "14 15",
    "common_part_of_a_key": "14",
    "cut_off_at_three": "17",
    "heavy_tails": "17 | 13",
    "logistic": "17",
    "mirrored_pairs": "5 8 16",
    "same_size_same_noise": "15",
    "seeds_by_the_clock": "9 16",
    "shallow_copy": "4",
    "width_drawn_anew": "14 15 17 | 11 13",
}


def lost(text: str, seed: int = 0) -> dict[str, str]:
    """Return the checks that a file fails, by number, with what the student reads."""
    student = of_text(2, text)
    seen = {check.number[2:]: outcome(check, student, seed) for check in CHECKS}
    return {number: failed.message.text() for number, failed in seen.items() if failed is not None}


def texts(kind: str) -> list[pytest.param]:
    paths = sorted((SUBMISSIONS / kind).glob("stage2__*.py"))
    return [pytest.param(path.read_text(encoding="utf-8"), id=path.stem.removeprefix("stage2__")) for path in paths]


def test_the_points_add_up() -> None:
    assert sum(check.points for check in CHECKS) == course().stage(2).points


@pytest.mark.parametrize("text", texts("right"))
def test_a_right_answer_in_any_style_passes_whatever_the_seed(text: str) -> None:
    assert len(texts("right")) >= 12
    for seed in range(3):
        assert not lost(text, seed)


@pytest.mark.parametrize(("name", "numbers"), LOST.items())
def test_a_wrong_answer_loses_points_where_it_is_wrong_and_nowhere_else(name: str, numbers: str) -> None:
    text = (SUBMISSIONS / "wrong" / f"stage2__{name}.py").read_text(encoding="utf-8")
    for seed in range(2):
        surely, _, _ = numbers.partition("|")
        assert set(surely.split()) <= set(lost(text, seed)) <= set(numbers.replace("|", " ").split())


@pytest.mark.parametrize("text", texts("wrong"))
def test_every_wrong_answer_loses_points(text: str) -> None:
    assert lost(text)


RNG = (
    "np.random.default_rng() if rng is None else rng",
    "np.random.default_rng(rng)",
    "rng or np.random.default_rng()",
)
DRAW = (
    "np.asarray(best[k]) + sigma * rng.standard_normal(np.shape(best[k]))",
    "rng.normal(best[k], sigma)",
    "np.reshape(rng.normal(0.0, sigma, np.size(best[k])) + np.ravel(best[k]), np.shape(best[k]))",
    "rng.multivariate_normal(np.ravel(best[k]), sigma**2 * np.eye(np.size(best[k]))).reshape(np.shape(best[k]))",
    "best[k] - sigma * rng.normal(size=np.shape(best[k]))",
)
KEYS = ("best", "sorted(best)", "reversed(list(best))", "rng.permutation(list(best))")


@settings(max_examples=15, deadline=None)
@given(*map(st.sampled_from, (RNG, DRAW, KEYS)), st.integers(0, 2**32 - 1))
def test_a_right_answer_put_together_at_random_passes(rng: str, draw: str, keys: str, seed: int) -> None:
    text = f"""
import numpy as np
def sample_params(best, sigma=1.0, rng=None):
    rng = {rng}
    return {{str(k): {draw} for k in {keys}}}
"""
    assert not lost(text, seed)


ODD = (
    "None",
    "[]",
    "{}",
    "{key: None for key in best}",
    "{key: 'a' for key in best}",
    "{1: 2}",
    "[best]",
    "object()",
    "{key: value * np.nan for key, value in best.items()}",
    "{key: np.zeros(0) for key in best}",
    "{key: [[1.0], [2.0, 3.0]] for key in best}",
    "{key: np.full(np.shape(value), 1j) for key, value in best.items()}",
    "{**best, 'more': np.zeros(3)}",
    "{key: 10**400 for key in best}",
    "best.update(w0=None)",
    "best.clear()",
)


@pytest.mark.parametrize("value", ODD)
def test_an_odd_value_fails_with_a_short_message_and_never_breaks_a_check(value: str) -> None:
    found = lost(f"import numpy as np\ndef sample_params(best, sigma=1.0, rng=None):\n    return {value}\n")
    assert found
    assert all(len(message.split()) <= 160 and "Traceback" not in message for message in found.values())


def test_the_bounds_hold_where_they_can_be_seen() -> None:
    """At an alarm of one in a hundred, right samples stray no more often than that."""
    rng = np.random.default_rng(1)
    rounds, count, alarm = 2000, 50, 0.01
    z = rng.standard_normal((rounds, count))
    cosines = abs(z.sum(axis=1)) / np.sqrt(count) / np.linalg.norm(z, axis=1)
    assert (cosines > bounds.cosine(count, alarm)).mean() <= alarm
    low, high = bounds.variance(count - 1, alarm)
    spread = z.var(axis=1, ddof=1)
    assert ((spread < low) | (spread > high)).mean() <= alarm
    steps = np.arange(1, count + 1) / count
    curve = bounds.normal_curve(np.sort(z, axis=1))
    distances = np.maximum((steps - curve).max(axis=1), (curve - steps + 1 / count).max(axis=1))
    assert (distances > bounds.curve(count, alarm)).mean() <= alarm
    halves = np.where(rng.permuted(np.tile(np.arange(count), (rounds, 1)), axis=1) < count // 2, -1.0, 1.0)
    products = abs((halves[:, :count] * np.where(np.arange(count) < count // 2, -1.0, 1.0)).mean(axis=1))
    assert (products > bounds.overlap(count, alarm)).mean() <= alarm


@pytest.mark.parametrize(("draws", "chance"), list(itertools.product((10, 100), (0.05, 0.3))))
def test_the_bound_of_a_count_is_above_its_true_probability(draws: int, chance: float) -> None:
    from math import comb

    exact = [comb(draws, k) * chance**k * (1 - chance) ** (draws - k) for k in range(draws + 1)]
    for count in range(draws + 1):
        tail = sum(exact[count:]) if count > draws * chance else sum(exact[: count + 1])
        assert tail <= bounds.chance_of_count(count, draws, chance) * (1 + 1e-9)


def test_the_normal_curve_is_the_normal_curve() -> None:
    from statistics import NormalDist

    z = np.linspace(-6.0, 6.0, 101)
    exact = np.array([NormalDist().cdf(float(one)) for one in z])
    assert abs(bounds.normal_curve(z) - exact).max() < 2e-7
    assert bounds.normal_tail(2.0) == pytest.approx(2 * NormalDist().cdf(-2.0))
