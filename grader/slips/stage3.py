"""The known mistakes of stage 3, each a variant of the model answer."""

from .slip import Slip

BEST = "best = pop[int(np.argmax(results))]"
NEXT = "pop = [sample_params(best, sigma=sigma, rng=rng) for _ in range(pop_size)]"
FIRST = "pop = [init(rng=rng) for _ in range(pop_size)]"
TEST = "results = list(map(fitness, pop))"
RECORD = "history.append(results)"
RETURN = "return best, np.array(history, dtype=np.float64)"
SEED = "rng = np.random.default_rng(seed)"
LOOP = "for generation in range(generations):"
TELL = "on_generation(generation, best, results)"


def _slip(name: str, sentence: str, look: str, *edits: tuple[str, str]) -> Slip:
    return Slip(name=name, stage=3, edits=edits, sentence=sentence, look=look)


SELECTION = (
    _slip(
        "argmin",
        "This is what you get when the least fit member is taken as best. A higher fitness is better here.",
        "Print the results of one generation and the place of the member that you choose.",
        (BEST, BEST.replace("argmax", "argmin")),
    ),
    _slip(
        "parent_least_fit",
        "The best is returned, but the next population is made around the least fit member.",
        "The variable that sample_params gets.",
        (NEXT, NEXT.replace("best,", "pop[int(np.argmin(results))],")),
    ),
    _slip(
        "parent_by_chance",
        "The next population lies around any member of the last one; its fitness plays no part in the choice.",
        "The variable that sample_params gets, and where it was set.",
        (NEXT, "parent = pop[int(rng.integers(pop_size))]\n        " + NEXT.replace("best,", "parent,")),
    ),
    _slip(
        "parent_first_member",
        "The next population is always made around the first member, whatever its fitness.",
        "Which place of the population is read, and where that place comes from.",
        (NEXT, NEXT.replace("best,", "pop[0],")),
    ),
    _slip(
        "parent_last_member",
        "The next population is always made around the last member, whatever its fitness.",
        "A variable of a loop that is still used after the loop.",
        (NEXT, NEXT.replace("best,", "pop[-1],")),
    ),
    _slip(
        "each_its_own_parent",
        "Each member is the parent of the member in its own place, so nobody is selected.",
        "What the loop that makes the next population goes over.",
        (NEXT, "pop = [sample_params(member, sigma=sigma, rng=rng) for member in pop]"),
    ),
    _slip(
        "mean_parent",
        "The next population lies around the mean of the last one, and its fitness plays no part.",
        "What select returns: one member, not an average of them.",
        (NEXT, NEXT.replace("best,", "{key: np.mean([member[key] for member in pop], axis=0) for key in best},")),
    ),
    _slip(
        "several_parents",
        "The next population has several parents; here only the fittest member becomes one.",
        "How many members select keeps.",
        (
            NEXT,
            "elite = [pop[place] for place in np.argsort(results)[-3:]]\n"
            "        pop = [sample_params(elite[k % 3], sigma=sigma, rng=rng) for k in range(pop_size)]",
        ),
    ),
    _slip(
        "one_after_another",
        "Each child is made from the child before it, so the population wanders off.",
        "The line that makes a child: which variable it starts from, and whether it overwrites that one.",
        (
            NEXT,
            "pop, child = [], best\n        for _ in range(pop_size):\n"
            "            child = sample_params(child, sigma=sigma, rng=rng)\n            pop.append(child)",
        ),
    ),
    _slip(
        "random_search",
        "Every generation comes from init, so what was learned in the one before is thrown away.",
        "What fills the population after the first generation.",
        (NEXT, FIRST),
    ),
    _slip(
        "same_population",
        "The population never changes: the same members are tested in every generation.",
        "Whether the new population takes the place of the old one.",
        (NEXT, NEXT.replace("pop = ", "children = ")),
    ),
    _slip(
        "first_best_kept",
        "The best of generation 0 stays the best for ever, also when fitter members have come.",
        "When best is set: in each generation, or only once.",
        (BEST, "if generation == 0:\n            " + BEST),
    ),
    _slip(
        "best_starts_at_zero",
        "A member must have a fitness above zero to be chosen, and fitness may be below zero in every member.",
        "The number that the best fitness starts with.",
        (
            BEST,
            "if generation == 0:\n            best, highest = None, 0.0\n"
            "        for member, result in zip(pop, results):\n            if result > highest:\n"
            "                best, highest = member, result",
        ),
    ),
    _slip(
        "compares_params",
        "Where two members are equally fit, Python goes on to compare their params, and dicts have no order.",
        "What max or sorted compares when the first entries of two pairs are equal.",
        (BEST, "best = max(zip(results, pop))[1]"),
    ),
)

