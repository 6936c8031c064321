"""The history of a run: a row a generation, as CSV and as a picture."""

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from math import isfinite
from pathlib import Path

from evolution_ref.atomic import write_atomically
from evolution_ref.environments import Environment


@dataclass(frozen=True)
class Row:
    """What is known after a generation.

    Attributes:
        generation: counts from 0.
        mean: the population's mean fitness, an episode a member.
        best: the fittest member's fitness in that one episode.
        retested: the champion's mean fitness over fresh episodes.
        episodes: episodes played so far, re-tests included.
    """

    generation: int
    mean: float
    best: float
    retested: float
    episodes: int


def write_csv(rows: Sequence[Row], path: Path) -> None:
    """Write the rows, with a header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in fields(Row))
    writer.writerows(astuple(row) for row in rows)
    write_atomically(path, lambda file: file.write(text.getvalue().encode()))


def write_picture(rows: Sequence[Row], environment: Environment, path: Path) -> None:
    """Draw mean, best and re-tested best over the generations as a PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # here, as it takes half a second to import
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(7, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    generations = [row.generation for row in rows]
    mark = "o" if len(rows) == 1 else None
    if isfinite(environment.solved):
        label = f"solved ({environment.solved:g})"
        axes.axhline(environment.solved, color="0.6", linestyle="--", linewidth=1, label=label)
    axes.plot(generations, [row.mean for row in rows], color="#4c78a8", marker=mark, label="population's mean")
    axes.plot(generations, [row.best for row in rows], color="#f58518", marker=mark, label="fittest, one episode")
    axes.plot(generations, [row.retested for row in rows], color="#2f7d32", marker=mark, label="best, re-tested")
    axes.set(title=environment.env_id, xlabel="generation", ylabel="fitness")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    write_atomically(path, lambda file: figure.savefig(file, format="png", dpi=120))
