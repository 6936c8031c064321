"""Stage 5: the known mistakes of a CMA-ES."""

from .slip import Slip


def _slip(name: str, checks: str, sentence: str, look: str, *edits: tuple[str, str]) -> Slip:
    """Return a slip; ``checks`` are the numbers of those that it fails and that can name it."""
    return Slip(name=name, stage=5, edits=edits, sentence=sentence, look=look, checks=tuple(checks.split()))


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

SLIPS = (
    _slip(
        "sigma_in_covariance",
        "5.1 5.4",
        "The covariance starts as sigma**2 times the identity, so that sigma counts twice.",
        "What the covariance of a new CMAES is, with sigma kept beside it.",
        ("self.covariance = np.eye(n)", "self.covariance = sigma**2 * np.eye(n)"),
    ),
    _slip(
        "mean_as_a_row",
        "5.1",
        "The mean is kept as a table with one row, (1, n).",
        "The shape of self.mean.",
        ("self.mean = np.array(mean, dtype=np.float64)", "self.mean = np.array(mean, dtype=np.float64).reshape(1, -1)"),
    ),
    _slip(
        "minimises",
        "5.5",
        "This is what comes out when the solutions with the lowest fitness count as the best.",
        "Many texts on CMA-ES minimise; here a higher fitness is better. Look at the order of the sort.",
        (ORDER, "order = np.argsort(np.asarray(fitness, dtype=np.float64))"),
    ),
    _slip(
        "equal_weights",
        "5.9",
        "The better half is averaged with equal weights, so the fittest counts no more than the middle one.",
        "The tutorial's weights fall with the rank: look at the formula with the logarithms.",
        (WEIGHTS, "weights = np.ones(mu)"),
    ),
    _slip(
        "weights_not_normalised",
        "5.9 5.11 5.12 5.13 5.14 5.15 5.17",
        "The weights are the logarithms as they are; their sum is not 1, so the mean jumps too far.",
        "Print the sum of the weights.",
        ("self._weights = weights / weights.sum()", "self._weights = weights"),
        ("1 / np.sum(self._weights**2)", "np.sum(weights) ** 2 / np.sum(weights**2)"),
    ),
    _slip(
        "weights_upside_down",
        "5.9",
        "The weights stand in the wrong order: the worst of the better half has the largest.",
        "Print the weights beside the fitness that each of them goes with.",
        ("self._weights = weights / weights.sum()", "self._weights = weights[::-1] / weights.sum()"),
    ),
    _slip(
        "all_solutions",
        "5.9 5.12",
        "Every solution has a weight, the worse half too; only the better half should.",
        "How many solutions mu is.",
        (
            "mu = self.pop_size // 2\n        " + WEIGHTS,
            "mu = self.pop_size\n        weights = np.log(mu + 1) - np.log(np.arange(1, mu + 1))",
        ),
    ),
    _slip(
        "best_only",
        "5.9 5.11 5.16",
        "The mean jumps to the fittest solution, and the others of the better half have no say.",
        "The mean is a weighted sum over mu solutions.",
        (MOVE, "self.mean = self.mean + self.sigma * steps[0]"),
    ),
    _slip(
        "mean_stays",
        "5.5 5.9",
        "The mean never moves: every ask draws around the starting point.",
        "What tell assigns to self.mean.",
        (MOVE, "pass"),
    ),
    _slip(
        "no_sigma_in_draws",
        "5.4 5.18",
        "The draws have the covariance's spread alone: sigma does not enter ask.",
        "Ask twice, with two different sigmas, and compare the spread.",
        (DRAW, "return self.mean + (z * lengths) @ axes.T"),
    ),
    _slip(
        "sigma_squared",
        "5.4 5.18",
        "The draws are sigma**2 times as wide: that is the variance where the standard deviation belongs.",
        "sigma**2 times C is a covariance; a draw is multiplied by its root.",
        (DRAW, "return self.mean + self.sigma**2 * (z * lengths) @ axes.T"),
    ),
    _slip(
        "draws_around_zero",
        "5.4 5.11 5.13 5.15 5.18",
        "The draws lie around zero: the mean is not added.",
        "Which point ask draws around.",
        (DRAW, "return self.sigma * (z * lengths) @ axes.T"),
    ),
    _slip(
        "ask_ignores_covariance",
        "5.18",
        "The draws stay round whatever the covariance has learned: ask uses the mean and sigma alone.",
        "Where the covariance enters ask.",
        (DRAW, "return self.mean + self.sigma * z"),
    ),
    _slip(
        "lengths_not_rooted",
        "5.18",
        "The axes are stretched by the eigenvalues themselves: long ones come out too long, short ones too short.",
        "An eigenvalue of a covariance is a squared length.",
        (DRAW, "return self.mean + self.sigma * (z * lengths**2) @ axes.T"),
    ),
    _slip(
        "axes_transposed",
        "5.18",
        "The draws have the right lengths along the wrong axes: the matrix of eigenvectors stands the other way round.",
        "Whether eigh gives an eigenvector as a row or as a column, and whether your draws are rows or columns.",
        (DRAW, "return self.mean + self.sigma * (z * lengths) @ axes"),
    ),
    _slip(
        "ask_transposed",
        "5.3 5.4 5.5 5.6 5.7 5.8 5.9 5.10 5.11 5.12 5.13 5.14 5.15 5.16 5.17 5.18",
        "ask has one solution a column; it should have one a row.",
        "The shape of what ask returns for n = 3 and a pop_size of 8.",
        (DRAW, "return (self.mean + self.sigma * (z * lengths) @ axes.T).T"),
    ),
    _slip(
        "ask_returns_list",
        "5.3",
        "ask returns a list of solutions; it should be one array.",
        "What turns a list of arrays into an array.",
        (DRAW, "return list(self.mean + self.sigma * (z * lengths) @ axes.T)"),
    ),
    _slip(
        "seed_ignored",
        "5.6 5.7",
        "The same seed gives other draws each time: the generator is made without it.",
        "What default_rng is given.",
        (RNG, "self._rng = np.random.default_rng()"),
    ),
    _slip(
        "global_random",
        "5.6 5.7",
        "The draws come from numpy's global generator, which the seed of CMAES does not reach.",
        "np.random.… draws from a generator that all code shares; use one of your own.",
        (NORMAL, "z = np.random.standard_normal((self.pop_size, self.mean.size))"),
    ),
    _slip(
        "global_seeded",
        "5.7",
        "The seed is put into numpy's global generator: whoever else uses that changes the draws.",
        "np.random.seed is shared by all code; use a generator of your own.",
        (RNG, "np.random.seed(seed)"),
        (NORMAL, "z = np.random.standard_normal((self.pop_size, self.mean.size))"),
    ),
    _slip(
        "reseeded_each_ask",
        "5.6",
        "Every ask draws the same numbers: the generator is made anew from the seed each time.",
        "How often the generator is made.",
        (RNG, "self._seed = seed"),
        (NORMAL, "z = np.random.default_rng(self._seed).standard_normal((self.pop_size, self.mean.size))"),
    ),
    _slip(
        "pop_size_log10",
        "5.2",
        "The default population comes out too small: that is the logarithm to base 10.",
        "Which logarithm the formula means.",
        ("4 + int(3 * np.log(n))", "4 + int(3 * np.log10(n))"),
    ),
    _slip(
        "pop_size_rounded",
        "5.2",
        "The default population is rounded to the nearest whole number; it should be cut off.",
        "What int does to 6.9.",
        ("4 + int(3 * np.log(n))", "4 + round(3 * np.log(n))"),
    ),
    _slip(
        "pop_size_ignored",
        "5.2 5.3 5.4 5.5 5.6 5.7 5.10 5.11 5.12 5.13 5.14 5.15 5.16 5.17 5.18",
        "The population always has its default size: the pop_size that is given has no effect.",
        "When the default is taken.",
        (
            "4 + int(3 * np.log(n)) if pop_size is None else int(pop_size)",
            "4 + int(3 * np.log(n))",
        ),
    ),
    _slip(
        "covariance_frozen",
        "5.12 5.13 5.15 5.17 5.18",
        "The covariance never changes: tell moves the mean and sigma alone.",
        "What tell assigns to self.covariance.",
        (RANK_ONE, ""),
        (RANK_MU, ""),
        (KEPT, "self.covariance"),
    ),
    _slip(
        "no_rank_one",
        "5.13 5.15",
        "The covariance learns from the solutions, but not from the path of the mean: the rank-one update is missing.",
        "The term with c_1 and the path p_c.",
        (RANK_ONE, ""),
    ),
    _slip(
        "no_rank_mu",
        "5.12 5.14 5.17 5.18",
        "The covariance learns from the path of the mean alone: the rank-mu update is missing.",
        "The term with c_mu and the sum over the better half.",
        (RANK_MU, ""),
    ),
    _slip(
        "diagonal_only",
        "5.12 5.13 5.14 5.15 5.17 5.18",
        "Only the covariance's diagonal is kept, so it can stretch along the axes and never turn.",
        "Which entries of the covariance tell changes.",
        (RANK_ONE, "            + self._c_1 * np.diag(np.diag(rank_one))\n"),
        (RANK_MU, "            + self._c_mu * np.diag(np.diag(rank_mu))\n"),
    ),
    _slip(
        "nothing_forgotten",
        "5.14",
        "The covariance keeps all of its old value and adds the new on top, so it grows without end.",
        "The factor of the old covariance.",
        (KEPT, "self.covariance"),
    ),
    _slip(
        "steps_from_new_mean",
        "5.13 5.15",
        "The steps of the rank-mu update are taken from the new mean, which leaves the common step out of them.",
        "In which order tell moves the mean and computes the steps.",
        (
            "rank_mu = (self._weights[:, None] * steps).T @ steps",
            "rank_mu = (self._weights[:, None] * (steps - step)).T @ (steps - step)",
        ),
    ),
    _slip(
        "steps_not_scaled",
        "5.12 5.14",
        "The steps enter the covariance without being divided by sigma, so it shrinks or grows with sigma.",
        "The unit of the steps in the two updates of the covariance.",
        (
            "rank_mu = (self._weights[:, None] * steps).T @ steps",
            "rank_mu = self.sigma**2 * (self._weights[:, None] * steps).T @ steps",
        ),
    ),
    _slip(
        "path_not_normalised",
        "5.13",
        "A step enters the path of the covariance without its normalising factor, so the rank-one update is too weak.",
        "The square root in the formula of p_c.",
        (PATH, "unstalled * self._c_c * step"),
    ),
    _slip(
        "path_forgets",
        "5.15",
        "The path of the covariance is the last step alone: nothing is left of the one before.",
        "What of the old p_c stays in the new one.",
        ("(1 - self._c_c) * self._p_c + " + PATH, PATH),
    ),
    _slip(
        "sigma_frozen",
        "5.10 5.11 5.16 5.17",
        "sigma never changes: the step size stays what it was at the start.",
        "What tell assigns to self.sigma.",
        (SIGMA, "pass"),
    ),
    _slip(
        "sigma_upside_down",
        "5.10 5.11 5.16 5.17",
        "sigma shrinks after long steps and grows after short ones: the comparison is the wrong way round.",
        "The sign in the exponent.",
        (SIGMA, SIGMA.replace("(length / self._chi_n - 1)", "(1 - length / self._chi_n)")),
    ),
    _slip(
        "sigma_only_grows",
        "5.11",
        "sigma grows whatever happens: the path's length is compared with 0, not with the length that chance gives.",
        "What is subtracted in the exponent.",
        (SIGMA, SIGMA.replace("(length / self._chi_n - 1)", "(length / self._chi_n)")),
    ),
    _slip(
        "sigma_not_damped",
        "5.10 5.11 5.17",
        "sigma changes too fast: the damping is missing from the exponent.",
        "The constant d_sigma.",
        (SIGMA, SIGMA.replace("(self._c_sigma / self._d_sigma)", "self._c_sigma * 3")),
    ),
    _slip(
        "sigma_path_not_normalised",
        "5.10 5.16 5.17",
        "A step enters the path of sigma without its normalising factor, so sigma always shrinks.",
        "The square root in the formula of p_sigma.",
        (SIGMA_PATH, "(1 - self._c_sigma) * self._p_sigma + self._c_sigma * whitened"),
    ),
    _slip(
        "sigma_path_forgets",
        "5.16",
        "The path of sigma is the last step alone: nothing is left of the one before.",
        "What of the old p_sigma stays in the new one.",
        ("(1 - self._c_sigma) * self._p_sigma + np.sqrt(", "np.sqrt("),
    ),
    _slip(
        "sigma_path_not_whitened",
        "5.17",
        "The path of sigma takes the step as it is, so sigma falls when the covariance has become narrow.",
        "The inverse square root of the covariance in the formula of p_sigma.",
        ("whitened = axes @ ((axes.T @ step) / lengths)", "whitened = step"),
    ),
    _slip(
        "mean_is_the_callers",
        "5.8",
        "tell changes the array that the caller gave as the mean: self.mean is that very array.",
        "Whether __init__ copies the mean, and what += does to an array.",
        ("self.mean = np.array(mean, dtype=np.float64)", "self.mean = np.asarray(mean, dtype=np.float64)"),
        (MOVE, "self.mean += self.sigma * step"),
    ),
    _slip(
        "solutions_changed",
        "5.8",
        "tell turns the caller's solutions into steps in place.",
        "What -= and /= do to an array that was passed in.",
        (
            "steps = (np.asarray(solutions, dtype=np.float64)[order] - self.mean) / self.sigma",
            "solutions -= self.mean\n        solutions /= self.sigma\n        steps = solutions[order]",
        ),
    ),
    _slip(
        "fitness_sorted_in_place",
        "5.8",
        "tell sorts the caller's fitness in place.",
        "The difference between np.sort(fitness) and fitness.sort().",
        (
            "axes, lengths = self._axes()\n        " + ORDER,
            "axes, lengths = self._axes()\n        " + ORDER + "\n        fitness.sort()\n        order = order",
        ),
    ),
)