CHILDREN = (
    _slip(
        "sigma_not_passed",
        "The children always spread by 1, so sigma does not reach sample_params.",
        "The arguments of sample_params, one by one.",
        (NEXT, NEXT.replace("sigma=sigma, ", "")),
    ),
    _slip(
        "sigma_squared",
        "The children spread by the square of sigma: a variance where a standard deviation belongs.",
        "What sigma is multiplied with before it reaches the noise.",
        (NEXT, NEXT.replace("sigma=sigma", "sigma=sigma**2")),
    ),
    _slip(
        "sigma_falls",
        "The spread falls from generation to generation; here sigma stays what it was.",
        "Whether something in the loop changes sigma.",
        (NEXT, NEXT.replace("sigma=sigma", "sigma=sigma * 0.7**generation")),
    ),
    _slip(
        "one_child_copied",
        "One child fills the whole population. A list that is multiplied holds the same thing many times.",
        "How often sample_params is called for one population.",
        (NEXT, "pop = [sample_params(best, sigma=sigma, rng=rng)] * pop_size"),
    ),
    _slip(
        "generator_a_child",
        "Every child has the same noise, in every generation: the random numbers start again for each child.",
        "Where the Generator is made, and how often.",
        (NEXT, NEXT.replace("rng=rng", "rng=np.random.default_rng(seed)")),
    ),
    _slip(
        "generator_a_generation",
        "Each generation has the noise of the one before: the random numbers start again in each generation.",
        "Where the Generator is made: before the loop, or in it.",
        (TEST, SEED + "\n        " + TEST),
    ),
)

START = (
    _slip(
        "init_without_rng",
        "Generation 0 does not depend on the seed, because init gets no Generator and makes one of its own.",
        "The call of init and its argument.",
        (FIRST, FIRST.replace("rng=rng", "")),
    ),
    _slip(
        "init_once",
        "Generation 0 is one member many times: init was called once.",
        "How often init is called.",
        (FIRST, "pop = [init(rng=rng)] * pop_size"),
    ),
    _slip(
        "generator_an_init",
        "All members of generation 0 are the same: init starts from the same random number each time.",
        "The Generator that init gets, and how often it is made.",
        (FIRST, FIRST.replace("rng=rng", "rng=np.random.default_rng(seed)")),
    ),
    _slip(
        "generation_0_from_one_member",
        "Only one member comes from init; the others of generation 0 are drawn around it.",
        "Where each member of the first population comes from.",
        (
            FIRST,
            "first = init(rng=rng)\n    pop = [first] + "
            "[sample_params(first, sigma=sigma, rng=rng) for _ in range(pop_size - 1)]",
        ),
    ),
    _slip(
        "seed_ignored",
        "The random numbers do not depend on the seed at all.",
        "Every place where seed is used.",
        (SEED, "rng = np.random.default_rng()"),
    ),
    _slip(
        "children_without_rng",
        "Generation 0 follows the seed, the children don't: sample_params makes a Generator of its own.",
        "The arguments of sample_params, one by one.",
        (NEXT, NEXT.replace(", rng=rng", "")),
    ),
    _slip(
        "global_noise",
        "The children follow numpy's global random state, which others may change, in place of the Generator.",
        "Every call that begins with np.random, and the Generator that stands beside it.",
        (
            NEXT,
            "pop = [{key: np.random.normal(value, sigma) for key, value in best.items()} for _ in range(pop_size)]",
        ),
    ),
    _slip(
        "fixed_seed",
        "Every run has the same random numbers, whatever the seed.",
        "The number that the Generator is made from.",
        (SEED, "rng = np.random.default_rng(0)"),
    ),
    _slip(
        "none_is_zero",
        "Without a seed every run is the same one, as if the seed were a fixed number.",
        "What becomes of seed when it is None.",
        (SEED, "rng = np.random.default_rng(seed or 0)"),
    ),
)

COUNT = (
    _slip(
        "generation_more",
        "The loop runs one generation more than it was asked to.",
        "The numbers that the loop's range gives, from the first to the last.",
        (LOOP, LOOP.replace("generations)", "generations + 1)")),
    ),
    _slip(
        "generation_less",
        "The loop runs one generation less than it was asked to.",
        "The numbers that the loop's range gives, from the first to the last.",
        (LOOP, LOOP.replace("range(", "range(1, ")),
    ),
    _slip(
        "tested_once_more",
        "The population that is made last is tested too, although no generation is left for it.",
        "The calls of fitness after the loop.",
        (RETURN, TEST + "\n    " + RETURN),
    ),
    _slip(
        "best_tested_again",
        "The fittest member is tested once more in each generation, though its fitness is already known.",
        "Each place that calls fitness, printing included.",
        (BEST, BEST + "\n        fitness(best)"),
    ),
    _slip(
        "tested_twice",
        "Every member is tested twice: the whole population goes through fitness a second time.",
        "Each place that calls fitness.",
        (RECORD, "history.append(list(map(fitness, pop)))"),
    ),
    _slip(
        "member_missing",
        "Each generation after the first has one member less than pop_size.",
        "The numbers that the range over pop_size gives.",
        (NEXT, NEXT.replace("range(pop_size)", "range(pop_size - 1)")),
    ),
)

