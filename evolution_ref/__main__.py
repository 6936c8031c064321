"""Evolve an agent: python -m evolution_ref --env_id CartPole-v0."""

import sys
from math import isfinite
from pathlib import Path

import click
from rich.console import Console

from evolution_ref.agents import agents_folder, shown
from evolution_ref.engines import ENGINES, fastest_engine, open_engine
from evolution_ref.environments import ENVIRONMENTS, environment_of
from evolution_ref.episode import Episode
from evolution_ref.live import progress
from evolution_ref.memory import must_fit
from evolution_ref.mistakes import WrongCall
from evolution_ref.race.command import command as race
from evolution_ref.run import Run
from evolution_ref.search import METHODS, Covariance

NAME = "python -m evolution_ref"
INTERRUPTED = 130  # what a shell gives a program that Ctrl-C ended


def _positive(ctx: click.Context, param: click.Parameter, number: float) -> float:
    """Refuse what is not above 0, nan and infinity too."""
    if not 0 < number <= 1e6:
        raise click.BadParameter(f"{number:g} is not a number above 0 (and at most a million).", ctx, param)
    return number


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--env_id", required=True, help=f"What is played: {', '.join(ENVIRONMENTS)}, or another of Gymnasium's.")
@click.option("--method", default="es", show_default=True, type=click.Choice(list(METHODS)), help="What generates.")
@click.option("--generations", default=64, show_default=True, type=click.IntRange(1, 1_000_000))
@click.option("--pop_size", default=32, show_default=True, type=click.IntRange(1, 1_000_000_000))
@click.option("--sigma", default=1.0, show_default=True, callback=_positive, help="Spread of a new generation.")
@click.option("--h_size", default=10, show_default=True, type=click.IntRange(1, 1000), help="Hidden units.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 256), help="More than 1: a pool.")
@click.option("--engine", type=click.Choice(list(ENGINES)), help="What tests; by default the fastest installed.")
@click.option("--address", help="The Ray cluster to join, host:port or auto; without it one is started here.")
@click.option("--seed", type=click.IntRange(min=0), help="The same seed gives the same agent, with every engine.")
@click.option("--out", default="agents", show_default=True, help="Where the agents go; agents is beside render.py.")
def command(
    env_id: str,
    method: str,
    generations: int,
    pop_size: int,
    sigma: float,
    h_size: int,
    processes: int,
    engine: str | None,
    address: str | None,
    seed: int | None,
    out: str,
) -> int:
    """Evolve an agent; save one a generation, and the best of all as "best".

    python -m evolution_ref race [FOLDER] measures the engines instead, as a ladder.
    """
    environment = environment_of(env_id)
    if METHODS[method] is Covariance and pop_size < 4:
        raise WrongCall(f"--pop_size {pop_size}: --method cmaes needs at least 4 members a generation")
    if METHODS[method] is Covariance and h_size > 200:
        raise WrongCall(f"--h_size {h_size}: --method cmaes takes at most 200 hidden units; use --method es")
    folder = agents_folder() if out == "agents" else Path(out)
    console = Console(highlight=False)
    run = Run(environment, folder)
    engine = engine or ("pool" if processes > 1 else fastest_engine(env_id))
    sizes = (environment.i_size, h_size, environment.o_size)
    must_fit(pop_size, *sizes, engine, covariance=METHODS[method] is Covariance)
    opened = open_engine(engine, min(processes, pop_size), env_id, address, console.print)
    try:
        with opened as map_fn, progress(generations, console) as show:
            best = run.evolve(map_fn, method, generations, pop_size, sigma, h_size, seed, show.add)
        mean = sum(Episode(env_id).batch([best] * 100, range(2**31, 2**31 + 100))) / 100
    except KeyboardInterrupt:
        run.write_history()
        console.print(f"Stopped by Ctrl-C after {len(run.rows)} of {generations} generations.")
        if run.rows:
            _say_where(console, run, out)
        return INTERRUPTED
    run.write_history()
    known = isfinite(environment.solved)
    verdict = ("Solved" if mean >= environment.solved else "Not solved") if known else "Evolved"
    threshold = f"solved from {environment.solved:g}" if known else "Gymnasium doesn't say when it is solved"
    console.print(
        f"{verdict}: mean fitness {mean:.1f} over 100 fresh episodes ({threshold}), "
        f"found in generation {run.champion.generation}, {run.episodes} episodes played."
    )
    _say_where(console, run, out)
    return 0


def _say_where(console: Console, run: Run, out: str) -> None:
    """Print what is saved and, last, the line that shows the agent."""
    assert run.folder is not None
    env_id = run.environment.env_id
    last = run.rows[-1].generation
    agents = "agent 0" if last == 0 else f"agents 0 to {last}"
    console.print(f"Saved {agents}, best, history.csv and history.png in {shown(run.folder / env_id)}", soft_wrap=True)
    elsewhere = "" if out == "agents" else f" --agents {out}"
    console.print(f"python render.py --env_id {env_id} --agent_id best{elsewhere}", soft_wrap=True, markup=False)


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0, 2 for a wrong call, 130 after Ctrl-C."""
    arguments = sys.argv[1:] if arguments is None else arguments
    chosen, name = (race, f"{NAME} race") if arguments[:1] == ["race"] else (command, NAME)
    try:
        status = chosen.main(arguments[chosen is race :], prog_name=name, standalone_mode=False)
    except (click.ClickException, WrongCall) as mistake:
        text = mistake.format_message() if isinstance(mistake, click.ClickException) else str(mistake)
        print(f"Error: {' '.join(text.split())}\nTry '{name} --help'.", file=sys.stderr)
        return 2
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return int(status or 0)


if __name__ == "__main__":
    sys.exit(main())
