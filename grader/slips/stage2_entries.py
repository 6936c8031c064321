"""The known mistakes of stage 2 in which entries get which noise."""

from .sampling_answer import ITEMS, NONE, NORMAL, SUM, loop, slip

SHARED = (
    slip(
        "same_noise_every_key",
        {
            NONE: NONE + "    noise = rng.standard_normal(max(np.size(value) for value in best.values()))\n",
            NORMAL: "noise[: np.size(value)].reshape(np.shape(value))",
        },
        "Every key gets the same noise: it is drawn once and used again for each.",
        "How often random numbers are drawn: once, or once for each key?",
        "15",
    ),
    slip(
        "one_number_for_each_key",
        {NORMAL: "rng.standard_normal()"},
        "All entries of a key get the same noise: one random number for the whole array.",
        "How many random numbers one array needs.",
        "14",
    ),
    slip(
        "one_number_for_all",
        {NONE: NONE + "    noise = rng.standard_normal()\n", NORMAL: "noise"},
        "All entries of all keys get the same noise: one random number for everything.",
        "How many random numbers all of best needs.",
        "14 15",
    ),
    slip(
        "one_row_for_all_rows",
        {NORMAL: "rng.standard_normal(np.shape(value)[-1:])"},
        "Every row of an array gets the same noise.",
        "The shape of the noise, and the shape of the array that it is added to.",
        "14",
    ),
    slip(
        "one_column_for_all_columns",
        {NORMAL: "rng.standard_normal((*np.shape(value)[:1], *[1] * (np.ndim(value) - 1)))"},
        "Every column of an array gets the same noise.",
        "The shape of the noise, and the shape of the array that it is added to.",
        "14",
    ),
    slip(
        "one_size_for_all",
        {
            NONE: NONE + "    size = rng.standard_normal()\n",
            NORMAL: "size * rng.choice(np.array([-1.0, 1.0]), np.shape(value))",
        },
        "All entries move by the same size, up or down.",
        "How many random numbers all of best needs.",
        "11 14 15",
    ),
)

WHERE = (
    slip(
        "only_the_weights",
        {SUM: SUM + " if key.startswith('w') else value.copy()"},
        "Only the weights get noise: the biases stay as they are.",
        "Which keys of best your function changes.",
        "2 11",
    ),
    slip(
        "only_the_last_key",
        {
            NONE: NONE + "    last = list(best)[-1]\n",
            SUM: SUM + " if key == last else value.copy()",
        },
        "Only the last key gets noise.",
        "Which lines belong to the loop, and which come after it.",
        "2 11",
    ),
    slip(
        "one_entry_only",
        loop(
            "new[key] = value.copy()",
            "new[key].reshape(-1)[rng.integers(np.size(value))] += sigma * rng.standard_normal()",
        ),
        "Only one entry of each key gets noise.",
        "How many entries of an array change in one call.",
        "2 9 11 13 14 15 17",
    ),
    slip(
        "biases_left_out",
        {ITEMS: "for key, value in best.items() if key.startswith('w')}"},
        "The biases are missing from what is returned.",
        "Which keys of best your function visits.",
        "1 10 11",
    ),
    slip(
        "keys_written_in",
        {
            SUM: "best[key] + sigma * rng.standard_normal(np.shape(best[key]))",
            ITEMS: "for key in ('w0', 'b0', 'w1', 'b1')}",
        },
        "The names w0, b0, w1 and b1 are written into the function: no other dict works.",
        "How to visit the keys of a dict without knowing their names.",
        "11",
    ),
    slip(
        "two_axes_only",
        {NORMAL: "rng.standard_normal((value.shape[0], value.shape[1]))"},
        "The function takes it that every array has two axes.",
        "How to ask an array for its whole shape, however many axes it has.",
        "11",
    ),
)
