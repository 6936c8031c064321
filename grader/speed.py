"""The real multi-core ratio of stage 4 on CartPole: measured when it is asked for, shown, and worth no points."""

from collections.abc import Mapping

from .kit.student import StudentFault
from .sandbox import open_student

STAGE, FUNCTION = 4, "evolve_parallel"
MOST = 4  # processes
ROUNDS = 2
KEY = f"speed of stage {STAGE}"  # in a result's extra


def speed_up(sources: Mapping[int, bytes], isolation: str, cores: int) -> str:
    """Return how many times as fast a submission's stage 4 is with several processes as with one, in words.

    The members of two generations play CartPole inside the seal; the time is taken outside it, with one process and
    with several in turn, and the shortest of each counts. Nothing else should run meanwhile.

    Args:
        sources: all stage files of the submission.
        isolation: "bwrap", "user" or "process".
        cores: how many processes may run at once; at most MOST are used.
    """
    processes = min(cores, MOST)
    student = open_student(STAGE, sources, isolation)
    asked = {"generations": 2, "pop_size": 4 * processes, "seed": 1}
    try:
        student.time_on_cartpole(FUNCTION, **asked, processes=1)  # what is loaded once is nobody's speed
        times = [
            [student.time_on_cartpole(FUNCTION, **asked, processes=count) for count in (1, processes)]
            for _ in range(ROUNDS)
        ]
    except StudentFault as fault:
        return f"Its speed on CartPole could not be measured: {fault.message.returned}."
    finally:
        student.close()
    one, several = (min(column) for column in zip(*times, strict=True))
    return (
        f"On CartPole {one / several:.1f} times as fast with {processes} processes as with one, "
        "on the machine that graded it. This is worth no points."
    )
