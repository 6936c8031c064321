"""The lines of stage 4's model answer that its slips edit."""

from collections.abc import Hashable, Mapping

from .slip import Slip

HEAD = "import multiprocessing\n"
SEED = "rng = np.random.default_rng(seed)"
FIRST = "pop = [init(rng=rng) for _ in range(pop_size)]"
POOL = "with multiprocessing.Pool(processes) as pool:"
LOOP = "for generation in range(generations):"
TEST = "results = pool.map(fitness, pop, chunksize=1)"
BEST = "best = pop[int(np.argmax(results))]"
RECORD = "history.append(results)"
TELL = "on_generation(generation, best, results)"
NEXT = "pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]"
RETURN = "return best, np.array(history, dtype=np.float64)"


def slip(name: str, sentence: str, look: str, signs: Mapping[str, Hashable], *edits: tuple[str, str]) -> Slip:
    """Return a slip of stage 4, known by its signs."""
    return Slip(name=name, stage=4, edits=edits, sentence=sentence, look=look, signs=signs)
