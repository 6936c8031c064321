"""One run on an environment: evolve, save an agent a generation, keep the best and the history."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from evolution_ref.agents import save_params
from evolution_ref.engines import MapFn
from evolution_ref.environments import Environment
from evolution_ref.episode import Episode
from evolution_ref.evolve import evolve
from evolution_ref.history import Row, write_csv, write_picture
from evolution_ref.policy import Params
from evolution_ref.population import RandomNetworks
from evolution_ref.retest import Champion
from evolution_ref.search import METHODS


@dataclass
class Run:
    """A run and what it has found so far.

    Attributes:
        environment: what is played.
        folder: where the agents go, None for nowhere: then agents and history are not written.
        champion: the best member, by its re-test.
        rows: the history.
        episodes: episodes played so far, re-tests included.
    """

    environment: Environment
    folder: Path | None = None
    champion: Champion = field(init=False)
    rows: list[Row] = field(default_factory=list)
    episodes: int = 0

    def __post_init__(self) -> None:
        self.champion = Champion(solved=self.environment.solved)

    def evolve(
        self,
        map_fn: MapFn,
        method: str = "es",
        generations: int = 64,
        pop_size: int = 32,
        sigma: float = 1.0,
        h_size: int = 10,
        seed: int | None = None,
        on_row: Callable[[Row], object] = lambda row: None,
    ) -> Params:
        """Return the champion after all generations; ``map_fn`` tests a population, ``on_row`` sees each generation."""
        environment = self.environment

        def counted(fitness: Any, *columns: Any) -> list[float]:
            self.episodes += len(columns[0])
            return list(map_fn(fitness, *columns))

        def on_generation(generation: int, best: Params, results: Any) -> None:
            row = Row(generation, float(np.mean(results)), float(max(results)), self.champion.mean, self.episodes)
            self._save(generation, best)
            self.rows.append(row)
            on_row(row)

        best, _ = evolve(
            Episode(environment.env_id),
            RandomNetworks(environment.i_size, h_size, environment.o_size),
            generations,
            pop_size,
            sigma,
            seed,
            on_generation,
            counted,
            METHODS[method],
            self.champion,
        )
        return best

    def write_history(self) -> None:
        """Write history.csv and history.png beside the agents, if there is anything to tell."""
        if self.folder is not None and self.rows:
            home = self.folder / self.environment.env_id
            write_csv(self.rows, home / "history.csv")
            write_picture(self.rows, self.environment, home / "history.png")

    def _save(self, generation: int, best: Params) -> None:
        if self.folder is not None:
            save_params(best, self.environment.env_id, generation, self.folder)
            if self.champion.generation == generation:
                save_params(best, self.environment.env_id, "best", self.folder)
