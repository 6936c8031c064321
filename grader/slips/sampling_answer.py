"""The pieces of stage 2's model answer that its known mistakes change."""

from .slip import Slip

IMPORT = "import numpy as np\n"
NONE = "    if rng is None:\n        rng = np.random.default_rng()\n"
RETURN = "    return {key: value + sigma * rng.standard_normal(np.shape(value)) for key, value in best.items()}\n"
SUM = "value + sigma * rng.standard_normal(np.shape(value))"
NORMAL = "rng.standard_normal(np.shape(value))"
SIGMA = "sigma * rng"
ITEMS = "for key, value in best.items()}"


def slip(name: str, edits: dict[str, str], sentence: str, look: str, fails: str) -> Slip:
    """Return a slip of stage 2 that fails these checks, "3 6 13": some of them draw many times."""
    return Slip(name, 2, tuple(edits.items()), sentence, look, checks=tuple(f"2.{place}" for place in fails.split()))


def loop(*lines: str) -> dict[str, str]:
    """Return the edit that builds the answer key by key."""
    body = "".join(f"        {line}\n" for line in lines)
    return {RETURN: f"    new = {{}}\n    for key, value in best.items():\n{body}    return new\n"}
