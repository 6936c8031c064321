"""The engine ray on a real cluster of several nodes on this machine, one of which is killed in the run."""

import signal
import socket
import threading
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest

from evolution_ref.engines import open_engine
from evolution_ref.episode import Episode
from evolution_ref.evolve import evolve
from evolution_ref.mistakes import WrongCall
from evolution_ref.policy import initialize_parameters
from evolution_ref.retest import Champion

pytest.importorskip("ray", reason='python -m pip install -e ".[cluster]"')


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head that runs nothing itself, and one worker node."""
    from ray.cluster_utils import Cluster

    before = signal.getsignal(signal.SIGTERM)  # each node that is started from here sets another
    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    nodes.add_node(num_cpus=1)
    signal.signal(signal.SIGTERM, before)
    yield nodes
    nodes.shutdown()
    signal.signal(signal.SIGTERM, before)


def evolved(map_fn, env_id="CartPole-v1"):
    init = partial(initialize_parameters, 4, 10, 2)
    champion = Champion(episodes=20, screening=5)
    return evolve(Episode(env_id), init, 3, 40, seed=4, map_fn=map_fn, champion=champion)


def same(one, other):
    return np.array_equal(one[1], other[1]) and all(np.array_equal(one[0][key], other[0][key]) for key in one[0])


def patient(params, seed):
    time.sleep(0.05)
    return float(seed)


def failing(params, seed):
    raise ZeroDivisionError("a fitness that fails")


def test_a_process_keeps_its_own_answer_to_sigterm(cluster):
    before = signal.getsignal(signal.SIGTERM)
    with open_engine("ray", address=cluster.address) as map_fn:
        assert list(map_fn(patient, [{}], [3])) == [3.0]
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.long
def test_one_node_two_nodes_and_a_node_killed_in_the_run_give_the_same_answer(cluster):
    expected = evolved(map)
    with open_engine("ray", address=cluster.address) as map_fn:
        assert same(evolved(map_fn), expected)

    doomed = cluster.add_node(num_cpus=2)
    with open_engine("ray", address=cluster.address) as map_fn:
        assert same(evolved(map_fn), expected)
        began = []

        def kill() -> None:
            time.sleep(1.0)
            began.append(time.monotonic())
            cluster.remove_node(doomed, allow_graceful=False)

        killer = threading.Thread(target=kill)
        killer.start()
        assert map_fn(patient, [{}] * 200, range(200)) == [float(seed) for seed in range(200)]
        assert began, "the node was killed before the population was tested"
        killer.join()
        assert same(evolved(map_fn), expected)


def test_a_fitness_that_fails_fails_as_itself(cluster):
    with open_engine("ray", address=cluster.address) as map_fn, pytest.raises(ZeroDivisionError):
        map_fn(failing, [{}] * 3, range(3))


def test_an_address_without_a_cluster_is_refused_in_one_line_and_soon():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    began = time.monotonic()
    with pytest.raises(WrongCall, match="no Ray cluster answers there") as refused, open_engine("ray", address=address):
        pass
    assert "\n" not in str(refused.value)
    assert time.monotonic() - began < 30
