"""Pieces of the model answer of stage 5 that its slips vary."""

from .slip import Slip

RANK_MU = """            + self._c_mu * rank_mu
"""
RANK_ONE = """            + self._c_1 * rank_one
"""
DRAW = "return self.mean + self.sigma * (z * lengths) @ axes.T"
MOVE = "self.mean = self.mean + self.sigma * step"
WEIGHTS = "weights = np.log((self.pop_size + 1) / 2) - np.log(np.arange(1, mu + 1))"
SIGMA = "self.sigma = float(self.sigma * np.exp((self._c_sigma / self._d_sigma) * (length / self._chi_n - 1)))"
SIGMA_PATH = """(1 - self._c_sigma) * self._p_sigma + np.sqrt(
            self._c_sigma * (2 - self._c_sigma) * self._mu_eff
        ) * whitened"""
PATH = "unstalled * np.sqrt(self._c_c * (2 - self._c_c) * self._mu_eff) * step"
KEPT = "(1 + self._c_1 * lost - self._c_1 - self._c_mu) * self.covariance"
RNG = "self._rng = np.random.default_rng(seed)"
NORMAL = "z = self._rng.standard_normal((self.pop_size, self.mean.size))"
ORDER = "order = np.argsort(-np.asarray(fitness, dtype=np.float64))"


def slip(name: str, checks: str, sentence: str, look: str, *edits: tuple[str, str]) -> Slip:
    """Return a slip of stage 5; ``checks`` are the numbers of those that it fails and that can name it."""
    return Slip(name=name, stage=5, edits=edits, sentence=sentence, look=look, checks=tuple(checks.split()))
