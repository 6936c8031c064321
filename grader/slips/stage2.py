"""The known mistakes of stage 2: generating new parameters around the best."""

from .slip import Slip

IMPORT = "import numpy as np\n"
NONE = "    if rng is None:\n        rng = np.random.default_rng()\n"
RETURN = "    return {key: value + sigma * rng.standard_normal(np.shape(value)) for key, value in best.items()}\n"
SUM = "value + sigma * rng.standard_normal(np.shape(value))"
NORMAL = "rng.standard_normal(np.shape(value))"
SIGMA = "sigma * rng"
ITEMS = "for key, value in best.items()}"


def slip(name: str, edits: dict[str, str], sentence: str, look: str) -> Slip:
    """Return a slip of stage 2."""
    return Slip(name, 2, tuple(edits.items()), sentence, look)


def loop(*lines: str) -> dict[str, str]:
    """Return the edit that builds the answer key by key."""
    body = "".join(f"        {line}\n" for line in lines)
    return {RETURN: f"    new = {{}}\n    for key, value in best.items():\n{body}    return new\n"}


WIDTH = (
    slip(
        "sigma_ignored",
        {SIGMA: "rng"},
        "sigma is never used: the noise is always 1 wide.",
        "Call it with sigma=0.001. How far are the numbers from best?",
    ),
    slip(
        "sigma_squared",
        {SIGMA: "sigma**2 * rng"},
        "The noise is sigma squared wide: sigma is taken for the variance's root once too often.",
        "Which of the two your function asks for, the standard deviation or the variance, and which one sigma is.",
    ),
    slip(
        "sigma_taken_for_the_variance",
        {SIGMA: "np.sqrt(sigma) * rng"},
        "The noise is as wide as the square root of sigma: sigma is taken for the variance.",
        "Which of the two your function asks for, the standard deviation or the variance, and which one sigma is.",
    ),
    slip(
        "sigma_doubled",
        {SIGMA: "2 * sigma * rng"},
        "The noise is twice as wide as sigma.",
        "Is noise added twice, or multiplied by something besides sigma?",
    ),
    slip(
        "another_default_sigma",
        {"def sample_params(best, sigma=1.0": "def sample_params(best, sigma=0.1"},
        "Without sigma the noise is not 1 wide: the default value has changed.",
        "The first line of the function.",
    ),
    slip(
        "sigma_zero_means_one",
        {NONE: NONE + "    sigma = sigma or 1.0\n"},
        "A sigma of 0 is taken for no sigma at all.",
        "What `sigma or 1.0` gives for 0.",
    ),
    slip(
        "division_by_sigma",
        {
            NONE: NONE + "    z = {key: rng.standard_normal(np.shape(value)) for key, value in best.items()}\n",
            SUM: "(value / sigma + z[key]) * sigma",
        },
        "Something is divided by sigma: with sigma=0 nothing is left but nan.",
        "What 1.0 / sigma is when sigma is 0.",
    ),
    slip(
        "cholesky_of_zero",
        {
            SUM: "rng.multivariate_normal(np.ravel(value), sigma**2 * np.eye(np.size(value)), method='cholesky')"
            ".reshape(np.shape(value))"
        },
        "It asks for the Cholesky factor of the covariance, which has none when sigma is 0.",
        "What the covariance is when sigma is 0.",
    ),
)

CENTRE = (
    slip(
        "mean_zero",
        {SUM: "sigma * rng.standard_normal(np.shape(value))"},
        "best is left out: what is drawn lies around 0.",
        "What the noise is added to.",
    ),
    slip(
        "no_noise",
        {SUM: "value.copy()"},
        "best comes back as it is, without any noise.",
        "Where the random numbers are drawn, and what becomes of them.",
    ),
    slip(
        "best_scaled_by_sigma",
        {SUM: "sigma * (value + rng.standard_normal(np.shape(value)))"},
        "best is multiplied by sigma together with the noise.",
        "Which part of the sum sigma belongs to.",
    ),
    slip(
        "noise_multiplied",
        {SUM: "value * (1.0 + sigma * rng.standard_normal(np.shape(value)))"},
        "The noise is multiplied with best: large numbers get much of it, small ones little.",
        "What happens to an entry of best that is 0.",
    ),
    slip(
        "noise_of_one_sign",
        {NORMAL: "np.abs(rng.standard_normal(np.shape(value)))"},
        "The noise is never below 0: every number goes up.",
        "The signs of many random numbers.",
    ),
)

