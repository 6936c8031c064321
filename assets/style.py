"""One look for all pictures: colours, fonts, and how a file is written."""

from pathlib import Path

from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

HERE = Path(__file__).resolve().parent
BLUE, ORANGE, GREEN, INK, QUIET, PALE = "#4c78a8", "#e07b16", "#2f7d32", "#1d1d1f", "#6e6e73", "#e8eef5"
DOTS_PER_INCH = 150

rcParams.update(
    {
        "font.size": 12,
        "font.family": "DejaVu Sans",  # comes with matplotlib, so the pictures are the same everywhere
        "text.color": INK,
        "axes.edgecolor": QUIET,
        "axes.labelcolor": INK,
        "xtick.color": QUIET,
        "ytick.color": QUIET,
    }
)


def canvas(width: float, height: float, columns: int = 1, rows: int = 1) -> tuple[Figure, list[Axes]]:
    """Return a figure of so many inches and its axes, without the lines at the top and right."""
    figure = Figure(figsize=(width, height), layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    axes = [figure.add_subplot(rows, columns, place + 1) for place in range(rows * columns)]
    for one in axes:
        one.spines[["top", "right"]].set_visible(False)
    return figure, axes


def bare(axes: Axes, width: float, height: float) -> None:
    """Make axes a sheet to draw on: no frame, no ticks, one unit as long in both directions."""
    axes.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    axes.set_axis_off()


def save(figure: Figure, name: str) -> Path:
    """Write a figure as a PNG beside this file; nothing in it depends on the date."""
    path = HERE / name
    figure.savefig(path, dpi=DOTS_PER_INCH, metadata={"Software": None})
    return path
