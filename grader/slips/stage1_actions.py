"""The known mistakes of stage 1 in the two actions."""

from .forward_answer import CONTINUOUS, DISCRETE, slip

ACTIONS = (
    slip(
        "action_from_the_observation",
        {DISCRETE: "return int(np.argmax(x))"},
        "The action is the place of the observation's largest number; the network plays no part in it.",
        "What discrete_action hands to the function that looks for the largest.",
    ),
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
        "action_without_biases",
        {DISCRETE: 'return int(np.argmax(np.maximum(np.ravel(x) @ params["w0"], 0.0) @ params["w1"]))'},
        "The action computes the network once more, and without its biases.",
        "What discrete_action needs from the network, and which function here already gives it.",
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
