"""The known mistakes of stage 3 about who becomes the parent, and about the children."""

from .serial_answer import BEST, FIRST, NEXT, SEED, TEST, slip

SELECTION = (
    slip(
        "argmin",
        "4 6 9 10 13 14 15 16",
        "This is what you get when the least fit member is taken as best. A higher fitness is better here.",
        "Print the results of one generation and the place of the member that you choose.",
        (BEST, BEST.replace("argmax", "argmin")),
    ),
    slip(
        "parent_least_fit",
        "4 6 14 15 16",
        "The best is returned, but the next population is made around the least fit member.",
        "The variable that sample_params gets.",
        (NEXT, NEXT.replace("best,", "pop[int(np.argmin(results))],")),
    ),
    slip(
        "parent_by_chance",
        "4 6 14 15 16",
        "The next population lies around any member of the last one; its fitness plays no part in the choice.",
        "The variable that sample_params gets, and where it was set.",
        (NEXT, "parent = pop[int(rng.integers(pop_size))]\n        " + NEXT.replace("best,", "parent,")),
    ),
    slip(
        "parent_first_member",
        "4 6 14 15 16",
        "The next population is made around the first member, though others are fitter.",
        "Which place of the population is read; and the fitness that best starts with: all may be below 0.",
        (NEXT, NEXT.replace("best,", "pop[0],")),
    ),
    slip(
        "parent_last_member",
        "4 6 14 15 16",
        "The next population is made around the last member, though others are fitter.",
        "A variable of a loop that is used after the loop; and the fitness that best starts with: all may be below 0.",
        (NEXT, NEXT.replace("best,", "pop[-1],")),
    ),
    slip(
        "each_its_own_parent",
        "4 6 8 14 15 16",
        "Each member is the parent of the member in its own place, so nobody is selected.",
        "What the loop that makes the next population goes over.",
        (NEXT, "pop = [sample_params(member, sigma=sigma, rng=rng) for member in pop]"),
    ),
    slip(
        "mean_parent",
        "4 6 8 14 15 16",
        "The next population lies around the mean of the last one, and its fitness plays no part.",
        "What select returns: one member, not an average of them.",
        (NEXT, NEXT.replace("best,", "{key: np.mean([member[key] for member in pop], axis=0) for key in best},")),
    ),
    slip(
        "several_parents",
        "4 6 8",
        "The next population has several parents; here only the fittest member becomes one.",
        "How many members select keeps.",
        (
            NEXT,
            "elite = [pop[place] for place in np.argsort(results)[-3:]]\n"
            "        pop = [sample_params(elite[k % 3], sigma=sigma, rng=rng) for k in range(pop_size)]",
        ),
    ),
    slip(
        "one_after_another",
        "6 8 16",
        "Each child is made from the child before it, so the population wanders off.",
        "The line that makes a child: which variable it starts from, and whether it overwrites that one.",
        (
            NEXT,
            "pop, child = [], best\n        for _ in range(pop_size):\n"
            "            child = sample_params(child, sigma=sigma, rng=rng)\n            pop.append(child)",
        ),
    ),
    slip(
        "random_search",
        "4 6 8 14 15 16",
        "Every generation comes from init, so what was learned in the one before is thrown away.",
        "What fills the population after the first generation.",
        (NEXT, FIRST),
    ),
    slip(
        "same_population",
        "4 6 7 14 15 16",
        "The population never changes: the same members are tested in every generation.",
        "Whether the new population takes the place of the old one.",
        (NEXT, NEXT.replace("pop = ", "children = ")),
    ),
    slip(
        "first_best_kept",
        "6 9 10 13 14 15 16",
        "The best of generation 0 stays the best for ever, also when fitter members have come.",
        "When best is set: in each generation, or only once; and the fitness that it starts with.",
        (BEST, "if generation == 0:\n            " + BEST),
    ),
    slip(
        "best_starts_at_zero",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 16",
        "A member must have a fitness above zero to be chosen, and fitness may be below zero in every member.",
        "The number that the best fitness starts with.",
        (
            BEST,
            "if generation == 0:\n            best, highest = None, 0.0\n"
            "        for member, result in zip(pop, results):\n            if result > highest:\n"
            "                best, highest = member, result",
        ),
    ),
    slip(
        "compares_params",
        "13 15 16",
        "Where two members are equally fit, Python goes on to compare their params, and dicts have no order.",
        "What max or sorted compares when the first entries of two pairs are equal.",
        (BEST, "best = max(zip(results, pop))[1]"),
    ),
)

CHILDREN = (
    slip(
        "sigma_not_passed",
        "8 15 16",
        "The children always spread by 1, so sigma does not reach sample_params.",
        "The arguments of sample_params, one by one.",
        (NEXT, NEXT.replace("sigma=sigma, ", "")),
    ),
    slip(
        "sigma_squared",
        "8 14 15 16",
        "The children spread by the square of sigma: a variance where a standard deviation belongs.",
        "What sigma is multiplied with before it reaches the noise.",
        (NEXT, NEXT.replace("sigma=sigma", "sigma=sigma**2")),
    ),
    slip(
        "sigma_falls",
        "8 14",
        "The spread falls from generation to generation; here sigma stays what it was.",
        "Whether something in the loop changes sigma.",
        (NEXT, NEXT.replace("sigma=sigma", "sigma=sigma * 0.7**generation")),
    ),
    slip(
        "sigma_zero_means_one",
        "8",
        "A sigma of 0 is taken for no sigma at all: the children still get noise.",
        "What `sigma or 1.0` gives for 0.",
        (NEXT, NEXT.replace("sigma=sigma", "sigma=sigma or 1.0")),
    ),
    slip(
        "one_child_copied",
        "7 14 15 16",
        "One child fills the whole population. A list that is multiplied holds the same thing many times.",
        "How often sample_params is called for one population.",
        (NEXT, "pop = [sample_params(best, sigma=sigma, rng=rng)] * pop_size"),
    ),
    slip(
        "generator_a_child",
        "7 8 14 15 16",
        "Every child has the same noise, in every generation: the random numbers start again for each child.",
        "Where the Generator is made, and how often.",
        (NEXT, NEXT.replace("rng=rng", "rng=np.random.default_rng(seed)")),
    ),
    slip(
        "generator_a_generation",
        "7 8",
        "Each generation has the noise of the one before: the random numbers start again in each generation.",
        "Where the Generator is made: before the loop, or in it.",
        (TEST, SEED + "\n        " + TEST),
    ),
)
