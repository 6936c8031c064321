"""python -m evolution_ref race: measure every rung of the ladder and show it."""

from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from evolution_ref.atomic import write_atomically
from evolution_ref.mistakes import WrongCall
from evolution_ref.race.ladder import ENV_ID, Rung, Standing, climb
from evolution_ref.race.reference import reference_rungs
from evolution_ref.race.shown import drawn, picture, ratio_in_words
from evolution_ref.race.student import COURSE, student_rungs

TITLE = f"Steps of {ENV_ID} a second: random networks, 10 hidden units"


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("folder", required=False)
@click.option("--save", metavar="FILE.svg", help="Draw the ladder into this file.")
def command(folder: str | None, save: str | None) -> int:
    """Race your stages 3, 4 and 6 in FOLDER (exercises/) against the engines of the reference."""
    if save is not None and not save.endswith(".svg"):
        raise WrongCall(f"--save {save}: expected a name that ends with .svg")
    rungs = student_rungs(_home(folder)) if folder is not None or _home(None).is_dir() else []
    if save is not None and Path(save).is_dir():
        raise WrongCall(f"--save {save}: is a folder, expected a file")
    console = Console(highlight=False)
    console.print(Text(TITLE, style="bold"))
    console.print(Text("A bar is logarithmic; × is the ratio to the rung below.", style="dim"))
    standings: list[Standing] = []
    with console.status("") as status:

        def before(rung: Rung) -> None:
            status.update(Text(f"measuring {rung.name}"))

        for standing in climb([*rungs, *reference_rungs()], before):
            standings.append(standing)
            console.print(drawn(standing, console.width))
    speeds = {standing.rung.name: standing.speed for standing in standings if standing.speed}
    top = next((name for name in reversed(speeds) if name.startswith("compiled")), None)
    if top is not None and "map" in speeds:
        console.print(Text(f"From map to {top}: {ratio_in_words(speeds[top] / speeds['map'])}", style="bold"))
    if save is not None:
        svg = picture(standings, TITLE)
        write_atomically(Path(save), lambda file: file.write(svg.encode("utf-8")))
        console.print(Text(f"Drew {save}"), soft_wrap=True)
    return 0


def _home(folder: str | None) -> Path:
    """Return the folder that was given, else exercises/ of here, else of this checkout."""
    if folder is not None:
        return Path(folder)
    return Path("exercises") if Path("exercises").is_dir() else COURSE
