"""Visible checks of stage 3: what evolve_serial does with fitness and init, seen from outside."""

import numpy as np

from kit.check import check
from kit.expect import first_generation_from_init, history_has_its_shape, right_number_of_calls
from kit.message import fail
from kit.student import Student
from kit.trial import main_trial


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


@check("3.4", "Generation 1 and its parent", points=1)
def test_generation_1_lies_around_the_fittest_member(student: Student, rng: np.random.Generator) -> None:
    """The members of generation 1 lie closer to the fittest member of generation 0 than to any other."""
    trial = main_trial(student, rng)
    first, second = [*trial.rows, [], []][:2]
    members = [trial.flat(call.params) for call in first + second]
    if not second or any(member is None for member in members):
        got = f"{len(trial.run.calls)} calls of fitness"
        fail(trial.called, got, "two generations of params at least", facts={"generations": len(trial.rows)})
    points = np.array(members)
    centre = points[len(first) :].mean(axis=0)
    distances = np.linalg.norm(points[: len(first)] - centre, axis=1)
    nearest, fittest = int(np.argmin(distances)), int(np.argmax(trial.values[0]))
    if nearest != fittest:
        ranks = np.argsort(np.argsort(-np.array(trial.values[0])))
        fail(
            trial.called,
            f"the members of generation 1 lie around member {nearest} of generation 0, "
            f"whose fitness is {trial.values[0][nearest]:.2f}",
            f"around member {fittest}, whose fitness {trial.values[0][fittest]:.2f} is the highest",
            look="Which member is handed to sample_params. Print the results and the place of the one you choose.",
            facts={"nearest": "the least fit" if ranks[nearest] == len(first) - 1 else "another"},
        )
