"""The lines of stage 3's model answer that its slips edit."""

from .slip import Slip

IMPORT = "import numpy as np\n"
BEST = "best = pop[int(np.argmax(results))]"
NEXT = "pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]"
FIRST = "pop = [init(rng=rng) for _ in range(pop_size)]"
TEST = "results = list(map(fitness, pop))"
RECORD = "history.append(results)"
RETURN = "return best, np.array(history, dtype=np.float64)"
SEED = "rng = np.random.default_rng(seed)"
LOOP = "for generation in range(generations):"
TELL = "on_generation(generation, best, results)"


def slip(name: str, sentence: str, look: str, *edits: tuple[str, str]) -> Slip:
    """Return a slip of stage 3."""
    return Slip(name=name, stage=3, edits=edits, sentence=sentence, look=look)
