"""The known mistakes of stage 4 about the pool; each is known by its signs and never run in the grader's process."""

from .parallel_answer import BEST, FIRST, HEAD, LOOP, NEXT, POOL, RECORD, RETURN, SEED, TELL, TEST, slip

WORKERS = (
    slip(
        "threads",
        "The workers are threads of one process; Python runs one thread at a time, so nothing becomes faster.",
        "Where the pool comes from: multiprocessing has one of processes and one of threads.",
        {"tested": "by threads"},
        (HEAD, HEAD + "from multiprocessing.pool import ThreadPool\n"),
        (POOL, POOL.replace("multiprocessing.Pool", "ThreadPool")),
    ),
    slip(
        "serial_map",
        "A pool is there, but the population is tested by the process itself: the built-in map never uses the pool.",
        "Whose map it is that tests the population.",
        {"tested": "in the parent"},
        (TEST, "results = list(map(fitness, pop))"),
    ),
    slip(
        "half_in_the_parent",
        "A part of the members is tested by the process that evolves, not by a worker.",
        "Each place that calls fitness.",
        {"tested": "partly there"},
        (TEST, "results = [fitness(pop[0]), *pool.map(fitness, pop[1:], chunksize=1)]"),
    ),
    slip(
        "pool_a_generation",
        "A new pool is made in each generation. Starting processes is slow; one pool can serve the whole run.",
        "Whether the pool is made before the loop or in it.",
        {"pool": "a generation"},
        (POOL + "\n        for", "if True:\n        for"),
        (TEST, "with multiprocessing.Pool(processes) as pool:\n                " + TEST),
        ("        pool.close()\n        pool.join()\n", ""),
    ),
    slip(
        "processes_ignored",
        "The pool has another size than processes says; it looks like one that is made without that number.",
        "The argument with which the pool is made.",
        {"as many as cores": True},
        (POOL, POOL.replace("(processes)", "()")),
    ),
    slip(
        "one_piece",
        "The whole population goes to one worker in one piece, while the others have nothing to do.",
        "The chunksize that the pool's map gets.",
        {"at once": "one", "a generation": "one", "in parent": False},
        (TEST, TEST.replace("chunksize=1", "chunksize=pop_size")),
    ),
    slip(
        "one_by_one",
        "Each result is waited for before the next member is handed over, so one worker works at a time.",
        "Where the program waits: after each member, or after all of them.",
        {"at once": "one", "a generation": "several", "in parent": False},
        (TEST, "results = [pool.apply(fitness, (member,)) for member in pop]"),
    ),
    slip(
        "none_is_one",
        "Without a number of processes there is one worker; one a core is asked for.",
        "What becomes of processes when it is None.",
        {"none": "one"},
        (POOL, POOL.replace("(processes)", "(processes or 1)")),
    ),
    slip(
        "as_they_come",
        "The results come in the order in which they are ready, so a number no longer stands at its member's place.",
        "In which order the pool gives its results back.",
        {"history": "another order"},
        (TEST, "results = list(pool.imap_unordered(fitness, pop))"),
    ),
    slip(
        "lambda",
        "A worker gets its function by pickle, and a lambda or a function inside a function cannot be pickled.",
        "What is handed to the pool: a function that stands at the left margin of a file can be pickled.",
        {"pickle": True},
        (TEST, TEST.replace("fitness,", "lambda params: fitness(params),")),
    ),
    slip(
        "global_fitness",
        "The workers look for fitness in a global variable. Forked workers inherit it; spawned ones start empty.",
        "How fitness reaches a worker that starts with nothing but the imported file.",
        {"start": "spawn", "only here": True, "exception": "NameError"},
        ("def evolve_parallel(", "def _test(params):\n    return shared(params)\n\n\ndef evolve_parallel("),
        (SEED, "global shared\n    shared = fitness\n    " + SEED),
        (TEST, TEST.replace("fitness,", "_test,")),
    ),
)

ENDS = (
    slip(
        "pool_kept",
        "The pool stays open after the call, and its processes with it.",
        "Who still holds the pool when the function has returned.",
        {"left": "returned"},
        (
            POOL + "\n        for",
            "global kept\n    kept = pool = multiprocessing.Pool(processes)\n    if True:\n        for",
        ),
        ("        pool.close()\n        pool.join()\n", ""),
    ),
    slip(
        "not_closed_after_a_raise",
        "The pool is closed at the end, but when fitness raises, the end is never reached.",
        "What runs when an exception leaves the loop: with, or try and finally.",
        {"left": "raised"},
        (POOL, "pool = multiprocessing.Pool(processes)\n    if True:"),
    ),
    slip(
        "exception_swallowed",
        "A member whose fitness raises gets a number, and nobody hears of the exception.",
        "What the except around fitness does.",
        {"raise": "swallowed"},
        (
            TEST,
            "try:\n                "
            + TEST
            + "\n            except Exception:\n                results = [0.0] * pop_size",
        ),
    ),
)

