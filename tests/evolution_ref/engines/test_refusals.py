"""What no engine can do is refused in one line, with status 2, before work begins."""

import re

import numpy as np
import pytest

from evolution_ref import memory
from evolution_ref.__main__ import main
from evolution_ref.engines import ENGINES, open_engine
from evolution_ref.episode import Episode
from evolution_ref.mistakes import WrongCall
from evolution_ref.policy import initialize_parameters

HERE = [name for name, kind in ENGINES.items() if kind.installed and name != "ray"]


def refusal(arguments, tmp_path, monkeypatch, capsys):
    """Return the line that a call is refused with."""
    monkeypatch.chdir(tmp_path)
    assert main(arguments.split()) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2 and said[1].startswith("Try ") and not list(tmp_path.iterdir())
    return said[0]


@pytest.mark.parametrize("engine", ["map", "vectorised"])
def test_a_population_that_does_not_fit_the_memory_is_told_how_many_would(engine, tmp_path, monkeypatch, capsys):
    call = f"--env_id CartPole-v1 --engine {engine} --pop_size"
    said = refusal(f"{call} 1000000000", tmp_path, monkeypatch, capsys)
    assert "--pop_size 1000000000: needs" in said
    fits = int(re.search(r"(\d+) members would fit", said)[1])
    memory.must_fit(fits // 2, 4, 10, 2, engine)


def test_the_largest_population_is_what_the_free_memory_holds(monkeypatch):
    monkeypatch.setattr(memory, "free_bytes", lambda: 10 * 2**20)
    memory.must_fit(4000, 4, 10, 2, "compiled")
    with pytest.raises(WrongCall, match=r"needs 0\.0 GB of memory and 0\.0 GB are free; \d{4} members would fit"):
        memory.must_fit(6000, 4, 10, 2, "compiled")
    with pytest.raises(WrongCall, match=r"[1-9]\d{3} members would fit"):
        memory.must_fit(4000, 4, 10, 2, "map")


@pytest.mark.parametrize("engine", HERE)
@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("key", ["w0", "b1"])
def test_a_network_that_is_not_finite_is_refused(engine, value, key):
    pop = [initialize_parameters(2, 3, 1, np.random.default_rng(k)) for k in range(3)]
    pop[1][key][0, 0] = value
    with open_engine(engine, 2, "MountainCarContinuous-v0") as map_fn, pytest.raises(WrongCall) as refused:
        list(map_fn(Episode("MountainCarContinuous-v0"), pop, [1, 2, 3]))
    assert "not finite" in str(refused.value) and "\n" not in str(refused.value)


def test_an_address_without_the_engine_ray_or_without_a_cluster_is_refused(tmp_path, monkeypatch, capsys):
    call = "--env_id CartPole-v0 --address 127.0.0.1:1"
    assert "only the engine 'ray' goes to a cluster" in refusal(call, tmp_path, monkeypatch, capsys)
    if ENGINES["ray"].installed:
        said = refusal(f"{call} --engine ray", tmp_path, monkeypatch, capsys)
        assert "no Ray cluster answers there" in said and "ray start --head" in said
        said = refusal("--env_id CartPole-v0 --address auto --engine ray", tmp_path, monkeypatch, capsys)
        assert "--address auto: no Ray cluster to join" in said


@pytest.mark.parametrize("engine", ["vectorised", "compiled"])
def test_an_engine_that_cannot_play_the_environment_is_refused(engine, tmp_path, monkeypatch, capsys):
    said = refusal(f"--env_id Acrobot-v1 --engine {engine}", tmp_path, monkeypatch, capsys)
    assert f"the engine '{engine}' can't play Acrobot-v1" in said
