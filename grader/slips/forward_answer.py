"""The pieces of stage 1's model answer that its known mistakes change."""

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
