"""What several checks of one stage look at is made once, and with the same numbers for every student who gets them."""

from types import ModuleType

import numpy as np

from grader.kit.local import LocalStudent
from grader.kit.student import remembered


def drawn(student: LocalStudent, seed: int) -> float:
    return remembered(student, "a draw", np.random.default_rng(seed), lambda rng: float(rng.random()))


def test_the_first_check_that_asks_makes_it_and_the_others_get_the_same() -> None:
    student = LocalStudent(ModuleType("stage"))
    assert drawn(student, 1) == drawn(student, 2)


def test_another_student_draws_the_same_numbers_whichever_check_asks() -> None:
    one, other, stranger = (LocalStudent(ModuleType("stage")) for _ in range(3))
    first = drawn(one, 1)
    other.numbers = one.numbers
    assert drawn(other, 2) == first != drawn(stranger, 2)


def test_it_takes_none_of_the_checks_own_numbers() -> None:
    rng, untouched = np.random.default_rng(1), np.random.default_rng(1)
    remembered(LocalStudent(ModuleType("stage")), "a draw", rng, lambda own: own.random(100))
    assert rng.random() == untouched.random()