KIND = (
    slip(
        "uniform_noise",
        {NORMAL: "rng.uniform(-1.0, 1.0, np.shape(value))"},
        "The noise is uniform: it never goes further than sigma.",
        "The name of the function that draws it, and which distribution that has.",
    ),
    slip(
        "uniform_noise_above_zero",
        {NORMAL: "rng.random(np.shape(value))"},
        "The noise is uniform between 0 and sigma: every number goes up.",
        "The name of the function that draws it, and which distribution that has.",
    ),
    slip(
        "laplace_noise",
        {NORMAL: "rng.laplace(size=np.shape(value))"},
        "The noise is from a Laplace distribution: too much near 0 and too much far out.",
        "The name of the function that draws it, and which distribution that has.",
    ),
    slip(
        "noise_cut_off",
        {NORMAL: "np.clip(rng.standard_normal(np.shape(value)), -2.0, 2.0)"},
        "The noise is cut off: nothing lies further than 2 sigma away.",
        "Whatever clips the random numbers.",
    ),
    slip(
        "noise_of_fixed_size",
        {NORMAL: "rng.choice(np.array([-1.0, 1.0]), np.shape(value))"},
        "Each number goes up or down by just sigma.",
        "Which values the random numbers can have.",
    ),
)

SHARED = (
    slip(
        "same_noise_every_key",
        {
            NONE: NONE + "    noise = rng.standard_normal(max(np.size(value) for value in best.values()))\n",
            NORMAL: "noise[: np.size(value)].reshape(np.shape(value))",
        },
        "Every key gets the same noise: it is drawn once and used again for each.",
        "How often random numbers are drawn: once, or once for each key?",
    ),
    slip(
        "one_number_for_each_key",
        {NORMAL: "rng.standard_normal()"},
        "All entries of a key get the same noise: one random number for the whole array.",
        "How many random numbers one array needs.",
    ),
    slip(
        "one_number_for_all",
        {NONE: NONE + "    noise = rng.standard_normal()\n", NORMAL: "noise"},
        "All entries of all keys get the same noise: one random number for everything.",
        "How many random numbers all of best needs.",
    ),
    slip(
        "one_row_for_all_rows",
        {NORMAL: "rng.standard_normal(np.shape(value)[-1:])"},
        "Every row of an array gets the same noise.",
        "The shape of the noise, and the shape of the array that it is added to.",
    ),
    slip(
        "one_column_for_all_columns",
        {NORMAL: "rng.standard_normal((*np.shape(value)[:1], *[1] * (np.ndim(value) - 1)))"},
        "Every column of an array gets the same noise.",
        "The shape of the noise, and the shape of the array that it is added to.",
    ),
    slip(
        "one_size_for_all",
        {
            NONE: NONE + "    size = rng.standard_normal()\n",
            NORMAL: "size * rng.choice(np.array([-1.0, 1.0]), np.shape(value))",
        },
        "All entries move by the same size, up or down.",
        "How many random numbers all of best needs.",
    ),
)

