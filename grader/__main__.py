"""The command line: ``python -m grader grade``, ``release``, ``build``, ``checks`` and ``slips``."""

import os
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
if Path.cwd() != HOUSE:  # python -m looks in the current folder first, and that may hold a student's numpy.py
    sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry or ".") != os.path.realpath(".")]

import click  # noqa: E402  # not before the line above

from .manifest import SOLUTIONS  # noqa: E402  # the same

USAGE = {
    "grade": "python -m grader grade PATH... --out DIR [--jobs N] [--fresh] [--speed] [--isolation bwrap|user|process]",
    "release": "python -m grader release DIR",
    "build": "python -m grader build [--check]",
    "checks": "python -m grader checks",
    "slips": "python -m grader slips",
}


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=False)
def cli() -> None:
    """Grade submissions of the evolution course, and make what its students get."""


@cli.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Where the reports go.")
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Submissions at a time; one a core if not given.")
@click.option("--fresh", is_flag=True, help="Grade all again, also what has a result already.")
@click.option("--speed", is_flag=True, help="Show each stage 4's speed on several cores too, measured last; no points.")
@click.option(
    "--isolation",
    type=click.Choice(["bwrap", "user", "process"]),
    default="bwrap",
    show_default=True,
    help="How student code is kept from the rest; bwrap is the full seal, process none at all.",
)
def grade(paths: tuple[Path, ...], out: Path, jobs: int | None, fresh: bool, speed: bool, isolation: str) -> int:
    """Grade each PATH: a submission, or a folder of submissions.

    A submission is a folder, a .zip or a .tar.gz with any of the six stage files or evolution.ipynb. Called again
    with the same --out, only what has no row yet, has changed, or failed is graded.
    """
    from .run import grade_class
    from .sandbox import IsolationUnavailable, probe
    from .submission import find_submissions

    find_submissions(paths)
    try:
        probe(isolation)
    except IsolationUnavailable as reason:
        click.echo(str(reason), err=True)
        return 1
    return grade_class(paths, out, jobs, fresh, isolation, speed=speed)


@cli.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def release(directory: Path) -> int:
    """Write the student's bundle into DIR: exercises/, render.py, assets/ and what they need to install."""
    from .release import release_command

    return release_command(directory)


@cli.command()
@click.option("--check", is_flag=True, help="Only compare; exit status 1 when they differ.")
def build(check: bool) -> int:
    """Write the generated exercises/ and course/ from solutions/ and grader/."""
    from .build import build_command

    return build_command(check)


@cli.command()
def checks() -> int:
    """Print the table of all checks: number, title, points, file: in visible/ or hidden/."""
    from .checks_table import table_command

    return table_command()


@cli.command()
def slips() -> int:
    """Print the table of known mistakes against the sentences that name them, as the checks give them."""
    from .slips.table import table_command

    return table_command()


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit status: 2 for a wrong call, told in at most four lines."""
    if not (SOLUTIONS / "manifest.toml").is_file():
        click.echo("solutions/ is missing beside grader/: the kit is used from its checkout.", err=True)
        click.echo("Clone the project, then run 'pip install -e .' in it.", err=True)
        return 2
    from .submission import WrongCall

    try:
        status = cli.main(arguments, prog_name="python -m grader", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.UsageError as error:
        command = error.ctx.info_name if error.ctx is not None else None
        usage = USAGE.get(command or "", "python -m grader grade|release|build|checks|slips …")
        click.echo(f"{_line(error.format_message())}\nExpected: {usage}\nMore: python -m grader --help", err=True)
    except WrongCall as error:
        click.echo("\n".join(_line(line) for line in str(error).splitlines()), err=True)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        return 130
    return 2


def _line(text: str) -> str:
    """Return a text on one line and without control characters, cut where it would fill the screen."""
    from .report.words import clean_name

    return clean_name(" ".join(text.splitlines()))[:500]


if __name__ == "__main__":
    sys.exit(main())
