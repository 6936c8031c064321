"""Stage 6, the checks that you see: stack, forward_batch and episode_batch on four small networks."""

import numpy as np

from grader.kit.check import check
from grader.kit.describe import describe, first_difference, show
from grader.kit.message import fail
from grader.kit.network import Params, rounded
from grader.kit.student import Student


def steering(gains: list[float], bias: float) -> Params:
    """Return params for CartPole that push right where ``observation @ gains + bias`` is above 0, else left."""
    return {
        "w0": np.array([[gain, -gain] for gain in gains], dtype=np.float64),
        "b0": np.zeros((1, 2)),
        "w1": np.array([[-0.5, 0.5], [0.5, -0.5]]),
        "b1": np.array([[-bias / 2, bias / 2]]),
    }


# Always left, by the angle alone, by all four numbers, always right.
POP = [steering([0, 0, 0, 0], -1), steering([0, 0, 1, 0], 0), steering([0.1, 0.3, 1.5, 0.6], 0), steering([0] * 4, 1)]
SEEDS = [31, 41, 59, 26]
FITNESS = [9.0, 41.0, 200.0, 8.0]  # what episode gives for each of them in CartPole-v0
OBSERVATIONS = np.array([[0.5, 0.0, 0.0, 0.0], [0.0, 0.0, 0.25, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.25]])
OUTPUTS = [[0.5, -0.5], [-0.125, 0.125], [-0.15, 0.15], [-0.5, 0.5]]


@check("6.1", "The shapes of stacked params", points=0.75)
def test_stack_puts_the_population_first(student: Student) -> None:
    """stack returns a dict with the four keys, each an array whose first axis counts the members."""
    value = student.call("stack", POP).value
    for key in POP[0]:
        shape = (len(POP), *POP[0][key].shape)
        seen = value.get(key) if isinstance(value, dict) else value
        if not isinstance(seen, np.ndarray) or seen.shape != shape:
            fail(
                f"stack(pop) for {len(POP)} members" + (f", {key}" if isinstance(value, dict) else ""),
                describe(seen) if isinstance(value, dict) and key in value else describe(value),
                f"an array of shape {shape} under {key!r}" if isinstance(value, dict) else "a dict with w0, b0, w1, b1",
                look="the shape of one member's array, and where the new axis goes",
                facts=_shapes(value),
                part=value is not None,
            )


@check("6.3", "A batch of observations", points=0.75)
def test_forward_batch_gives_each_member_its_own_observation(student: Student) -> None:
    """forward_batch returns (pop_size, o_size): in row k what member k makes of observation k."""
    stacked = {key: np.stack([params[key] for params in POP]) for key in POP[0]}
    value = student.call("forward_batch", OBSERVATIONS, stacked).value
    difference = first_difference(value, np.array(OUTPUTS), 1e-9)
    if difference or not isinstance(value, np.ndarray):
        fail(
            "forward_batch(observations, stacked) for the four members at the top of this file",
            f"{describe(value)}: {show(value, 8)}",
            f"an array of shape (4, 2): {show(np.array(OUTPUTS), 8)}",
            differs=difference,
            look="the shape after each product; member k of one array meets member k of the other",
            facts={"shape": np.shape(value) if isinstance(value, np.ndarray) else (), "values": rounded(value)},
        )


@check("6.6", "Four episodes of CartPole-v0", points=1)
def test_episode_batch_plays_each_member_with_its_own_seed(student: Student) -> None:
    """episode_batch returns (pop_size,): each member's fitness in an episode with its own seed."""
    value = student.call("episode_batch", POP, "CartPole-v0", SEEDS).value
    difference = first_difference(value, np.array(FITNESS), 1e-9)
    if difference or not isinstance(value, np.ndarray):
        fail(
            f'episode_batch(pop, "CartPole-v0", seeds) for the four members at the top of this file, seeds {SEEDS}',
            f"{describe(value)}: {show(value)}",
            f"an array of shape (4,): {show(np.array(FITNESS))}",
            differs=difference,
            look="one member's episode by itself: when it ends, and which rewards are added up",
            facts={"shape": np.shape(value) if isinstance(value, np.ndarray) else (), "values": rounded(value)},
        )


def _shapes(value: object) -> dict[str, object]:
    """Return the shape of what stands under each key, as facts."""
    if not isinstance(value, dict):
        return {"type": type(value).__name__}
    return {str(key): np.shape(item) if isinstance(item, np.ndarray) else describe(item) for key, item in value.items()}
