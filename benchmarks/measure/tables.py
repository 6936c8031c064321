"""The sections of the report as Markdown."""

from collections.abc import Sequence

from measure.machine import vector_unit
from measure.speed import CASES, Result, library_goals, measure_speed

BEST = 10.0


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a Markdown table."""
    return [f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(header), *rows)]


def met(ratio: float, goal: float | None) -> str:
    """Return the goal and whether the ratio meets it."""
    return "" if goal is None else f"{goal:g} {'✓' if ratio >= goal else '✗'}"


def speed_section(quick: bool, missing: dict[str, str]) -> list[str]:
    """Measure steps a second and return the section."""
    results = measure_speed(3 if quick else 11, CASES[:1] if quick else CASES)
    fastest = {(env_id, pop_size): result for env_id, pop_size, result in library_goals(results)}
    rows = [_row(result, fastest.get((result.env_id, result.pop_size))) for result in results]
    header = ("environment", "population", "against", "its steps/s", "ours", "ratio", "wanted", "version")
    return [
        "## Steps of living members a second",
        "",
        f"Policy with 10 hidden units, two cores, compiled here for {vector_unit()}. What counts as a step:",
        "",
        "- ours and the C loops: every step of an episode; when all members have played one, they play the next. The",
        "  C loop uses one type throughout; ours keeps CartPole's state in float64 as Gymnasium does, its network in",
        "  float32 (MountainCarContinuous: all float64), and gives Gymnasium's fitness in 99.9 % of random episodes.",
        "- Gymnasium's vector environment and EnvPool: every step of a copy that doesn't merely reset it; a copy whose",
        "  episode is over begins another, so none waits. Their observations go through a batched numpy policy.",
        "- gymnax with evosax's rollout: steps of living members only. It plays on until the longest episode allowed",
        "  is over, so members that fall early waste its time; where all last long it does better than shown here.",
        "",
        *table(header, rows),
        "",
        *(f"Not installed on this Python: {name} ({why})." for name, why in missing.items()),
    ]


def _row(result: Result, fastest: Result | None) -> list[str]:
    start = [result.env_id, str(result.pop_size), result.name]
    if result.failed:
        return [*start, "", "", "", "", f"failed: {result.failed}"]
    goal = BEST if result is fastest else result.goal
    numbers = [f"{speed / 1e6:.2f} M" for speed in (result.theirs, result.ours)]
    return [*start, *numbers, f"{result.ratio:.1f}", met(result.ratio, goal), result.ready]
