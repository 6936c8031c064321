"""The known mistakes of stage 1 in the network: its products, biases and its relu."""

from .forward_answer import HIDDEN, OUTPUT, X, slip

NETWORK = (
    slip(
        "no_hidden_bias",
        {HIDDEN: 'hidden = np.maximum(x @ params["w0"], 0.0)'},
        "The hidden layer has no bias: b0 is never added.",
        "Each layer of the formula adds something after its product. Does yours, in both layers?",
    ),
    slip(
        "no_output_bias",
        {OUTPUT: 'return (hidden @ params["w1"]).reshape(-1)'},
        "The output has no bias: b1 is never added.",
        "Each layer of the formula adds something after its product. Does yours, in both layers?",
    ),
    slip(
        "no_biases",
        {
            HIDDEN: 'hidden = np.maximum(x @ params["w0"], 0.0)',
            OUTPUT: 'return (hidden @ params["w1"]).reshape(-1)',
        },
        "Neither layer has a bias: b0 and b1 are never added.",
        "Which of the four arrays in params does your forward use?",
    ),
    slip(
        "biases_swapped",
        {'params["b0"]': 'params["b1"].mean()', 'params["b1"]).reshape': 'params["b0"].mean()).reshape'},
        "The two biases are swapped: b1 goes into the hidden layer and b0 into the output.",
        "The shapes of b0 and b1 tell which layer each belongs to.",
    ),
    slip(
        "bias_subtracted",
        {'params["w0"] + params["b0"]': 'params["w0"] - params["b0"]'},
        "The hidden layer's bias is subtracted.",
        "The sign in front of b0.",
    ),
    slip(
        "bias_after_relu",
        {HIDDEN: 'hidden = np.maximum(x @ params["w0"], 0.0) + params["b0"]'},
        "The hidden layer's bias is added after the relu.",
        "The order in the hidden layer: product, bias, relu. Which of them come inside the brackets?",
    ),
    slip(
        "no_relu",
        {HIDDEN: 'hidden = x @ params["w0"] + params["b0"]'},
        "The hidden layer has no relu: negative numbers pass through it.",
        "Print the hidden layer: a relu leaves no number below zero.",
    ),
    slip(
        "tanh_for_relu",
        {HIDDEN: 'hidden = np.tanh(x @ params["w0"] + params["b0"])'},
        "The hidden layer uses tanh in the place of the relu.",
        "Print the hidden layer: after a relu, what becomes of 3.0 and of -3.0?",
    ),
    slip(
        "sigmoid_for_relu",
        {HIDDEN: 'hidden = 1.0 / (1.0 + np.exp(-(x @ params["w0"] + params["b0"])))'},
        "The hidden layer uses a sigmoid in the place of the relu.",
        "Print the hidden layer: after a relu, what becomes of 3.0 and of -3.0?",
    ),
    slip(
        "abs_for_relu",
        {HIDDEN: 'hidden = np.abs(x @ params["w0"] + params["b0"])'},
        "The hidden layer takes the absolute value in the place of the relu: -3.0 becomes 3.0.",
        "Print the hidden layer: after a relu, what becomes of -3.0?",
    ),
    slip(
        "leaky_relu",
        {
            HIDDEN: 'hidden = x @ params["w0"] + params["b0"]\n'
            "    hidden = np.where(hidden > 0.0, hidden, 0.01 * hidden)"
        },
        "The hidden layer uses a leaky relu: negative numbers become small and not zero.",
        "Print the hidden layer: a relu leaves no number below zero.",
    ),
    slip(
        "relu_the_wrong_way_round",
        {HIDDEN: 'hidden = np.minimum(x @ params["w0"] + params["b0"], 0.0)'},
        "The relu is the wrong way round: negative numbers stay and positive ones become zero.",
        "Print the hidden layer: after a relu, what becomes of 3.0 and of -3.0?",
    ),
    slip(
        "relu_held_at_one",
        {HIDDEN: 'hidden = np.clip(x @ params["w0"] + params["b0"], 0.0, 1.0)'},
        "The hidden layer is held between 0 and 1: large numbers are cut off too.",
        "Print the hidden layer: after a relu, what becomes of 3.0?",
    ),
    slip(
        "relu_on_the_output_too",
        {OUTPUT: 'return np.maximum(hidden @ params["w1"] + params["b1"], 0.0).reshape(-1)'},
        "The relu is applied to the output as well: no output is ever below zero.",
        "The formula has one relu. Which layer does it stand in?",
    ),
    slip(
        "relu_on_the_output_only",
        {
            HIDDEN: 'hidden = x @ params["w0"] + params["b0"]',
            OUTPUT: 'return np.maximum(hidden @ params["w1"] + params["b1"], 0.0).reshape(-1)',
        },
        "The relu is applied to the output, and the hidden layer has none.",
        "The formula has one relu. Which layer does it stand in?",
    ),
    slip(
        "tanh_on_the_output",
        {OUTPUT: 'return np.tanh(hidden @ params["w1"] + params["b1"]).reshape(-1)'},
        "The output goes through a tanh: it never leaves the range from -1 to 1.",
        "What forward does after the second bias. The formula ends there.",
    ),
    slip(
        "softmax_on_the_output",
        {
            OUTPUT: 'output = (hidden @ params["w1"] + params["b1"]).reshape(-1)\n'
            "    return np.exp(output - output.max()) / np.exp(output - output.max()).sum()"
        },
        "The output goes through a softmax: its numbers are positive and add up to 1.",
        "What forward does after the second bias. The formula ends there.",
    ),
    slip(
        "output_clipped_in_forward",
        {OUTPUT: 'return np.clip((hidden @ params["w1"] + params["b1"]).reshape(-1), -1.0, 1.0)'},
        "forward itself holds its output between -1 and 1.",
        "Which of the three functions is the one that holds the output in a range?",
    ),
    slip(
        "weights_transposed",
        {'x @ params["w0"]': 'x @ params["w0"].T', 'hidden @ params["w1"]': 'hidden @ params["w1"].T'},
        "The weights are transposed: the sizes in the product do not fit together.",
        "Write the shapes under the product: x is (1, i_size) and w0 is (i_size, h_size).",
    ),
    slip(
        "product_the_wrong_way_round",
        {'x @ params["w0"]': 'params["w0"] @ x'},
        "The first product is the wrong way round: the weights stand left of x.",
        "Write the shapes under the product: the two numbers that meet in the middle have to be equal.",
    ),
    slip(
        "first_weights_used_twice",
        {'hidden @ params["w1"]': 'hidden @ params["w0"]'},
        "The second layer uses w0 again in the place of w1.",
        "Which of the four arrays in params does your forward use, and how often?",
    ),
    slip(
        "largest_of_all",
        {HIDDEN: 'hidden = np.max(0, x @ params["w0"] + params["b0"])'},
        "np.max looks for the largest number of one array; a relu compares each number with 0.",
        "What np.max and np.maximum each do with two arguments.",
    ),
    slip(
        "max_of_python",
        {HIDDEN: 'hidden = max(0.0, x @ params["w0"] + params["b0"])'},
        "Python's own max compares the whole hidden layer with 0 at once; a relu goes number by number.",
        "Which function takes the larger of two numbers in every place of an array.",
    ),
    slip(
        "weights_before_columns",
        {
            X: "    x = np.asarray(x, dtype=np.float64).reshape(-1, 1)\n",
            HIDDEN: 'hidden = np.maximum(params["w0"] @ x + params["b0"].T, 0.0)',
            OUTPUT: 'return (params["w1"] @ hidden + params["b1"].T).reshape(-1)',
        },
        "The weights stand before x, as for columns, but as they are: then the shapes don't fit.",
        "Print the two shapes of the first product: the two sizes that meet in it are the same one.",
    ),
    slip(
        "row_added_to_a_column",
        {
            X: "    x = np.asarray(x, dtype=np.float64).reshape(-1, 1)\n",
            HIDDEN: 'hidden = np.maximum(params["w0"].T @ x + params["b0"], 0.0)',
            OUTPUT: 'return (params["w1"].T @ hidden + params["b1"]).reshape(-1)',
        },
        "The layer is a column and its bias a row: added, they make a whole matrix.",
        "Print the shapes of the product and of the bias, and of their sum.",
    ),
    slip(
        "dot_the_wrong_way_round",
        {
            X: "    x = np.asarray(x, dtype=np.float64).reshape(-1)\n",
            HIDDEN: 'hidden = np.maximum(np.dot(params["w0"], x) + params["b0"], 0.0)',
            OUTPUT: 'return (np.dot(params["w1"], hidden) + params["b1"]).reshape(-1)',
        },
        "The product is the wrong way round: the weights come first, x second.",
        "The shapes of both sides of the product, and which two numbers have to agree.",
    ),
    slip(
        "bias_and_weights_swapped",
        {
            HIDDEN: 'hidden = np.maximum(x.reshape(-1) @ params["w0"] + params["w1"], 0.0)',
            OUTPUT: 'return (hidden @ params["b0"] + params["b1"]).reshape(-1)',
        },
        "b0 and w1 have changed places.",
        "The order in which the four arrays are taken out of params: a dict has names for them.",
    ),
    slip(
        "entrywise_product",
        {'x @ params["w0"]': "x * params['w0']"},
        "The first product multiplies entry by entry and does not add up.",
        "What *, @ and np.dot each do with two arrays.",
    ),
)
