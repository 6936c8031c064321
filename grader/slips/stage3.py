"""The known mistakes of stage 3: here those about generation 0 and the seed, with the others' modules beside it."""

from .serial_answer import FIRST, IMPORT, NEXT, SEED, slip
from .stage3_reporting import COUNT, RETURNED, WATCHED
from .stage3_selection import CHILDREN, SELECTION

START = (
    slip(
        "init_without_rng",
        "2 11",
        "Generation 0 does not depend on the seed, because init gets no Generator and makes one of its own.",
        "The call of init and its argument.",
        (FIRST, FIRST.replace("rng=rng", "")),
    ),
    slip(
        "init_once",
        "2",
        "Generation 0 is one member many times: init was called once.",
        "How often init is called.",
        (FIRST, "pop = [init(rng=rng)] * pop_size"),
    ),
    slip(
        "generator_an_init",
        "2",
        "All members of generation 0 are the same: init starts from the same random number each time.",
        "The Generator that init gets, and how often it is made.",
        (FIRST, FIRST.replace("rng=rng", "rng=np.random.default_rng(seed)")),
    ),
    slip(
        "generation_0_from_one_member",
        "2",
        "Only one member comes from init; the others of generation 0 are drawn around it.",
        "Where each member of the first population comes from.",
        (
            FIRST,
            "first = init(rng=rng)\n    pop = [first] + "
            "[sample_params(first, sigma=sigma, rng=rng) for _ in range(pop_size - 1)]",
        ),
    ),
    slip(
        "seed_ignored",
        "11",
        "The random numbers do not depend on the seed at all.",
        "Every place where seed is used.",
        (SEED, "rng = np.random.default_rng()"),
    ),
    slip(
        "seed_0_is_none",
        "11",
        "The seed 0 is taken for no seed at all: two runs with it differ, those with another seed are the same.",
        "What the condition on seed gives for 0.",
        (SEED, "rng = np.random.default_rng(seed or None)"),
    ),
    slip(
        "children_without_rng",
        "11",
        "Generation 0 follows the seed, the children don't: their noise comes from elsewhere.",
        "The arguments of sample_params, one by one.",
        (NEXT, NEXT.replace(", rng=rng", "")),
    ),
    slip(
        "global_noise",
        "11",
        "The children follow numpy's global random state, which others may change, in place of the Generator.",
        "Every call that begins with np.random, and the Generator that stands beside it.",
        (
            NEXT,
            "pop = [{key: np.random.normal(value, sigma) for key, value in best.items()} for _ in range(pop_size)]",
        ),
    ),
    slip(
        "fixed_seed",
        "12",
        "Every run has the same random numbers, whatever the seed.",
        "The number that the Generator is made from.",
        (SEED, "rng = np.random.default_rng(0)"),
    ),
    slip(
        "last_digits_of_the_seed",
        "12",
        "Of the seed only the last digits count: two seeds that end alike give the same run.",
        "What becomes of seed before the Generator is made from it.",
        (SEED, "rng = np.random.default_rng(None if seed is None else seed % 1000)"),
    ),
    slip(
        "none_is_zero",
        "12",
        "Without a seed every run is the same one, as if the seed were a fixed number.",
        "What becomes of seed when it is None.",
        (SEED, "rng = np.random.default_rng(seed or 0)"),
    ),
    slip(
        "one_generator_for_all_runs",
        "12",
        "Without a seed all runs share a Generator with a fixed seed: a new start of Python repeats them.",
        "What is made at the top of the file, outside the function, and from which seed.",
        (IMPORT, "import numpy as np\n\nSHARED = np.random.default_rng(42)\n"),
        (SEED, "rng = SHARED if seed is None else np.random.default_rng(seed)"),
    ),
)

SLIPS = (*COUNT, *START, *RETURNED, *SELECTION, *CHILDREN, *WATCHED)
