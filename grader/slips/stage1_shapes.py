"""The known mistakes of stage 1 in what goes in and comes out: shapes, types, arguments."""

from .forward_answer import HIDDEN, OUTPUT, X, slip

SHAPES = (
    slip(
        "output_of_shape_1_o",
        {OUTPUT: 'return hidden @ params["w1"] + params["b1"]'},
        "The output is right but is still a row of shape (1, o_size).",
        "print(output.shape): what takes the outer brackets off?",
    ),
    slip(
        "output_squeezed",
        {OUTPUT: 'return (hidden @ params["w1"] + params["b1"]).squeeze()'},
        "The output loses its only axis where there is one output: its shape is ().",
        "What squeeze does with shape (1, 1).",
    ),
    slip(
        "output_as_a_list",
        {OUTPUT: OUTPUT + ".tolist()"},
        "The output is a list and not an array.",
        "print(type(output)): which line makes it a list?",
    ),
    slip(
        "output_in_float32",
        {OUTPUT: OUTPUT + ".astype(np.float32)"},
        "The output is turned into float32: it is right to seven digits only.",
        "Where float32 comes in, and what type params has.",
    ),
    slip(
        "input_cut_to_float32",
        {X: "    x = np.asarray(x, dtype=np.float32).reshape(1, -1)\n"},
        "The observation is turned into float32 first: what comes out is right to seven digits only.",
        "Where float32 comes in, and what type params has.",
    ),
    slip(
        "observation_not_flattened",
        {X: "    x = np.asarray(x, dtype=np.float64)\n"},
        "The observation is used in the shape that it has: it works for (i_size,) only.",
        "The shape of x before the first product, for x of shape (2, 1).",
    ),
    slip(
        "observation_squeezed",
        {X: "    x = np.asarray(x, dtype=np.float64).squeeze()\n"},
        "The observation is squeezed and not flattened: shape (2, 2) stays as it is, and size 1 loses its axis.",
        "What squeeze does with the shapes (2, 2) and (1,), and what flatten does.",
    ),
    slip(
        "hidden_squeezed",
        {HIDDEN: HIDDEN + ".squeeze()"},
        "The hidden layer is squeezed: where it has a single unit, it loses its only axis.",
        "What squeeze does with the shapes (1, 10) and (1, 1), and what it is there for.",
    ),
    slip(
        "observation_reshaped_in_place",
        {X: "    x.shape = (1, -1)\n"},
        "The caller's own observation gets a new shape.",
        "Assigning to .shape changes the array itself. Which functions return a new one?",
    ),
    slip(
        "observation_changed",
        {X: "    x *= 2.0\n    x = np.asarray(x, dtype=np.float64).reshape(1, -1) / 2.0\n"},
        "The caller's own observation is changed.",
        "Lines that write into x: +=, *= and [...] = change the caller's array.",
    ),
    slip(
        "bias_changed",
        {
            OUTPUT: 'params["b1"] += hidden @ params["w1"]\n    return params["b1"].reshape(-1).copy()',
        },
        "The output is added up in the caller's own b1: the next call starts from there.",
        "Lines that write into params: += changes the caller's array.",
    ),
)
