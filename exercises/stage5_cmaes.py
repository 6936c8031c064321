"""Stage 5 (bonus): CMA-ES, a covariance that adapts."""

import numpy as np


class CMAES:
    """The (mu/mu_w, lambda)-CMA-ES of Hansen's tutorial (arXiv:1604.00772).

    Attributes:
        mean: where the next solutions are drawn around, (n,).
        sigma: the step size, a float.
        covariance: C, (n, n); solutions are drawn from N(mean, sigma**2 * C).
        pop_size: how many solutions ask returns.

    Example:
        >>> es = CMAES(mean=np.ones(3), sigma=0.5, seed=0)
        >>> for _ in range(100):
        ...     solutions = es.ask()
        ...     es.tell(solutions, [-np.sum(x**2) for x in solutions])
        >>> bool(np.abs(es.mean).max() < 1e-6)
        True

    Note:
        Here a higher fitness is better; the tutorial minimises.
    """

    def __init__(self, mean, sigma=1.0, pop_size=None, seed=None):
        """Start at mean (n,) with step size sigma and covariance I.

        Args:
            mean: the first mean, (n,) with n at least 2; it is not changed.
            sigma: the first step size.
            pop_size: how many solutions a generation has; None means 4 + int(3 * log(n)).
            seed: the same seed gives the same draws.
        """
        # YOUR CODE HERE
        raise NotImplementedError()

    def ask(self):
        """Return pop_size new solutions, (pop_size, n), drawn from N(mean, sigma**2 * C)."""
        # YOUR CODE HERE
        raise NotImplementedError()

    def tell(self, solutions, fitness):
        """Move mean, step size and covariance towards the fittest.

        Args:
            solutions: what the last ask returned, (pop_size, n); it is not changed.
            fitness: their fitness, (pop_size,), higher is better.
        """
        # YOUR CODE HERE
        raise NotImplementedError()

    def _axes(self):
        """Return the axes (n, n), one a column, and lengths (n,) of the covariance's ellipsoid.

        A helper for ask and tell: eigenvectors and the roots of the eigenvalues.
        You may do without it.
        """
        # YOUR CODE HERE
        raise NotImplementedError()
