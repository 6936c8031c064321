"""The engines beside the best that others offer: python benchmarks/engines.py [--quick] [--only SECTION].

Installs the peers into benchmarks/.venv, measures, and writes benchmarks/README.md, its plots and results/*.json.
"""

import click
from measure.install import install_peers
from measure.report import SECTIONS, write


@click.command()
@click.option("--quick", is_flag=True, help="Fewer pairs and seeds: a look, under two minutes; nothing is written.")
@click.option("--only", type=click.Choice(list(SECTIONS)), multiple=True, help="Measure only these sections anew.")
def command(quick: bool, only: tuple[str, ...]) -> None:
    """Measure and write the report."""
    missing = install_peers()
    for name in only or SECTIONS:
        click.echo(f"== {name}")
        section = SECTIONS[name](quick, missing)
        click.echo("\n".join(section.lines))
        if not quick:
            write(name, section)


if __name__ == "__main__":
    command()
