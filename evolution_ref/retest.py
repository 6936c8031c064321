"""Select, and believe it only after a second look: a would-be best plays fresh episodes before it is kept.

The fittest of a population is the luckiest too. Its fitness of one episode flatters it, and the next generation,
drawn around it, may lose what an earlier one had found. So a few finalists play some fresh episodes each; and where the
best of them looks as if it solved the environment, its luck flatters it once more, and it plays many others.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evolution_ref.policy import Params
from evolution_ref.population import Floats, Population

Test = Callable[[Population], Floats]


@dataclass
class Champion:
    """The best member so far, by the mean of fresh episodes, and the parent, the best since the last restart.

    Attributes:
        solved: the mean from which the environment is solved, inf where nobody knows. Who reaches it in the screening
            is re-tested (everybody, where nobody knows); a champion that holds it doesn't start again.
        finalists: how many of the fittest of a generation are screened.
        screening: fresh episodes that each of them plays.
        episodes: fresh episodes of a re-test.
        patience: generations without a better parent after which the search is stuck, and starts again elsewhere.
        params: the champion's network; None before the first generation.
        mean: its mean fitness over its re-test; below ``solved`` over its screening.
        generation: in which generation it was found.
        parent: the network that the next generation is drawn around.
    """

    solved: float = np.inf
    finalists: int = 4
    screening: int = 8
    episodes: int = 100
    patience: int = 6
    params: Params | None = None
    mean: float = -np.inf
    generation: int = -1
    parent: Params | None = None
    _parent_mean: float = -np.inf
    _waited: int = 0

    def challenge(self, pop: Population, results: Floats, generation: int, test: Test) -> tuple[Params, Params]:
        """Re-test a generation's fittest on fresh episodes, keep what is better; return (champion, parent).

        Args:
            pop: a generation.
            results: (pop_size,), its fitness.
            generation: which one.
            test: returns the fitness of each member of a population, each on a fresh episode.
        """
        if self.parent is None:
            self._parent_mean, self._waited = -np.inf, 0
        self._waited += 1
        finalists = (-results).argsort(kind="stable")[: self.finalists]
        screened = test(pop.repeated(finalists, self.screening)).reshape(-1, self.screening).mean(axis=1)
        challenger, mean = finalists[screened.argmax()], float(screened.max())
        if mean > self._parent_mean and (mean >= self.solved or math.isinf(self.solved)):
            mean = float(test(pop.repeated(challenger, self.episodes)).mean())
        if mean > self._parent_mean:
            self.parent, self._parent_mean, self._waited = pop[int(challenger)], mean, 0
            if mean > self.mean:
                self.params, self.mean, self.generation = self.parent, mean, generation
        assert self.params is not None and self.parent is not None
        return self.params, self.parent

    def start_again(self) -> bool:
        """Return whether the search is stuck; if so, forget the parent, not the champion."""
        if self.mean >= self.solved or self._waited < self.patience:
            return False
        self.parent = None
        return True
