"""The known mistakes of stage 1: the forward pass and the two actions."""

from ..models import Edit
from .slip import Slip

X = "    x = np.asarray(x, dtype=np.float64).reshape(1, -1)\n"
HIDDEN = 'hidden = np.maximum(x @ params["w0"] + params["b0"], 0.0)'
OUTPUT = 'return (hidden @ params["w1"] + params["b1"]).reshape(-1)'
DISCRETE = "return int(np.argmax(forward(x, params)))"
CONTINUOUS = "return np.clip(forward(x, params), -1.0, 1.0)"


def slip(name: str, edits: dict[str, str], sentence: str, look: str) -> Slip:
    """Return a slip of stage 1."""
    pairs: tuple[Edit, ...] = tuple(edits.items())
    return Slip(name, 1, pairs, sentence, look)


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
        "entrywise_product",
        {'x @ params["w0"]': "x * params['w0']"},
        "The first product multiplies entry by entry and does not add up.",
        "What *, @ and np.dot each do with two arrays.",
    ),
)

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

ACTIONS = (
    slip(
        "argmin",
        {DISCRETE: "return int(np.argmin(forward(x, params)))"},
        "The action is the place of the smallest output.",
        "What np.argmin and np.argmax each return for [3.0, 1.0, 2.0].",
    ),
    slip(
        "largest_value_for_its_place",
        {DISCRETE: "return int(np.max(forward(x, params)))"},
        "The action is the largest output itself and not its place.",
        "What np.max and np.argmax each return for [3.0, 1.0, 2.0].",
    ),
    slip(
        "largest_by_size",
        {DISCRETE: "return int(np.argmax(np.abs(forward(x, params))))"},
        "The action is the place of the output that is furthest from zero, whatever its sign.",
        "What happens to an output of -4.0 on the way to the action.",
    ),
    slip(
        "first_output_against_zero",
        {DISCRETE: "return int(forward(x, params)[0] > 0)"},
        "The action asks whether the first output is above zero, and doesn't compare the outputs.",
        "An example in which both outputs are above zero.",
    ),
    slip(
        "two_outputs_only",
        {DISCRETE: "output = forward(x, params)\n    return int(output[1] > output[0])"},
        "The action compares the first two outputs only.",
        "A network with three outputs whose third is the largest.",
    ),
    slip(
        "index_from_one",
        {DISCRETE: "return int(np.argmax(forward(x, params))) + 1"},
        "The action is counted from 1.",
        "What the first action of an environment is called.",
    ),
    slip(
        "last_index_only",
        {DISCRETE: "return len(forward(x, params)) - 1"},
        "The action is the last one, whatever the outputs are.",
        "Two observations for which the action has to differ.",
    ),
    slip(
        "action_drawn_at_random",
        {
            DISCRETE: "output = forward(x, params)\n"
            "    chances = np.exp(output - output.max()) / np.exp(output - output.max()).sum()\n"
            "    return int(np.random.default_rng().choice(len(output), p=chances))"
        },
        "The action is drawn at random, with the outputs as chances: the same arguments give different actions.",
        "Call it twice with the same arguments.",
    ),
    slip(
        "action_as_an_array",
        {DISCRETE: "return np.array([np.argmax(forward(x, params))])"},
        "The action is an array that holds the place, and not the place itself.",
        "print(type(action)): which line makes it an array?",
    ),
    slip(
        "action_as_a_float",
        {DISCRETE: "return float(np.argmax(forward(x, params)))"},
        "The action is a float.",
        "print(type(action)): which line makes it a float?",
    ),
    slip(
        "action_as_a_bool",
        {DISCRETE: "output = forward(x, params)\n    return bool(output[1] > output[0])"},
        "The action is True or False, from comparing the first two outputs, and not a place.",
        "print(type(action)), and a network with three outputs.",
    ),
    slip(
        "fails_on_a_tie",
        {DISCRETE: "output = forward(x, params)\n    return int(np.flatnonzero(output == output.max()).item())"},
        "It asks for all places of the largest output and takes them for one: it fails where there are two.",
        "What is returned for [2.0, 2.0].",
    ),
    slip(
        "not_clipped",
        {CONTINUOUS: "return forward(x, params)"},
        "The action is the output as it is: nothing holds it between -1 and 1.",
        "What is returned for an output of 3.0.",
    ),
    slip(
        "clipped_from_zero",
        {CONTINUOUS: "return np.clip(forward(x, params), 0.0, 1.0)"},
        "The action is held between 0 and 1: no action is ever below zero.",
        "Both ends of the range.",
    ),
    slip(
        "clipped_above_only",
        {CONTINUOUS: "return np.minimum(forward(x, params), 1.0)"},
        "The action is cut off above 1, but not below -1.",
        "What is returned for an output of -3.0.",
    ),
    slip(
        "clipped_below_only",
        {CONTINUOUS: "return np.maximum(forward(x, params), -1.0)"},
        "The action is cut off below -1, but not above 1.",
        "What is returned for an output of 3.0.",
    ),
    slip(
        "tanh_for_clip",
        {CONTINUOUS: "return np.tanh(forward(x, params))"},
        "The action goes through a tanh: an output between -1 and 1 is changed too.",
        "What is returned for an output of 0.5.",
    ),
    slip(
        "sign_for_clip",
        {CONTINUOUS: "return np.sign(forward(x, params))"},
        "The action is the sign of the output: an output between -1 and 1 is changed too.",
        "What is returned for an output of 0.5.",
    ),
    slip(
        "divided_by_the_largest",
        {CONTINUOUS: "output = forward(x, params)\n    return output / np.maximum(np.abs(output).max(), 1.0)"},
        "The action is divided by the largest output: outputs inside the range are changed too.",
        "What is returned for the outputs 0.5 and 3.0 together.",
    ),
    slip(
        "continuous_action_as_a_number",
        {CONTINUOUS: "return float(np.clip(forward(x, params), -1.0, 1.0)[0])"},
        "The action is a single number and not an array.",
        "print(type(action)): env.step takes an array, for one output too.",
    ),
)

SLIPS = NETWORK + SHAPES + ACTIONS
