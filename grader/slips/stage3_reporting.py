"""The known mistakes of stage 3 about how often fitness is called, what is returned and what is reported."""

from .serial_answer import BEST, DEF, EMPTY, LOOP, NEXT, RECORD, RETURN, TELL, TEST, slip
from .slip import Slip

COUNT = (
    slip(
        "generation_more",
        "1 3 10",
        "The loop runs one generation more than it was asked to.",
        "The numbers that the loop's range gives, from the first to the last.",
        (LOOP, LOOP.replace("generations)", "generations + 1)")),
    ),
    slip(
        "generation_less",
        "1 3 10",
        "The loop runs one generation less than it was asked to.",
        "The numbers that the loop's range gives, from the first to the last.",
        (LOOP, LOOP.replace("range(", "range(1, ")),
    ),
    slip(
        "returned_in_the_loop",
        "1 3 4 6 7 8 10 11 12 13 14 15 16",
        "The function returns in the first pass of its loop, after one generation.",
        "How far the return line is indented.",
        (NEXT, NEXT + "\n        " + RETURN),
    ),
    slip(
        "tested_once_more",
        "1 9 13",
        "The population that is made last is tested too, although no generation is left for it.",
        "The calls of fitness after the loop.",
        (RETURN, TEST + "\n    " + RETURN),
    ),
    slip(
        "best_tested_again",
        "1",
        "The fittest member is tested once more in each generation, though its fitness is already known.",
        "Each place that calls fitness, printing included.",
        (BEST, BEST + "\n        fitness(best)"),
    ),
    slip(
        "tested_twice",
        "1",
        "Every member is tested twice: the whole population goes through fitness a second time.",
        "Each place that calls fitness.",
        (RECORD, "history.append(list(map(fitness, pop)))"),
    ),
    slip(
        "member_more",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
        "Each generation after the first has more members than pop_size.",
        "What is put into the population besides the pop_size members that are made.",
        (NEXT, NEXT + " + [best]"),
    ),
    slip(
        "member_missing",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
        "Each generation after the first has one member less than pop_size.",
        "The numbers that the range over pop_size gives.",
        (NEXT, NEXT.replace("range(pop_size)", "range(pop_size - 1)")),
    ),
)

RETURNED = (
    slip(
        "history_of_means",
        "3 5",
        "history holds the mean of each generation, one number a row, in place of every fitness.",
        "What is appended to history.",
        (RECORD, "history.append(np.mean(results))"),
    ),
    slip(
        "history_of_maxima",
        "3 5",
        "history holds the highest fitness of each generation, one number a row, in place of every fitness.",
        "What is appended to history.",
        (RECORD, "history.append(np.max(results))"),
    ),
    slip(
        "history_transposed",
        "3",
        "history has a column a generation: rows and columns have changed places.",
        "The shape of history, with generations and pop_size that differ.",
        (RETURN, RETURN + ".T"),
    ),
    slip(
        "history_flat",
        "3",
        "history is one long row, with nothing to tell the generations apart.",
        "The difference between append and extend.",
        (RECORD, "history.extend(results)"),
    ),
    slip(
        "history_list",
        "3",
        "history is still a list of lists; an array is asked for.",
        "The type of what is returned.",
        (RETURN, "return best, history"),
    ),
    slip(
        "history_sorted",
        "5",
        "The rows of history are sorted, so a number no longer stands at its member's place.",
        "Whether something sorts the results before they are kept.",
        (RECORD, "history.append(sorted(results))"),
    ),
    slip(
        "population_sorted",
        "5 10",
        "The population is sorted by fitness, and its results with it, before they are kept.",
        "The order of the results when history and on_generation get them: it is that of the tests.",
        (
            TEST,
            TEST + "\n        order = np.argsort(results)[::-1]"
            "\n        pop, results = [pop[k] for k in order], [results[k] for k in order]",
        ),
    ),
    slip(
        "history_last_row",
        "5",
        "Every row of history is the last generation: one list was put in again and again and then changed.",
        "Whether each generation's results are a new list.",
        (
            RECORD,
            "kept = results if generation == 0 else kept\n        kept[:] = results\n        history.append(kept)",
        ),
    ),
    Slip(
        "history_of_earlier_calls",
        3,
        ((DEF, "kept = []\n\n\n" + DEF), (EMPTY, "history = kept")),
        "history still holds the rows of earlier calls: the list is made once, when the file is imported.",
        "Call it twice in one program, and print the shape of history after each call.",
        signs={"tests": "all", "rows": "more"},
    ),
    slip(
        "best_untested",
        "9 13",
        "What is returned as best was never tested: it looks like a member of the population made after the last test.",
        "Which population the index belongs to: the one that was tested, or the next.",
        (RETURN, RETURN.replace("return best", "return pop[int(np.argmax(results))]")),
    ),
    slip(
        "best_one_late",
        "9 13",
        "What is returned as best is the fittest of the generation before the last.",
        "The order of the lines in the loop: when best is set, and from which results.",
        (BEST, "before = best if generation else pop[0]\n        " + BEST),
        (RETURN, RETURN.replace("return best", "return before")),
    ),
    slip(
        "best_is_a_fitness",
        "9 13",
        "What is returned as best is a number, the highest fitness, in place of the params that reached it.",
        "The difference between the highest value and the member that has it.",
        (RETURN, RETURN.replace("return best", "return max(results)")),
    ),
    slip(
        "best_only",
        "3 5 9 11 13",
        "Only best is returned; history is missing.",
        "The return line.",
        (RETURN, "return best"),
    ),
    slip(
        "returned_in_reverse",
        "3 5 9 11 13",
        "The two values are returned in reverse: history first, then best.",
        "The order of the two values in the return line.",
        (RETURN, "return np.array(history, dtype=np.float64), best"),
    ),
)

