"""benchmarks/README.md: put together from the sections, each with its command, machine and date."""

import json
from collections.abc import Callable

from measure.evaluations import evaluations_section
from measure.install import HOME
from measure.machine import machine_lines
from measure.scaling import scaling_section
from measure.solved import solved_section
from measure.speed_section import speed_section
from measure.tables import Section

SECTIONS: dict[str, Callable[[bool, dict[str, str]], Section]] = {
    "speed": speed_section,
    "solved": solved_section,
    "scaling": scaling_section,
    "evaluations": evaluations_section,
}
"""The sections in the order of the README: (quick, peers that could not be installed) -> what was measured."""

HEADER = """# How fast the engines are

Written by `python benchmarks/engines.py`, number by number; nothing here is copied by hand. The two sides of a ratio
are measured in turn, and the ratio is the median over the pairs: a machine that is busy for a while slows down both.
"""


def write(name: str, section: Section) -> None:
    """Keep a section with what it was measured on, and write the README anew from all that are kept."""
    folder = HOME / "results"
    folder.mkdir(exist_ok=True)
    machine = machine_lines()
    command = f"`python benchmarks/engines.py --only {name}`"
    (folder / f"{name}.md").write_text("\n".join([*section.lines, "", command, "", *machine, ""]), encoding="utf-8")
    figures = {"machine": [line.removeprefix("- ") for line in machine], "figures": section.figures}
    (folder / f"{name}.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    kept = [folder / f"{section}.md" for section in SECTIONS]
    text = [HEADER, *(path.read_text(encoding="utf-8") for path in kept if path.exists())]
    (HOME / "README.md").write_text("\n".join(text), encoding="utf-8")
