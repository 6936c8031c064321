"""Pieces of the model answer of stage 6 that its slips vary."""

from .slip import Slip

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


def slip(name: str, checks: str, sentence: str, look: str, *edits: tuple[str, str]) -> Slip:
    """Return a slip of stage 6; ``checks`` are the numbers of those that it fails and that can name it."""
    return Slip(name=name, stage=6, edits=edits, sentence=sentence, look=look, checks=tuple(checks.split()))