EVOLUTION = (
    slip(
        "argmin",
        "This is what you get when the least fit member is taken as best. A higher fitness is better here.",
        "Print the results of one generation and the place of the member that you choose.",
        {"parent": "the least fit"},
        (BEST, BEST.replace("argmax", "argmin")),
    ),
    slip(
        "each_its_own_parent",
        "Each member is the parent of the member in its own place, so nobody is selected.",
        "What the loop that makes the next population goes over.",
        {"parent": "each its own"},
        (NEXT, "pop = [sample_params(member, sigma=sigma, rng=rng) for member in pop]"),
    ),
    slip(
        "first_best_kept",
        "The best of generation 0 stays the best for ever, also when fitter members have come.",
        "When best is set: in each generation, or only once.",
        {"parent": "the fittest of generation 0"},
        (BEST, "if generation == 0:\n                " + BEST),
    ),
    slip(
        "best_untested",
        "What is returned as best was never tested: it looks like a member of the population made after the last test.",
        "Which population the index belongs to: the one that was tested, or the next.",
        {"best": "untested", "generations more": 0},
        (RETURN, RETURN.replace("return best", "return pop[int(np.argmax(results))]")),
    ),
    slip(
        "generation_more",
        "The loop runs one generation more than it was asked to.",
        "The numbers that the loop's range gives, from the first to the last.",
        {"calls": "a generation more", "history rows": 0},
        (LOOP, LOOP.replace("generations)", "generations + 1)")),
    ),
    slip(
        "sigma_not_passed",
        "The children always spread by 1, so sigma does not reach sample_params.",
        "The arguments of sample_params, one by one.",
        {"spread": "one"},
        (NEXT, NEXT.replace("sigma=sigma, ", "")),
    ),
    slip(
        "one_child_copied",
        "One child fills the whole population. A list that is multiplied holds the same thing many times.",
        "How often sample_params is called for one population.",
        {"children": "one child"},
        (NEXT, "pop = [sample_params(best, sigma=sigma, rng=rng)] * pop_size"),
    ),
    slip(
        "children_drawn_by_workers",
        "Each worker draws with a copy of the same Generator, so children come out the same, again and again.",
        "What a worker gets of a Generator, and whether the one in the parent ever moves on.",
        {"children": "one child, always the same noise"},
        ("import numpy as np\n", "from functools import partial\n\nimport numpy as np\n"),
        (NEXT, "pop = pool.map(partial(sample_params, sigma=sigma, rng=rng), [best] * pop_size, chunksize=1)"),
    ),
    slip(
        "init_without_rng",
        "Generation 0 does not depend on the seed, because init gets no Generator and makes one of its own.",
        "The call of init and its argument.",
        {"generation 0": "without rng"},
        (FIRST, FIRST.replace("rng=rng", "")),
    ),
    slip(
        "seed_ignored",
        "The random numbers do not depend on the seed at all.",
        "Every place where seed is used.",
        {"again": "differs", "members": "differ", "noise": "differs"},
        (SEED, "rng = np.random.default_rng()"),
    ),
    slip(
        "one_generator_for_all_runs",
        "Without a seed all runs share a Generator with a fixed seed: a new start of Python repeats them.",
        "What is made at the top of the file, outside the function, and from which seed.",
        {"members": True, "restarts": True},
        ("import numpy as np\n", "import numpy as np\n\nSHARED = np.random.default_rng(42)\n"),
        (SEED, "rng = SHARED if seed is None else np.random.default_rng(seed)"),
    ),
    slip(
        "sigma_falls",
        "The spread falls from generation to generation; here sigma stays what it was.",
        "Whether something in the loop changes sigma.",
        {"spread": "falls"},
        (NEXT, NEXT.replace("sigma=sigma", "sigma=sigma * 0.98**generation")),
    ),
    slip(
        "sigma_zero_means_one",
        "A sigma of 0 is taken for no sigma at all: the children still get noise.",
        "What `sigma or 1.0` gives for 0.",
        {"spread": "at sigma 0"},
        (NEXT, NEXT.replace("sigma=sigma", "sigma=sigma or 1.0")),
    ),
    slip(
        "children_without_rng",
        "Generation 0 follows the seed, the children don't: their noise comes from elsewhere.",
        "The arguments of sample_params, one by one.",
        {"again": "differs", "members": "same", "noise": "differs"},
        (NEXT, NEXT.replace(", rng=rng", "")),
    ),
    slip(
        "history_of_means",
        "history holds the mean of each generation, one number a row, in place of every fitness.",
        "What is appended to history.",
        {"history": "means"},
        (RECORD, "history.append(np.mean(results))"),
    ),
    slip(
        "history_list",
        "history is still a list of lists; an array is asked for.",
        "The type of what is returned.",
        {"history": "a list"},
        (RETURN, "return best, history"),
    ),
    slip(
        "on_generation_never",
        "on_generation is never called.",
        "Where the argument on_generation is used.",
        {"on_generation": "never"},
        (TELL, "pass"),
    ),
)

SLIPS = (*WORKERS, *ENDS, *EVOLUTION)
