"""Select, and believe it only after a second look: a would-be best plays fresh episodes before it is kept.

The fittest of a population is the luckiest too. Its fitness of one episode flatters it, and the next generation,
drawn around it, may lose what an earlier one had found.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from evolution_ref.policy import Params
from evolution_ref.population import Population

Test = Callable[[Sequence[Params]], Sequence[float]]


@dataclass
class Champion:
    """The best member so far, by the mean of many fresh episodes, and the parent, the best since the last restart.

    Attributes:
        solved: a champion at least as fit is good enough not to start again.
        episodes: fresh episodes of a full re-test.
        screening: how many of them come first; a challenger that falls behind in these plays no more.
        patience: generations without a better parent after which the search is stuck, and starts again elsewhere.
        params: the champion's network; None before the first generation.
        mean: its mean fitness over its re-test.
        generation: in which generation it was found.
        parent: the network that the next generation is drawn around.
    """

    solved: float = np.inf
    episodes: int = 100
    screening: int = 10
    patience: int = 6
    params: Params | None = None
    mean: float = -np.inf
    generation: int = -1
    parent: Params | None = None
    _parent_mean: float = -np.inf
    _waited: int = 0

    def challenge(self, challenger: Params, generation: int, test: Test) -> tuple[Params, Params]:
        """Re-test a challenger on fresh episodes, keep the better one; return (champion, parent).

        Args:
            challenger: the fittest of a generation.
            generation: which one.
            test: returns the fitness of each member of a list, each on a fresh episode.
        """
        if self.parent is None:
            self._parent_mean, self._waited = -np.inf, 0
        fitness = list(test(Population.repeated(challenger, self.screening)))
        if np.mean(fitness) >= self._parent_mean:
            fitness += test(Population.repeated(challenger, self.episodes - self.screening))
        mean = float(np.mean(fitness))
        self._waited += 1
        if len(fitness) == self.episodes and mean > self._parent_mean:
            self.parent, self._parent_mean, self._waited = challenger, mean, 0
            if self.params is None or mean > self.mean:
                self.params, self.mean, self.generation = challenger, mean, generation
        assert self.params is not None and self.parent is not None
        return self.params, self.parent

    def start_again(self) -> bool:
        """Return whether the search is stuck; if so, forget the parent, not the champion."""
        if self.mean >= self.solved or self._waited < self.patience:
            return False
        self.parent = None
        return True
