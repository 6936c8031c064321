"""The drawn pictures: the loop, and the network."""

from itertools import pairwise
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from assets.style import BLUE, GREEN, INK, ORANGE, PALE, QUIET, bare, canvas, save


def box(axes: Axes, x: float, y: float, title: str, text: str, colour: str) -> None:
    """Draw a rounded box around (x, y)."""
    width, height = 3.4, 1.5
    corner = (x - width / 2, y - height / 2)
    style = "round,pad=0,rounding_size=0.18"
    axes.add_patch(FancyBboxPatch(corner, width, height, boxstyle=style, fc=PALE, ec=colour, lw=2))
    axes.text(x, y + 0.34, title, ha="center", va="center", weight="bold", color=colour, fontsize=14)
    axes.text(x, y - 0.26, text, ha="center", va="center", fontsize=11)


def arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], bend: float = 0.0) -> None:
    """Draw an arrow from start to end."""
    style = f"arc3,rad={bend}"
    axes.add_patch(
        FancyArrowPatch(start, end, connectionstyle=style, arrowstyle="-|>", mutation_scale=18, color=QUIET, lw=2)
    )


def loop() -> Path:
    """Draw generate, test, select."""
    figure, (axes,) = canvas(9, 2.9)
    bare(axes, 13.6, 4.7)
    axes.set_ylim(0.4, 4.7)
    box(axes, 2.2, 2.6, "generate", "pop_size new params,\ndrawn around the best", BLUE)
    box(axes, 6.8, 2.6, "test", "fitness of each:\nplay one episode", ORANGE)
    box(axes, 11.4, 2.6, "select", "keep the fittest\nas best", GREEN)
    arrow(axes, (3.95, 2.6), (5.05, 2.6))
    arrow(axes, (8.55, 2.6), (9.65, 2.6))
    arrow(axes, (11.4, 1.8), (2.2, 1.8), bend=-0.24)
    axes.text(4.5, 2.82, "pop", ha="center", color=QUIET, fontsize=11)
    axes.text(9.1, 2.82, "results", ha="center", color=QUIET, fontsize=11)
    axes.text(6.8, 1.05, "best", ha="center", color=QUIET, fontsize=11)
    arrow(axes, (2.2, 4.1), (2.2, 3.4))
    axes.text(2.2, 4.3, "generation 0: at random", ha="center", color=QUIET, fontsize=11)
    axes.text(6.8, 3.65, "the part that runs in parallel", ha="center", color=ORANGE, fontsize=11)
    return save(figure, "loop.png")


def network() -> Path:
    """Draw the 4-10-2 network, with the names and shapes of its params."""
    figure, (axes,) = canvas(9, 5)
    bare(axes, 13.6, 7.6)
    columns = [(2.6, 4, BLUE), (6.8, 10, ORANGE), (11.0, 2, GREEN)]
    layers = [[(x, 3.9 + (size - 1) * 0.29 - k * 0.58) for k in range(size)] for x, size, _ in columns]
    for left, right in pairwise(layers):
        for start in left:
            for end in right:
                axes.plot([start[0], end[0]], [start[1], end[1]], color=QUIET, lw=0.5, alpha=0.5, zorder=0)
    for layer, (_, _, colour) in zip(layers, columns, strict=True):
        for centre in layer:
            axes.add_patch(Circle(centre, 0.22, fc="white", ec=colour, lw=2))
    for (_, y), name in zip(layers[0], ("cart position", "cart velocity", "pole angle", "pole velocity"), strict=True):
        axes.text(2.2, y, name, ha="right", va="center", fontsize=11)
    for (_, y), name in zip(layers[2], ("push left", "push right"), strict=True):
        axes.text(11.4, y, name, ha="left", va="center", fontsize=11)
    for x, title, colour in ((2.6, "observation", BLUE), (6.8, "hidden: relu", ORANGE), (11.0, "output", GREEN)):
        axes.text(x, 7.2, title, ha="center", va="center", weight="bold", color=colour)
    for x, text in ((4.7, "w0 (4, 10)"), (8.9, "w1 (10, 2)")):
        axes.text(x, 0.75, text, ha="center", va="center", fontsize=12, color=INK)
    for x, text in ((6.8, "b0 (1, 10)"), (11.0, "b1 (1, 2)")):
        axes.text(x, 0.75, text, ha="center", va="center", fontsize=12, color=INK)
    axes.text(6.8, 0.15, "relu(x @ w0 + b0) @ w1 + b1", ha="center", va="center", family="DejaVu Sans Mono")
    axes.text(12.1, 2.95, "the action is the\nlarger output", ha="center", va="center", color=QUIET, fontsize=11)
    return save(figure, "network.png")