RETURNED = (
    _slip(
        "history_of_means",
        "history holds the mean of each generation, one number a row, in place of every fitness.",
        "What is appended to history.",
        (RECORD, "history.append(np.mean(results))"),
    ),
    _slip(
        "history_of_maxima",
        "history holds the highest fitness of each generation, one number a row, in place of every fitness.",
        "What is appended to history.",
        (RECORD, "history.append(np.max(results))"),
    ),
    _slip(
        "history_transposed",
        "history has a column a generation: rows and columns have changed places.",
        "The shape of history, with generations and pop_size that differ.",
        (RETURN, RETURN + ".T"),
    ),
    _slip(
        "history_flat",
        "history is one long row, with nothing to tell the generations apart.",
        "The difference between append and extend.",
        (RECORD, "history.extend(results)"),
    ),
    _slip(
        "history_list",
        "history is still a list of lists; an array is asked for.",
        "The type of what is returned.",
        (RETURN, "return best, history"),
    ),
    _slip(
        "history_sorted",
        "The rows of history are sorted, so a number no longer stands at its member's place.",
        "Whether something sorts the results before they are kept.",
        (RECORD, "history.append(sorted(results))"),
    ),
    _slip(
        "history_last_row",
        "Every row of history is the last generation: one list was put in again and again and then changed.",
        "Whether each generation's results are a new list.",
        (
            RECORD,
            "kept = results if generation == 0 else kept\n        kept[:] = results\n        history.append(kept)",
        ),
    ),
    _slip(
        "best_untested",
        "What is returned as best was made after the last test, so nobody knows its fitness.",
        "Which population the index belongs to: the one that was tested, or the next.",
        (RETURN, RETURN.replace("return best", "return pop[int(np.argmax(results))]")),
    ),
    _slip(
        "best_one_late",
        "What is returned as best is the fittest of the generation before the last.",
        "The order of the lines in the loop: when best is set, and from which results.",
        (BEST, "before = best if generation else pop[0]\n        " + BEST),
        (RETURN, RETURN.replace("return best", "return before")),
    ),
    _slip(
        "best_is_a_fitness",
        "What is returned as best is a number, the highest fitness, in place of the params that reached it.",
        "The difference between the highest value and the member that has it.",
        (RETURN, RETURN.replace("return best", "return max(results)")),
    ),
    _slip(
        "best_only",
        "Only best is returned; history is missing.",
        "The return line.",
        (RETURN, "return best"),
    ),
    _slip(
        "returned_in_reverse",
        "The two values are returned in reverse: history first, then best.",
        "The order of the two values in the return line.",
        (RETURN, "return np.array(history, dtype=np.float64), best"),
    ),
)

WATCHED = (
    _slip(
        "on_generation_never",
        "on_generation is never called.",
        "Where the argument on_generation is used.",
        (TELL, "pass"),
    ),
    _slip(
        "on_generation_from_1",
        "The generations that on_generation hears of are counted from 1, not from 0.",
        "The first argument of on_generation in the first generation.",
        (TELL, TELL.replace("(generation,", "(generation + 1,")),
    ),
    _slip(
        "on_generation_means",
        "on_generation gets the mean of the results in place of the fitness of each member.",
        "The third argument of on_generation.",
        (TELL, TELL.replace("results)", "np.mean(results))")),
    ),
    _slip(
        "on_generation_sorted",
        "on_generation gets the results sorted, so a number no longer stands at its member's place.",
        "The third argument of on_generation.",
        (TELL, TELL.replace("results)", "sorted(results))")),
    ),
    _slip(
        "on_generation_index",
        "on_generation gets the place of the fittest member in place of its params.",
        "The second argument of on_generation.",
        (TELL, TELL.replace("best,", "int(np.argmax(results)),")),
    ),
    _slip(
        "on_generation_early",
        "on_generation is called before select, so it gets the best of the generation before.",
        "The order of the lines in the loop.",
        (BEST, "earlier = best if generation else pop[0]\n        " + BEST),
        (TELL, TELL.replace("best,", "earlier,")),
    ),
    _slip(
        "on_generation_at_the_end",
        "on_generation is called for all generations at the end, after the last test, in place of during the run.",
        "Whether the call of on_generation stands in the loop or after it.",
        (
            RECORD,
            RECORD
            + "\n        told = [] if generation == 0 else told\n        told.append((generation, best, results))",
        ),
        (TELL, "pass"),
        (
            RETURN,
            "if on_generation is not None:\n        for one in told:\n            on_generation(*one)\n    " + RETURN,
        ),
    ),
)

SLIPS = (*COUNT, *START, *RETURNED, *SELECTION, *CHILDREN, *WATCHED)