WHERE = (
    slip(
        "only_the_weights",
        {SUM: SUM + " if key.startswith('w') else value.copy()"},
        "Only the weights get noise: the biases stay as they are.",
        "Which keys of best your function changes.",
    ),
    slip(
        "only_the_last_key",
        {
            NONE: NONE + "    last = list(best)[-1]\n",
            SUM: SUM + " if key == last else value.copy()",
        },
        "Only the last key gets noise.",
        "Which lines belong to the loop, and which come after it.",
    ),
    slip(
        "one_entry_only",
        loop(
            "new[key] = value.copy()",
            "new[key].reshape(-1)[rng.integers(np.size(value))] += sigma * rng.standard_normal()",
        ),
        "Only one entry of each key gets noise.",
        "How many entries of an array change in one call.",
    ),
    slip(
        "biases_left_out",
        {ITEMS: "for key, value in best.items() if key.startswith('w')}"},
        "The biases are missing from what is returned.",
        "Which keys of best your function visits.",
    ),
    slip(
        "keys_written_in",
        {
            SUM: "best[key] + sigma * rng.standard_normal(np.shape(best[key]))",
            ITEMS: "for key in ('w0', 'b0', 'w1', 'b1')}",
        },
        "The names w0, b0, w1 and b1 are written into the function: no other dict works.",
        "How to visit the keys of a dict without knowing their names.",
    ),
    slip(
        "two_axes_only",
        {NORMAL: "rng.standard_normal((value.shape[0], value.shape[1]))"},
        "The function takes it that every array has two axes.",
        "How to ask an array for its whole shape, however many axes it has.",
    ),
)

FORM = (
    slip(
        "shape_flattened",
        {SUM: "np.ravel(value) + sigma * rng.standard_normal(np.size(value))"},
        "The arrays come back flat: their shapes are lost.",
        "What brings a flat array back into the shape that it had.",
    ),
    slip(
        "lists_returned",
        {SUM: f"({SUM}).tolist()"},
        "Lists come back and not arrays.",
        "print(type(...)) of what stands under one key.",
    ),
    slip(
        "values_without_keys",
        {"return {key: value +": "return [value +", ITEMS: "for key, value in best.items()]"},
        "A list of arrays comes back and not a dict.",
        "What has to stand under which name in the result.",
    ),
    slip(
        "float32_returned",
        {SUM: f"({SUM}).astype(np.float32)"},
        "The arrays come back as float32.",
        "Where float32 comes in.",
    ),
    slip(
        "noise_in_float32",
        {SUM: f"({SUM}).astype(np.float32).astype(np.float64)"},
        "The numbers are rounded to float32 on the way.",
        "Where float32 comes in.",
    ),
    slip(
        "best_changed",
        loop("value += sigma * rng.standard_normal(np.shape(value))", "new[key] = value"),
        "The noise is added into best itself: the best is lost.",
        "Lines that write into best or into its arrays: += changes the caller's array.",
    ),
)

SOURCE = (
    slip(
        "rng_ignored",
        {NONE: "    rng = np.random.default_rng()\n"},
        "The generator that is passed in is not used: a new one is made in each call.",
        "What happens to the argument rng.",
    ),
    slip(
        "global_random_functions",
        {NONE: "", NORMAL: "np.random.standard_normal(np.shape(value))"},
        "The noise comes from numpy's global functions and not from the generator that is passed in.",
        "Functions called as np.random.…: where do they get their numbers from?",
    ),
    slip(
        "fixed_seed",
        {NONE: "    rng = np.random.default_rng(0)\n"},
        "Each call gives the same noise, as with a fixed seed in the function.",
        "Where a seed is set, and how often that line runs.",
    ),
    slip(
        "fixed_seed_without_rng",
        {NONE: NONE.replace("default_rng()", "default_rng(0)")},
        "Without a generator each call gives the same noise, as with a fixed seed.",
        "What the function does when rng is None.",
    ),
    slip(
        "none_not_handled",
        {NONE: ""},
        "rng=None is not handled: there is no generator to draw from then.",
        "What rng is when nobody passes one.",
    ),
    slip(
        "generator_copied",
        {IMPORT: "import copy\n\nimport numpy as np\n", NONE: NONE + "    rng = copy.deepcopy(rng)\n"},
        "The noise is drawn from a copy of the generator: the generator itself never moves on.",
        "What the second of two calls with one generator gives.",
    ),
    slip(
        "few_seeds",
        {NONE: NONE + "    rng = np.random.default_rng(rng.integers(100))\n"},
        "A new generator is seeded with one of a few numbers: draws come back.",
        "How many different seeds there are.",
    ),
)

SLIPS = WIDTH + CENTRE + KIND + SHARED + WHERE + FORM + SOURCE
