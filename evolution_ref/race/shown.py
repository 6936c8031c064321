"""What the race shows: a bar a rung in a terminal of any width from 40 columns up, and the ladder as a picture."""

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from evolution_ref.race.ladder import Standing

LOW, HIGH = 1e4, 1e9
"""Steps a second at the ends of a bar, which is logarithmic."""
YOURS, OURS, LIMIT = "#f58518", "#4c78a8", "#9d9d9d"


def share(speed: float) -> float:
    """Return how much of a whole bar a speed fills."""
    return min(1.0, max(0.0, math.log(max(speed, 1.0) / LOW) / math.log(HIGH / LOW)))


def speed_in_words(speed: float) -> str:
    """Return steps a second, three digits at most: 81 k, 3.5 M, 270 M, 1.2 G."""
    for unit, size in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if speed >= 0.9995 * size:
            number = speed / size
            return f"{number:.1f} {unit}" if number < 9.95 else f"{number:.0f} {unit}"
    return f"{speed:.0f}  "


def ratio_in_words(ratio: float) -> str:
    """Return a ratio with two digits that count; empty for none."""
    return "" if not ratio else f"× {ratio:.2g}" if ratio < 9.95 else f"× {ratio:,.0f}"


def drawn(standing: Standing, width: int) -> RenderableType:
    """Return a rung's lines: name, bar, speed, ratio; then why, or why not."""
    rung = standing.rung
    if standing.said:
        return Text.assemble((f"{rung.name:<18}", "bold"), (standing.said, "dim"))
    room = min(60, width - 18 - 7 - 9)
    filled = round(share(standing.speed) * room)
    line = Text.assemble(
        (f"{rung.name:<18}", "bold"),
        ("█" * filled, _colour(standing)),
        " " * (room - filled),
        f"{speed_in_words(standing.speed):>7}",
        (f"{ratio_in_words(standing.ratio):>9}", "bold green"),
        no_wrap=True,
    )
    return Group(line, Padding(Text(rung.why, style="dim"), (0, 0, 0, 2)))


def picture(standings: Sequence[Standing], title: str) -> str:
    """Return the ladder as SVG, the fastest on top."""
    height, left, room = 46, 190, 430
    rows = [standing for standing in reversed(standings) if standing.speed]
    total = 60 + height * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 {total}" font-family="sans-serif" font-size="14">',
        f'<rect width="860" height="{total}" fill="white"/>',
        f'<text x="20" y="30" font-size="17" font-weight="bold">{escape(title)}</text>',
    ]
    for place, standing in enumerate(rows):
        top = 50 + place * height
        long = share(standing.speed) * room
        ratio = ratio_in_words(standing.ratio)
        parts += [
            f'<text x="{left - 10}" y="{top + 15}" text-anchor="end">{escape(standing.rung.name)}</text>',
            f'<rect x="{left}" y="{top}" width="{long:.1f}" height="20" rx="3" fill="{_colour(standing)}"/>',
            f'<text x="{left + room + 70}" y="{top + 15}" text-anchor="end">{speed_in_words(standing.speed)}</text>',
            f'<text x="{left + room + 160}" y="{top + 15}" text-anchor="end" fill="#2f7d32">{ratio}</text>',
            f'<text x="{left}" y="{top + 35}" font-size="11" fill="#555">{escape(standing.rung.why)}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def _colour(standing: Standing) -> str:
    name = standing.rung.name
    return YOURS if name.startswith("your") else LIMIT if name == "the limit" else OURS
