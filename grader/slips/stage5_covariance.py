"""The known mistakes of stage 5 in what a tell makes of the covariance."""

from .cmaes_answer import KEPT, MOVE, PATH, RANK_MU, RANK_ONE, slip

COVARIANCE = (
    slip(
        "covariance_frozen",
        "5.12 5.13 5.14 5.15 5.17 5.18",
        "The covariance never changes: tell moves the mean and sigma alone.",
        "What tell assigns to self.covariance.",
        (RANK_ONE, ""),
        (RANK_MU, ""),
        (KEPT, "self.covariance"),
    ),
    slip(
        "no_rank_one",
        "5.13 5.15",
        "The covariance learns from the solutions, but not from the path of the mean: the rank-one update is missing.",
        "The term with c_1 and the path p_c.",
        (RANK_ONE, ""),
    ),
    slip(
        "no_rank_mu",
        "5.12 5.14 5.17 5.18",
        "The covariance learns from the path of the mean alone: the rank-mu update is missing.",
        "The term with c_mu and the sum over the better half.",
        (RANK_MU, ""),
    ),
    slip(
        "rank_mu_unweighted",
        "5.12",
        "In the rank-mu update all solutions of the better half count alike; the fitter one counts more.",
        "The weights in the sum over the better half.",
        (
            "rank_mu = (self._weights[:, None] * steps).T @ steps",
            "rank_mu = steps.T @ steps / len(steps)",
        ),
    ),
    slip(
        "diagonal_only",
        "5.12 5.13 5.14 5.15 5.17 5.18",
        "Only the covariance's diagonal is kept, so it can stretch along the axes and never turn.",
        "Which entries of the covariance tell changes.",
        (RANK_ONE, "            + self._c_1 * np.diag(np.diag(rank_one))\n"),
        (RANK_MU, "            + self._c_mu * np.diag(np.diag(rank_mu))\n"),
    ),
    slip(
        "nothing_forgotten",
        "5.14",
        "The covariance keeps all of its old value and adds the new on top, so it grows without end.",
        "The factor of the old covariance.",
        (KEPT, "self.covariance"),
    ),
    slip(
        "steps_from_new_mean",
        "5.13 5.15",
        "The steps of the rank-mu update are taken from the new mean, which leaves the common step out of them.",
        "In which order tell moves the mean and computes the steps.",
        (
            "rank_mu = (self._weights[:, None] * steps).T @ steps",
            "rank_mu = (self._weights[:, None] * (steps - step)).T @ (steps - step)",
        ),
    ),
    slip(
        "mean_moved_first",
        "5.10 5.11 5.12 5.13 5.14 5.15 5.16 5.17 5.18",
        "The mean moves first, and the steps are then taken from where it is now: on average there is none left.",
        "In which order tell moves the mean and computes the steps.",
        (
            MOVE,
            MOVE
            + "\n        steps = (np.asarray(solutions, dtype=np.float64)[order] - self.mean) / self.sigma"
            + "\n        step = self._weights @ steps",
        ),
    ),
    slip(
        "steps_not_scaled",
        "5.12 5.14",
        "The steps enter the covariance without being divided by sigma, so it shrinks or grows with sigma.",
        "The unit of the steps in the two updates of the covariance.",
        (
            "rank_mu = (self._weights[:, None] * steps).T @ steps",
            "rank_mu = self.sigma**2 * (self._weights[:, None] * steps).T @ steps",
        ),
    ),
    slip(
        "path_not_normalised",
        "5.13",
        "A step enters the path of the covariance without its normalising factor, so the rank-one update is too weak.",
        "The square root in the formula of p_c.",
        (PATH, "unstalled * self._c_c * step"),
    ),
    slip(
        "path_forgets",
        "5.15",
        "The path of the covariance is the last step alone: nothing is left of the one before.",
        "What of the old p_c stays in the new one.",
        ("(1 - self._c_c) * self._p_c + " + PATH, PATH),
    ),
)
