"""The known mistakes of stage 2 in the form of the result and in where the noise comes from."""

from .sampling_answer import IMPORT, ITEMS, NONE, NORMAL, SUM, loop, slip

FORM = (
    slip(
        "shape_flattened",
        {SUM: "np.ravel(value) + sigma * rng.standard_normal(np.size(value))"},
        "The arrays come back flat: their shapes are lost.",
        "What brings a flat array back into the shape that it had.",
        "1 11",
    ),
    slip(
        "lists_returned",
        {SUM: f"({SUM}).tolist()"},
        "Lists come back and not arrays.",
        "print(type(...)) of what stands under one key.",
        "1 10 11",
    ),
    slip(
        "values_without_keys",
        {"return {key: value +": "return [value +", ITEMS: "for key, value in best.items()]"},
        "A list of arrays comes back and not a dict.",
        "What has to stand under which name in the result.",
        "1 2 3 5 6 7 8 9 10 11 12 13 14 15 16 17",
    ),
    slip(
        "float32_returned",
        {SUM: f"({SUM}).astype(np.float32)"},
        "The arrays come back as float32.",
        "Where float32 comes in.",
        "10",
    ),
    slip(
        "noise_in_float32",
        {SUM: f"({SUM}).astype(np.float32).astype(np.float64)"},
        "The numbers are rounded to float32 on the way.",
        "Where float32 comes in.",
        "10 11",
    ),
    slip(
        "zero_shares_arrays",
        {NONE: NONE + "    if sigma == 0:\n        return dict(best)\n"},
        "With sigma 0 the arrays of best itself come back: whoever changes the new params changes best.",
        "What dict(best) copies: the dict, or the arrays in it too?",
        "3",
    ),
    slip(
        "best_changed",
        loop("value += sigma * rng.standard_normal(np.shape(value))", "new[key] = value"),
        "The noise is added into best itself: the best is lost.",
        "Lines that write into best or into its arrays: += changes the caller's array.",
        "4",
    ),
)

SOURCE = (
    slip(
        "rng_ignored",
        {NONE: "    rng = np.random.default_rng()\n"},
        "The noise does not come from the generator that is passed in, as if each call made a new one.",
        "What happens to the argument rng.",
        "5 8",
    ),
    slip(
        "global_random_functions",
        {NONE: "", NORMAL: "np.random.standard_normal(np.shape(value))"},
        "The noise comes from numpy's global functions and not from the generator that is passed in.",
        "Functions called as np.random.…: where do they get their numbers from?",
        "5 8",
    ),
    slip(
        "fixed_seed",
        {NONE: "    rng = np.random.default_rng(0)\n"},
        "Each call gives the same noise, as with a fixed seed in the function.",
        "Where a seed is set, and how often that line runs.",
        "5 7 8 9 12 13 14 15 16 17",
    ),
    slip(
        "fixed_seed_without_rng",
        {NONE: NONE.replace("default_rng()", "default_rng(0)")},
        "Without a generator each call gives the same noise, as with a fixed seed.",
        "What the function does when rng is None.",
        "9 16",
    ),
    slip(
        "none_not_handled",
        {NONE: ""},
        "rng=None is not handled: there is no generator to draw from then.",
        "What rng is when nobody passes one.",
        "9 16",
    ),
    slip(
        "global_functions_without_rng",
        {NONE: NONE.replace("np.random.default_rng()", "np.random")},
        "Without a generator the noise depends on numpy's global functions: np.random.seed repeats it.",
        "What stands in for rng where it is None: a new generator of its own.",
        "8",
    ),
    slip(
        "generator_copied",
        {IMPORT: "import copy\n\nimport numpy as np\n", NONE: NONE + "    rng = copy.deepcopy(rng)\n"},
        "The noise is drawn from a copy of the generator: the generator itself never moves on.",
        "What the second of two calls with one generator gives.",
        "7 16",
    ),
    slip(
        "one_generator_for_all_calls",
        {
            IMPORT: "import numpy as np\n\nSHARED = np.random.default_rng(0)\n",
            NONE: "    if rng is None:\n        rng = SHARED\n",
        },
        "Without rng all calls share a generator with a fixed seed: a new start of Python repeats their noise.",
        "What is made at the top of the file, outside the function, and from which seed.",
        "9",
    ),
    slip(
        "one_dict_for_all_calls",
        {
            IMPORT: "import numpy as np\n\nNEW = {}\n",
            "return {key:": "NEW.update({key:",
            ITEMS: ITEMS.replace("best.items()}", "best.items()})\n    return NEW"),
        },
        "Every call fills the same dict or arrays again, so a population is one member many times.",
        "Where the dict that is returned, and its arrays, are made, and how often.",
        "7 11",
    ),
    slip(
        "few_seeds",
        {NONE: NONE + "    rng = np.random.default_rng(rng.integers(1000))\n"},
        "A new generator is seeded with one of a few numbers: draws come back.",
        "How many different seeds there are.",
        "9 13 14 15 16 17",
    ),
)
