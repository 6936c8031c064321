"""The known mistakes of stage 2 in what is drawn: its width, its centre, its distribution."""

from .sampling_answer import NONE, NORMAL, SIGMA, SUM, slip

WIDTH = (
    slip(
        "sigma_ignored",
        {SIGMA: "rng"},
        "sigma is never used: the noise is always 1 wide.",
        "Call it with sigma=0.001. How far are the numbers from best?",
        "3 6 13",
    ),
    slip(
        "sigma_squared",
        {SIGMA: "sigma**2 * rng"},
        "The noise is sigma squared wide: sigma is squared on its way to the standard deviation.",
        "Which of the two your function asks for, the standard deviation or the variance, and which one sigma is.",
        "6 13",
    ),
    slip(
        "sigma_taken_for_the_variance",
        {SIGMA: "np.sqrt(sigma) * rng"},
        "The noise is as wide as the square root of sigma: sigma is taken for the variance.",
        "Which of the two your function asks for, the standard deviation or the variance, and which one sigma is.",
        "6 13",
    ),
    slip(
        "sigma_doubled",
        {SIGMA: "2 * sigma * rng"},
        "The noise is twice as wide as sigma.",
        "Is noise added twice, or multiplied by something besides sigma?",
        "9 13",
    ),
    slip(
        "numbers_clipped",
        {SUM: f"np.clip({SUM}, -100.0, 100.0)"},
        "The new numbers are held between two limits. Params may be of any size.",
        "Call it with a best whose numbers are about 1000.",
        "13",
    ),
    slip(
        "sigma_clipped",
        {SIGMA: "min(sigma, 20.0) * rng"},
        "A large sigma counts no more than a smaller one: it is held below a limit.",
        "Call it with sigma=1000.",
        "13",
    ),
    slip(
        "another_default_sigma",
        {"def sample_params(best, sigma=1.0": "def sample_params(best, sigma=0.1"},
        "Without sigma the noise is not 1 wide: the default value has changed.",
        "The first line of the function.",
        "9",
    ),
    slip(
        "sigma_zero_means_one",
        {NONE: NONE + "    sigma = sigma or 1.0\n"},
        "A sigma of 0 is taken for no sigma at all.",
        "What `sigma or 1.0` gives for 0.",
        "3",
    ),
    slip(
        "division_by_sigma",
        {
            NONE: NONE + "    z = {key: rng.standard_normal(np.shape(value)) for key, value in best.items()}\n",
            SUM: "(value / sigma + z[key]) * sigma",
        },
        "Something is divided by sigma: with sigma=0 nothing is left but nan.",
        "What 1.0 / sigma is when sigma is 0.",
        "3",
    ),
    slip(
        "cholesky_of_zero",
        {
            SUM: "rng.multivariate_normal(np.ravel(value), sigma**2 * np.eye(np.size(value)), method='cholesky')"
            ".reshape(np.shape(value))"
        },
        "It asks for the Cholesky factor of the covariance, which has none when sigma is 0.",
        "What the covariance is when sigma is 0.",
        "3",
    ),
)

CENTRE = (
    slip(
        "mean_zero",
        {SUM: "sigma * rng.standard_normal(np.shape(value))"},
        "best is left out: what is drawn lies around 0.",
        "What the noise is added to.",
        "3 6 12",
    ),
    slip(
        "no_noise",
        {SUM: "value.copy()"},
        "best comes back as it is, without any noise.",
        "Where the random numbers are drawn, and what becomes of them.",
        "2 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
    ),
    slip(
        "best_scaled_by_sigma",
        {SUM: "sigma * (value + rng.standard_normal(np.shape(value)))"},
        "best is multiplied by sigma together with the noise.",
        "Which part of the sum sigma belongs to.",
        "3 6 12",
    ),
    slip(
        "noise_multiplied",
        {SUM: "value * (1.0 + sigma * rng.standard_normal(np.shape(value)))"},
        "The noise is multiplied with best: large numbers get much of it, small ones little.",
        "What happens to an entry of best that is 0.",
        "9 11 13",
    ),
    slip(
        "noise_of_one_sign",
        {NORMAL: "np.abs(rng.standard_normal(np.shape(value)))"},
        "The noise is never below 0: every number goes up.",
        "The signs of many random numbers.",
        "12 13 17",
    ),
)

KIND = (
    slip(
        "uniform_noise",
        {NORMAL: "rng.uniform(-1.0, 1.0, np.shape(value))"},
        "The noise is uniform: it never goes further than sigma.",
        "The name of the function that draws it, and which distribution that has.",
        "13 17",
    ),
    slip(
        "uniform_noise_above_zero",
        {NORMAL: "rng.random(np.shape(value))"},
        "The noise is uniform between 0 and sigma: every number goes up.",
        "The name of the function that draws it, and which distribution that has.",
        "9 12 13 17",
    ),
    slip(
        "laplace_noise",
        {NORMAL: "rng.laplace(size=np.shape(value))"},
        "The noise is from a Laplace distribution: too much near 0 and too much far out.",
        "The name of the function that draws it, and which distribution that has.",
        "13 17",
    ),
    slip(
        "noise_cut_off",
        {NORMAL: "np.clip(rng.standard_normal(np.shape(value)), -2.0, 2.0)"},
        "The noise is cut off: nothing lies further than 2 sigma away.",
        "Whatever clips the random numbers.",
        "17",
    ),
    slip(
        "noise_of_fixed_size",
        {NORMAL: "rng.choice(np.array([-1.0, 1.0]), np.shape(value))"},
        "Each number goes up or down by sigma, never by more or less.",
        "Which values the random numbers can have.",
        "9 17",
    ),
)
