"""Wrong answers to stage 5 that are the model answer but for a line or two: (name, what is wrong, edits)."""

SEED = "np.random.default_rng(seed)"
DRAWS = "z = self._rng.standard_normal((self.pop_size, self.mean.size))\n"
FIRST = "self.sigma = float(sigma)\n"
LAST = "self.sigma = float(self.sigma * np.exp((self._c_sigma / self._d_sigma) * (length / self._chi_n - 1)))\n"


def after(line: str, *more: str) -> tuple[str, str]:
    """Return the edit that puts more lines behind one, eight columns in."""
    return line, line + "".join(f"        {text}\n" for text in more)


WRONG_CMAES = (
    ("draws_clipped", "The draws are cut off at two standard deviations.", (after(DRAWS, "z = np.clip(z, -2, 2)"),)),
    ("first_row_is_the_mean", "The first solution is the mean itself.", (after(DRAWS, "z[0] = 0"),)),
    (
        "draws_clipped_later",
        "After a hundred tells the draws are cut off at half a standard deviation.",
        (after(DRAWS, "if self._generation > 100:", "    z = np.clip(z, -0.5, 0.5)"),),
    ),
    (
        "equal_weights_later",
        "After fifty tells all weights are the same.",
        (
            after(
                LAST,
                "if self._generation == 50:",
                "    self._weights = np.full(self._weights.size, 1 / self._weights.size)",
            ),
        ),
    ),
    (
        "mean_is_best_later",
        "After fifty tells the mean is the best solution.",
        (after(LAST, "if self._generation > 50:", "    self.mean = np.array(solutions[order[0]])"),),
    ),
    (
        "seed_in_int32",
        "A seed of 32 bits does not fit into the signed number that it is made.",
        ((SEED, "np.random.default_rng(None if seed is None else int(np.int32(seed)))"),),
    ),
    (
        "seed_of_sixteen_bits",
        "Of the seed only sixteen bits count.",
        ((SEED, "np.random.default_rng(None if seed is None else seed & 0xFFFF)"),),
    ),
    ("seed_zero_is_none", "A seed of 0 counts as no seed.", ((SEED, "np.random.default_rng(seed or None)"),)),
    (
        "sigma_at_least_a_thousandth",
        "Sigma never falls below a thousandth of the first one.",
        (after(FIRST, "self._s0 = self.sigma"), after(LAST, "self.sigma = max(self.sigma, 1e-3 * self._s0)")),
    ),
    (
        "sigma_at_most_a_hundredfold",
        "Sigma never rises above a hundred times the first one.",
        (after(FIRST, "self._s0 = self.sigma"), after(LAST, "self.sigma = min(self.sigma, 100 * self._s0)")),
    ),
    ("sigma_floor", "Sigma never falls below 1e-3.", (after(LAST, "self.sigma = max(self.sigma, 1e-3)"),)),
    ("sigma_floor_1e8", "Sigma never falls below 1e-8.", (after(LAST, "self.sigma = max(self.sigma, 1e-8)"),)),
    (
        "solutions_clipped",
        "Solutions are held between -100 and 100.",
        (
            (
                "return self.mean + self.sigma * (z * lengths) @ axes.T",
                "return np.clip(self.mean + self.sigma * (z * lengths) @ axes.T, -100, 100)",
            ),
        ),
    ),
    (
        "three_parents_at_least",
        "Of four solutions three have a weight.",
        (("mu = self.pop_size // 2", "mu = max(3, self.pop_size // 2)"),),
    ),
)
