"""The section on steps a second, with its plot."""

from collections.abc import Sequence
from dataclasses import asdict

from measure.install import HOME
from measure.machine import vector_unit
from measure.speed import CASES, Result, library_goals, measure_speed
from measure.tables import Section, met, table

BEST = 10.0
PLOTTED = 4096  # members


def speed_section(quick: bool, missing: dict[str, str]) -> Section:
    """Measure steps a second and return the section."""
    results = measure_speed(3 if quick else 11, CASES[:1] if quick else CASES)
    fastest = {(env_id, pop_size): result for env_id, pop_size, result in library_goals(results)}
    rows = [_row(result, fastest.get((result.env_id, result.pop_size))) for result in results]
    header = ("environment", "population", "against", "its steps/s", "ours", "ratio", "wanted", "version")
    if not quick:
        _plot([result for result in results if result.pop_size == PLOTTED and not result.failed])
    lines = [
        "## Steps of living members a second",
        "",
        f"Policy with 10 hidden units, two cores, compiled here for {vector_unit()} unless a line says otherwise.",
        "What counts as a step:",
        "",
        "- ours and the C loops: every step of an episode; when all members have played one, they play the next. The",
        "  C loop uses one type throughout; ours keeps CartPole's state in float64 as Gymnasium does, its network in",
        "  float32 (MountainCarContinuous: all float64), and gives Gymnasium's fitness in 99.9 % of random episodes,",
        "  of members around a good one on CartPole-v1, whose episodes are long and chaotic, in 99 %.",
        "- Gymnasium's vector environment and EnvPool: every step of a copy that doesn't merely reset it; a copy whose",
        "  episode is over begins another, so none waits. Their observations go through a batched numpy policy.",
        "- gymnax with evosax's rollout: steps of living members only. It plays on until the longest episode allowed",
        "  is over, so members that fall early waste its time; where all last long it does better than shown here.",
        "",
        *table(header, rows),
        "",
        *([] if quick else ["![Steps a second of each at population 4096](speed.png)", ""]),
        *(f"Not installed on this Python: {name} ({why})." for name, why in missing.items()),
    ]
    return Section(lines, [asdict(result) for result in results])


def _row(result: Result, fastest: Result | None) -> list[str]:
    start = [result.env_id, str(result.pop_size), result.name]
    if result.failed:
        return [*start, "", "", "", "", f"failed: {result.failed}"]
    goal = BEST if result is fastest else result.goal
    numbers = [f"{speed / 1e6:.2f} M" for speed in (result.theirs, result.ours)]
    return [*start, *numbers, f"{result.ratio:.1f}", met(result.ratio, goal), result.ready]


def _plot(results: Sequence[Result]) -> None:
    """Draw a bar for each peer and one for the compiled engine, a panel for each environment."""
    from matplotlib.figure import Figure

    envs = list(dict.fromkeys(result.env_id for result in results))
    figure = Figure(figsize=(8, 1.2 + 0.45 * len(results)), layout="constrained")
    heights = [1 + sum(result.env_id == env_id for result in results) for env_id in envs]
    panels = figure.subplots(len(envs), 1, squeeze=False, sharex=True, height_ratios=heights)[:, 0]
    for axes, env_id in zip(panels, envs, strict=True):
        rivals = sorted((result for result in results if result.env_id == env_id), key=lambda result: result.theirs)
        names = [*(result.name for result in rivals), "compiled engine"]
        speeds = [*(result.theirs for result in rivals), max(result.ours for result in rivals)]
        bars = axes.barh(names, speeds, color=["0.7"] * len(rivals) + ["#4c78a8"])
        axes.bar_label(bars, [f" {speed / 1e6:.3g} M" for speed in speeds])
        axes.set(xscale="log", title=f"{env_id}, {PLOTTED} members")
        axes.spines[["top", "right"]].set_visible(False)
        axes.margins(x=0.15)
    panels[-1].set_xlabel("steps of living members a second (logarithmic)")
    figure.savefig(HOME / "speed.png", dpi=120)
