"""The lines of stage 3's model answer that its slips edit."""

from .slip import Slip

IMPORT = "import numpy as np\n"
BEST = "best = pop[int(np.argmax(results))]"
NEXT = "pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]"
DEF = "def evolve_serial("
EMPTY = "history = []"
FIRST = "pop = [init(rng=rng) for _ in range(pop_size)]"
TEST = "results = list(map(fitness, pop))"
RECORD = "history.append(results)"
RETURN = "return best, np.array(history, dtype=np.float64)"
SEED = "rng = np.random.default_rng(seed)"
LOOP = "for generation in range(generations):"
TELL = "on_generation(generation, best, results)"


def slip(name: str, fails: str, sentence: str, look: str, *edits: tuple[str, str]) -> Slip:
    """Return a slip of stage 3 that fails these checks, "3 6 13": the others are not run to recognise it."""
    return Slip(name, 3, edits, sentence, look, checks=tuple(f"3.{place}" for place in fails.split()))
