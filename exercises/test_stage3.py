"""Visible checks of stage 3: what evolve_serial does with fitness and init, seen from outside."""

import numpy as np

from kit.check import check
from kit.expect import first_generation_from_init, history_has_its_shape, right_number_of_calls
from kit.message import fail
from kit.student import Student
from kit.trial import Trial, main_trial


@check("3.1", "The number of calls of fitness", points=3)
def test_fitness_is_called_once_for_each_member_of_each_generation(student: Student, rng: np.random.Generator) -> None:
    """Fitness is called exactly generations * pop_size times."""
    right_number_of_calls(main_trial(student, rng))


@check("3.2", "Generation 0", points=3)
def test_generation_0_comes_from_init(student: Student, rng: np.random.Generator) -> None:
    """Generation 0 is pop_size members, each from a call of its own of init(rng=rng)."""
    first_generation_from_init(main_trial(student, rng))


@check("3.3", "The shape of history", points=2)
def test_history_has_a_row_a_generation(student: Student, rng: np.random.Generator) -> None:
    """The second value returned is a float64 array of shape (generations, pop_size)."""
    history_has_its_shape(main_trial(student, rng))


def nearest_member(trial: Trial, generation: int) -> tuple[int, bool] | None:
    """Return which member of a generation the next one's centre is nearest to, and whether it lies around that one.

    It does where no other member is as near as twice that distance. None where params are not as init's.
    """
    members = [trial.flat(call.params) for row in trial.rows[generation : generation + 2] for call in row]
    if any(member is None for member in members):
        return None
    size = len(trial.rows[generation])
    points = np.array(members)
    distances = np.linalg.norm(points[:size] - points[size:].mean(axis=0), axis=1)
    nearest, next_nearest = np.sort(distances)[:2]
    return int(np.argmin(distances)), bool(2 * nearest < next_nearest)


def place_of_the_parents(trial: Trial) -> str:
    """Return which member the centres of all generations lie around, in a word."""
    places = []
    for generation, values in enumerate(trial.values[:-1]):
        nearest, around = nearest_member(trial, generation) or (-1, False)
        words = {"the least fit": int(np.argmin(values)), "the first": 0, "the last": len(values) - 1}
        places.append(
            {word for word, place in words.items() if around and place == nearest} or {"another" if around else "none"}
        )
    return min(set.intersection(*places), default="another")


@check("3.4", "Generation 1 and its parent", points=1)
def test_generation_1_lies_around_the_fittest_member(student: Student, rng: np.random.Generator) -> None:
    """Generation 1 lies around the fittest member of generation 0: it is twice as near to it as to any other."""
    trial = main_trial(student, rng)
    found = nearest_member(trial, 0) if len(trial.rows) > 1 else None
    if found is None:
        got = f"{len(trial.run.calls)} calls of fitness"
        fail(trial.called, got, "two generations of params at least", facts={"generations": len(trial.rows)})
    nearest, around = found
    fittest = int(np.argmax(trial.values[0]))
    if nearest != fittest or not around:
        where = f"around member {nearest} of generation 0" if around else "around no single member of generation 0"
        whose = "" if around else f"; the nearest is member {nearest}"
        fail(
            trial.called,
            f"the members of generation 1 lie {where}{whose}, whose fitness is {trial.values[0][nearest]:.2f}",
            f"around member {fittest}, whose fitness {trial.values[0][fittest]:.2f} is the highest",
            look="Which member is handed to sample_params. Print the results and the place of the one you choose.",
            facts={"nearest": place_of_the_parents(trial)},
        )
