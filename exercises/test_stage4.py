"""Visible checks of stage 4: what evolve_parallel does with fitness and init, and in which processes."""

import numpy as np

from kit.check import check
from kit.expect import history_has_its_shape, right_number_of_calls, workers_test_every_member
from kit.student import Student
from kit.trial import parallel_trial


@check("4.1", "The number of calls of fitness", points=1)
def test_fitness_is_called_once_for_each_member_of_each_generation(student: Student, rng: np.random.Generator) -> None:
    """Fitness is called exactly generations * pop_size times."""
    right_number_of_calls(parallel_trial(student, rng))


@check("4.2", "Processes that test", points=3)
def test_members_are_tested_in_worker_processes(student: Student, rng: np.random.Generator) -> None:
    """Every member is tested in a worker process, none in the process that evolves."""
    workers_test_every_member(parallel_trial(student, rng))


@check("4.3", "The shape of history", points=1)
def test_history_has_a_row_a_generation(student: Student, rng: np.random.Generator) -> None:
    """The second value returned is a float64 array of shape (generations, pop_size)."""
    history_has_its_shape(parallel_trial(student, rng))
