"""The known mistakes of stage 4 about the pool; each is known by its signs and never run in the grader's process."""

from .parallel_answer import HEAD, POOL, SEED, TEST, slip
from .stage4_evolution import EVOLUTION

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
        "one_process_without_a_pool",
        "With one process there is no pool: the members are tested by the process itself.",
        "What becomes of processes=1: a pool of one worker is a pool too.",
        {"one worker": "in the parent"},
        (TEST, "results = " + TEST.removeprefix("results = ") + " if processes != 1 else list(map(fitness, pop))"),
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
        "One worker tests a whole generation alone; the others, if there are any, have nothing to do.",
        "How many workers the pool has, and in how many pieces it gets the population.",
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
        {"start": "spawn", "only here": True, "a name": "without a value"},
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
        "When fitness raises, nothing closes the pool, and its processes are left.",
        "What runs when an exception leaves the loop: with, or try and finally.",
        {"left": "raised"},
        (POOL, "pool = multiprocessing.Pool(processes)\n    if True:"),
    ),
    slip(
        "closed_only_after_a_bad_fitness",
        "When fitness raises, the pool is closed; when on_generation raises, its processes are left.",
        "Which lines with and finally cover: all that can raise while the pool is open.",
        {"left": "interrupted"},
        (POOL, "pool = multiprocessing.Pool(processes)\n    if True:"),
        (
            TEST,
            "try:\n                "
            + TEST
            + "\n            except BaseException:\n                pool.terminate()\n                raise",
        ),
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

SLIPS = (*WORKERS, *ENDS, *EVOLUTION)
