"""Select, and believe it only after a second look: a would-be best plays fresh episodes before it is kept.

The fittest of a population is the luckiest too. Its fitness of one episode flatters it, and the next generation,
drawn around it, may lose what an earlier one had found.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from evolution_ref.policy import Params

Test = Callable[[Sequence[Params]], Sequence[float]]


@dataclass
class Champion:
    """The best member so far, by the mean of many fresh episodes.

    Attributes:
        episodes: fresh episodes of a full re-test.
        screening: how many of them come first; a challenger that falls behind in these plays no more.
        params: the champion's network; None before the first generation.
        mean: its mean fitness over its re-test.
        generation: in which generation it was found.
    """

    episodes: int = 100
    screening: int = 10
    params: Params | None = None
    mean: float = -np.inf
    generation: int = -1

    def challenge(self, challenger: Params, generation: int, test: Test) -> Params:
        """Re-test a challenger on fresh episodes, keep the better one, and return it.

        Args:
            challenger: the fittest of a generation.
            generation: which one.
            test: returns the fitness of each member of a list, each on a fresh episode.
        """
        fitness = list(test([challenger] * self.screening))
        if self.params is None or np.mean(fitness) >= self.mean:
            fitness += test([challenger] * (self.episodes - self.screening))
            if self.params is None or np.mean(fitness) > self.mean:
                self.params, self.mean, self.generation = challenger, float(np.mean(fitness)), generation
        return self.params
