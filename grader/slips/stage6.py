"""Stage 6: the known mistakes when a whole population becomes one array."""

from .slip import Slip


def _slip(name: str, checks: str, sentence: str, look: str, *edits: tuple[str, str]) -> Slip:
    """Return a slip; ``checks`` are the numbers of those that it fails and that can name it."""
    return Slip(name=name, stage=6, edits=edits, sentence=sentence, look=look, checks=tuple(checks.split()))


STACK = "return {key: np.stack([params[key] for params in pop]) for key in pop[0]}"
X = "x = np.asarray(observations, dtype=np.float64)[:, None, :]"
HIDDEN = 'hidden = np.maximum(x @ stacked["w0"] + stacked["b0"], 0.0)'
OUTPUT = 'return (hidden @ stacked["w1"] + stacked["b1"])[:, 0, :]'
RESET = "observations = env.reset(seeds)"
UNTIL = "while not done.all():"
ACTIONS = 'actions = np.argmax(outputs, axis=1) if env_id.startswith("CartPole") else np.clip(outputs, -1.0, 1.0)'
STEP = "observations, rewards, done = env.step(actions)"
ADD = "        fitness += rewards\n"
RETURN = "    return fitness\n"

SLIPS = (
    _slip(
        "stack_last_axis",
        "6.1 6.2 6.6 6.7 6.8 6.9 6.10 6.11 6.12",
        "The members are counted by the last axis of each array; they should be counted by the first.",
        "Which axis np.stack puts the members on.",
        (STACK, "return {key: np.stack([params[key] for params in pop], axis=-1) for key in pop[0]}"),
    ),
    _slip(
        "stack_joined",
        "6.1 6.2 6.6 6.7 6.8 6.9 6.11 6.12",
        "The members' arrays are joined into one long array, without an axis that counts the members.",
        "The difference between np.concatenate and np.stack.",
        (STACK, "return {key: np.concatenate([params[key] for params in pop]) for key in pop[0]}"),
    ),
    _slip(
        "stack_lists",
        "6.1",
        "Under each key stands a list of arrays; it should be one array.",
        "What makes one array of a list of arrays.",
        (STACK, "return {key: [params[key] for params in pop] for key in pop[0]}"),
        (HIDDEN, 'hidden = np.maximum(x @ np.array(stacked["w0"]) + np.array(stacked["b0"]), 0.0)'),
        (OUTPUT, 'return (hidden @ np.array(stacked["w1"]) + np.array(stacked["b1"]))[:, 0, :]'),
    ),
    _slip(
        "stack_flat_biases",
        "6.1 6.2",
        "The biases have lost the axis of length 1: they come out as (pop_size, h_size).",
        "The shape of one member's b0.",
        (STACK, STACK.replace("params[key] for", "params[key][0] if key[0] == 'b' else params[key] for")),
        (HIDDEN, HIDDEN.replace('stacked["b0"]', 'stacked["b0"].reshape(len(x), 1, -1)')),
        (OUTPUT, OUTPUT.replace('stacked["b1"]', 'stacked["b1"].reshape(len(x), 1, -1)')),
    ),
    _slip(
        "stack_first_member",
        "6.2 6.6 6.7 6.8 6.9 6.11",
        "Every place holds the first member's arrays.",
        "Which member's arrays stand in the loop.",
        (STACK, "return {key: np.stack([pop[0][key] for params in pop]) for key in pop[0]}"),
    ),
    _slip(
        "stack_float32",
        "6.2 6.9 6.10",
        "The stacked arrays are float32, so the numbers are cut to seven digits.",
        "The dtype of what stack returns.",
        (STACK, "return {key: np.stack([params[key] for params in pop]).astype(np.float32) for key in pop[0]}"),
    ),
    _slip(
        "no_hidden_bias",
        "6.4 6.5 6.7 6.8 6.9 6.10 6.11",
        "This is what you get when the hidden layer's bias b0 is left out.",
        "Which of the four arrays enter the hidden layer.",
        (HIDDEN, 'hidden = np.maximum(x @ stacked["w0"], 0.0)'),
    ),
    _slip(
        "no_output_bias",
        "6.3 6.4 6.5 6.6 6.7 6.8 6.9 6.10 6.11",
        "This is what you get when the output's bias b1 is left out.",
        "Which of the four arrays enter the output.",
        (OUTPUT, 'return (hidden @ stacked["w1"])[:, 0, :]'),
    ),
    _slip(
        "no_relu",
        "6.3 6.4 6.5 6.7 6.8 6.9 6.10 6.11",
        "This is what you get without a relu on the hidden layer.",
        "What stands between the two layers.",
        (HIDDEN, 'hidden = x @ stacked["w0"] + stacked["b0"]'),
    ),
    _slip(
        "tanh",
        "6.3 6.4 6.5 6.7 6.8 6.9 6.10 6.11",
        "This is what you get with tanh on the hidden layer, where a relu belongs.",
        "The function between the two layers.",
        (HIDDEN, 'hidden = np.tanh(x @ stacked["w0"] + stacked["b0"])'),
    ),
    _slip(
        "bias_after_relu",
        "6.4 6.5 6.7 6.8 6.9 6.10 6.11",
        "The hidden bias is added after the relu; it belongs inside.",
        "The order of bias and relu.",
        (HIDDEN, 'hidden = np.maximum(x @ stacked["w0"], 0.0) + stacked["b0"]'),
    ),
    _slip(
        "relu_on_output",
        "6.3 6.4 6.5 6.7 6.9 6.10 6.11",
        "The output has no negative numbers: a relu is applied to it too.",
        "How often the relu is applied.",
        (OUTPUT, 'return np.maximum(hidden @ stacked["w1"] + stacked["b1"], 0.0)[:, 0, :]'),
    ),
    _slip(
        "one_network_for_all",
        "6.3 6.4 6.5 6.6 6.7 6.8 6.9 6.11",
        "Every observation goes through the first member's network.",
        "Which axis of the stacked arrays counts the members.",
        (HIDDEN, 'hidden = np.maximum(x @ stacked["w0"][:1] + stacked["b0"][:1], 0.0)'),
        (OUTPUT, 'return (hidden @ stacked["w1"][:1] + stacked["b1"][:1])[:, 0, :]'),
    ),
    _slip(
        "one_observation_for_all",
        "6.3 6.4 6.5 6.6 6.7 6.8 6.9 6.11",
        "Every member gets the first member's observation.",
        "Which axis of the observations counts the members.",
        (X, "x = np.asarray(observations, dtype=np.float64)[:1, None, :]"),
    ),
    _slip(
        "every_pair",
        "6.3 6.4 6.5 6.6 6.7 6.8 6.9 6.10 6.11 6.12",
        "Every observation goes through every network: the result has the population twice among its axes.",
        "The axis of length 1 that pairs observation k with member k in the product.",
        (X, "x = np.asarray(observations, dtype=np.float64)"),
        (OUTPUT, 'return hidden @ stacked["w1"] + stacked["b1"]'),
    ),
    _slip(
        "axis_left_over",
        "6.3 6.4 6.5",
        "The result keeps an axis of length 1 in the middle: (pop_size, 1, o_size).",
        "The shape of the last product.",
        (OUTPUT, 'return hidden @ stacked["w1"] + stacked["b1"]'),
        ("outputs = forward_batch(observations, stacked)", "outputs = forward_batch(observations, stacked)[:, 0]"),
    ),
    _slip(
        "float32_forward",
        "6.3 6.4 6.5 6.9 6.10",
        "The forward pass computes in float32, so it is right to seven digits only.",
        "The dtype of the observations, and what becomes of it.",
        (X, "x = np.asarray(observations, dtype=np.float32)[:, None, :]"),
        (HIDDEN, 'hidden = np.maximum(x @ stacked["w0"].astype(np.float32) + stacked["b0"].astype(np.float32), 0)'),
        (OUTPUT, 'return (hidden @ stacked["w1"].astype(np.float32) + stacked["b1"].astype(np.float32))[:, 0, :]'),
    ),
    _slip(
        "one_seed",
        "6.6 6.7 6.8 6.9 6.11",
        "Every member plays with the first seed.",
        "What env.reset is given.",
        (RESET, "observations = env.reset([seeds[0]] * len(pop))"),
    ),
    _slip(
        "seeds_ignored",
        "6.6 6.7 6.8 6.9 6.11",
        "The seeds that are given have no effect: the members play with 0, 1, 2 and so on.",
        "What env.reset is given.",
        (RESET, "observations = env.reset(list(range(len(pop))))"),
    ),
    _slip(
        "until_the_first",
        "6.6 6.7 6.8 6.9 6.11",
        "All episodes end as soon as the first one does.",
        "The difference between all and any.",
        (UNTIL, "while not done.any():"),
    ),
    _slip(
        "last_reward_lost",
        "6.6 6.7 6.8 6.9 6.10 6.11",
        "The reward of each episode's last step is missing: it is masked by a done that is already true.",
        "Whether done is from before the step or from after it.",
        (ADD, "        fitness += rewards * ~done\n"),
    ),
    _slip(
        "counts_on",
        "6.6 6.7 6.8 6.9 6.11",
        "Members whose episode has ended go on collecting: every member gets as much as the one that lasts longest.",
        "What is added for a member that is done.",
        (ADD, "        fitness += np.where(rewards != 0, rewards, 1.0)\n"),
    ),
    _slip(
        "last_reward_only",
        "6.6 6.7 6.8 6.9 6.10 6.11",
        "The fitness is one step's reward; it should be the sum of all.",
        "The difference between = and +=.",
        (ADD, "        fitness = np.where(done & (rewards == 0), fitness, rewards)\n"),
    ),
    _slip(
        "mean_reward",
        "6.6 6.7 6.8 6.9 6.10 6.11",
        "The fitness is an average; it should be the sum of the rewards.",
        "What is done with the rewards at the end.",
        ("    fitness = np.zeros(len(pop))\n", "    fitness = np.zeros(len(pop))\n    steps = np.zeros(len(pop))\n"),
        (ADD, "        fitness += rewards\n        steps += rewards != 0\n"),
        (RETURN, "    return fitness / np.maximum(steps, 1)\n"),
    ),
    _slip(
        "returns_list",
        "6.6 6.7 6.8 6.9 6.10 6.11",
        "episode_batch returns a list; it should be an array of shape (pop_size,).",
        "The type of what comes back.",
        (RETURN, "    return list(fitness)\n"),
    ),
    _slip(
        "returns_total",
        "6.6 6.7 6.8 6.9 6.10 6.11",
        "episode_batch returns one number for the whole population; it should be one a member.",
        "What is summed: over the steps, not over the members.",
        (RETURN, "    return fitness.sum()\n"),
    ),
    _slip(
        "argmin",
        "6.6 6.7 6.8 6.10 6.11",
        "The action is the index of the smallest output.",
        "Which output the action stands for.",
        (ACTIONS, ACTIONS.replace("argmax", "argmin")),
    ),
    _slip(
        "not_clipped",
        "6.9 6.10",
        "The car's actions are not clipped into [-1, 1], so large ones cost too much.",
        "What continuous_action of stage 1 does to an output.",
        (ACTIONS, ACTIONS.replace("np.clip(outputs, -1.0, 1.0)", "outputs")),
    ),
    _slip(
        "tanh_actions",
        "6.9 6.10",
        "The car's actions are squeezed by tanh; they should be clipped.",
        "What continuous_action of stage 1 does to an output.",
        (ACTIONS, ACTIONS.replace("np.clip(outputs, -1.0, 1.0)", "np.tanh(outputs)")),
    ),
    _slip(
        "sign_actions",
        "6.9 6.10",
        "The car only knows full power in one direction or the other.",
        "What continuous_action of stage 1 does to an output between -1 and 1.",
        (ACTIONS, ACTIONS.replace("np.clip(outputs, -1.0, 1.0)", "np.sign(outputs)")),
    ),
    _slip(
        "cartpole_only",
        "6.9 6.10",
        "Every environment gets the index of the largest output as its action, the car too, which needs a float.",
        "Which environments have which kind of action.",
        (ACTIONS, "actions = np.argmax(outputs, axis=1)"),
    ),
    _slip(
        "car_only",
        "6.6 6.7 6.8 6.10 6.11 6.12",
        "Every environment gets the clipped outputs as its action, CartPole too, which needs an int.",
        "Which environments have which kind of action.",
        (ACTIONS, "actions = np.clip(outputs, -1.0, 1.0)"),
    ),
    _slip(
        "wrong_argmax_axis",
        "6.6 6.7 6.8 6.10 6.11 6.12",
        "The largest output is looked for over the members, not over one member's outputs.",
        "The axis of argmax.",
        (ACTIONS, ACTIONS.replace("axis=1", "axis=0")),
    ),
    _slip(
        "first_observation_only",
        "6.6 6.7 6.8 6.9 6.10 6.11",
        "The actions never change: the network sees the first observation in every step.",
        "Which observation goes into forward_batch in the second step.",
        (STEP, "_, rewards, done = env.step(actions)"),
    ),
    _slip(
        "population_emptied",
        "6.12",
        "The population that is given is changed: its members are taken out or altered.",
        "What pop, del and += do to a list or an array that was passed in.",
        (STACK, "return {key: np.stack([params.pop(key) for params in pop]) for key in list(pop[0])}"),
    ),
    Slip(
        name="one_after_another",
        stage=6,
        edits=(
            ("from evolution import make_batch_env", "from evolution import episode, make_batch_env"),
            (
                "    stacked = stack(pop)\n    env = make",
                "    return np.array([episode(params, env_id, seed=seed) for params, seed in zip(pop, seeds)])\n"
                "    stacked = stack(pop)\n    env = make",
            ),
        ),
        sentence="The members play one after another, which takes as long as without arrays.",
        look="make_batch_env: one step of it moves the whole population.",
        signs={"speed": "as one after another"},
    ),
)