WATCHED = (
    slip(
        "on_generation_never",
        "10",
        "on_generation is never called.",
        "Where the argument on_generation is used.",
        (TELL, "pass"),
    ),
    slip(
        "on_generation_left_out",
        "10",
        "on_generation is left out in some generations, although their members are tested.",
        "The condition under which on_generation is called.",
        (TELL, TELL + " if generation else None"),
    ),
    slip(
        "on_generation_after_the_loop",
        "10",
        "on_generation is called once, after the loop, in place of in each generation.",
        "How far the call of on_generation is indented.",
        (TELL, "pass"),
        (RETURN, "if on_generation is not None:\n        " + TELL + "\n    " + RETURN),
    ),
    slip(
        "on_generation_from_1",
        "10",
        "The generations that on_generation hears of are counted from 1, not from 0.",
        "The first argument of on_generation in the first generation.",
        (TELL, TELL.replace("(generation,", "(generation + 1,")),
    ),
    slip(
        "on_generation_means",
        "10",
        "on_generation gets the mean of the results in place of the fitness of each member.",
        "The third argument of on_generation.",
        (TELL, TELL.replace("results)", "np.mean(results))")),
    ),
    slip(
        "on_generation_sorted",
        "10",
        "on_generation gets the results sorted, so a number no longer stands at its member's place.",
        "The third argument of on_generation.",
        (TELL, TELL.replace("results)", "sorted(results))")),
    ),
    slip(
        "on_generation_index",
        "10",
        "on_generation gets the place of the fittest member in place of its params.",
        "The second argument of on_generation.",
        (TELL, TELL.replace("best,", "int(np.argmax(results)),")),
    ),
    slip(
        "no_history_where_watched",
        "10",
        "history gets its rows only where on_generation is not given.",
        "Which lines belong to the condition on on_generation: print history with it and without.",
        (RECORD, "if on_generation is None:\n            " + RECORD),
    ),
    slip(
        "on_generation_early",
        "10",
        "on_generation is called before select, so it gets the best of the generation before.",
        "The order of the lines in the loop.",
        (BEST, "earlier = best if generation else pop[0]\n        " + BEST),
        (TELL, TELL.replace("best,", "earlier,")),
    ),
    slip(
        "on_generation_at_the_end",
        "10",
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
