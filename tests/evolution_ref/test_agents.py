"""Agents on disk: where they lie, what is refused, and that a failed write harms nothing."""

import subprocess
import sys

import numpy as np
import pytest

from evolution_ref.agents import agents_folder, load_params, save_params
from evolution_ref.mistakes import WrongCall
from evolution_ref.policy import initialize_parameters

PARAMS = initialize_parameters(4, 10, 2, np.random.default_rng(0))


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("agent_id", [0, 17, "best", "my agent"])
def test_an_agent_comes_back_as_it_was(agent_id, here):
    assert save_params(PARAMS, "CartPole-v0", agent_id) == here / "agents" / "CartPole-v0" / f"{agent_id}.npz"
    back = load_params("CartPole-v0", agent_id)
    assert list(back) == ["w0", "b0", "w1", "b1"] and all(np.array_equal(back[key], PARAMS[key]) for key in PARAMS)


def test_agents_lie_beside_the_nearest_render_py_above_else_right_here(here, monkeypatch):
    (here / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(here / "a" / "b")
    assert agents_folder() == here / "a" / "b" / "agents"
    (here / "render.py").touch()
    assert agents_folder() == here / "agents"
    (here / "a" / "render.py").touch()
    assert agents_folder() == here / "a" / "agents"


@pytest.mark.parametrize(
    "agent_id", ["", " ", "..", "../x", "a/b", "a\\b", "C:x", "a\0b", ".hidden", "x" * 300, "a\nb"]
)
def test_an_agent_id_that_is_no_plain_name_is_refused(agent_id, here):
    for call in (lambda: save_params(PARAMS, "CartPole-v0", agent_id), lambda: load_params("CartPole-v0", agent_id)):
        with pytest.raises(WrongCall, match="without a path"):
            call()
    assert list(here.iterdir()) == []


def test_a_missing_agent_is_answered_with_those_that_are_there():
    with pytest.raises(WrongCall, match="has none; evolve some"):
        load_params("CartPole-v0", 7)
    for agent_id in (0, 1, 2, 3, 9, "best"):
        save_params(PARAMS, "CartPole-v0", agent_id)
    with pytest.raises(WrongCall, match=r"no agent 7 of CartPole-v0: agents.CartPole-v0 has 0 to 3, 9 and best"):
        load_params("CartPole-v0", 7)


class Trap:
    """Unpickling this would leave a file behind."""

    def __reduce__(self):
        return open, ("trapped", "w")


def broken(kind):
    """Return what kind of file an agent's file turns out to be, as keyword arrays or raw bytes."""
    params = {key: value.copy() for key, value in PARAMS.items()}
    if kind == "nan":
        params["b1"][0, 1] = np.nan
    elif kind == "infinite":
        params["w0"][0, 1] = -np.inf
    elif kind == "objects":
        params["w0"] = np.array([[Trap()]], dtype=object)
    elif kind == "missing":
        del params["b0"]
    elif kind == "extra":
        params["w2"] = np.zeros(3)
    elif kind == "shapes":
        params["b0"] = np.zeros((1, 9))
    elif kind == "flat":
        params["w0"] = np.zeros(40)
    elif kind == "scalar":
        params["w0"] = np.float64(1.0)
    elif kind == "words":
        params["w0"] = params["w0"].astype(str)
    elif kind == "complex":
        params["w0"] = params["w0"].astype(complex)
    elif kind == "other environment":
        params = initialize_parameters(2, 10, 1)
    elif kind == "no hidden unit":
        params = initialize_parameters(4, 0, 2)
    return params


KINDS = {
    "nan": "nan or an infinite",
    "infinite": "nan or an infinite",
    "objects": "holds objects",
    "missing": "it holds b1, w0, w1, expected w0, b0, w1, b1",
    "extra": "it holds b0, b1, w0, w1, w2",
    "shapes": "does not fit CartPole-v0: b0 is",
    "flat": "does not fit CartPole-v0: w0 is",
    "scalar": "does not fit CartPole-v0: w0 is",
    "words": "not of numbers",
    "complex": "not of numbers",
    "other environment": "does not fit CartPole-v0: w0 is .2, 10., expected w0 .4, h_size.",
    "no hidden unit": "does not fit",
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_file_that_is_no_agent_of_this_environment_is_refused_in_one_line(kind, here):
    path = here / "agents" / "CartPole-v0" / "3.npz"
    path.parent.mkdir(parents=True)
    np.savez(path, **broken(kind))
    with pytest.raises(WrongCall, match=KINDS[kind]) as refused:
        load_params("CartPole-v0", 3)
    assert "\n" not in str(refused.value) and "3.npz" in str(refused.value)
    assert not (here / "trapped").exists()


@pytest.mark.parametrize("content", [b"", b"PK", b"hello " * 100, b"\x80\x04N."])
def test_a_file_that_is_no_npz_is_refused(content, here):
    path = here / "agents" / "CartPole-v0" / "3.npz"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(WrongCall, match=r"no \.npz of arrays"):
        load_params("CartPole-v0", 3)


def test_a_single_array_named_npz_is_refused(here):
    path = here / "agents" / "CartPole-v0" / "3.npz"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(WrongCall, match="is not an agent"):
        load_params("CartPole-v0", 3)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_full_disk_leaves_the_old_agent_whole_and_nothing_half_written(here):
    path = save_params(PARAMS, "CartPole-v0", "best")
    whole = path.read_bytes()
    script = (
        "import resource, evolution_ref.agents as agents, evolution_ref.policy as policy\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"  # the file grows no further, as on a full disk
        "agents.save_params(policy.initialize_parameters(4, 200, 2), 'CartPole-v0', 'best')\n"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert answer.returncode == 1 and "WrongCall: cannot write" in answer.stderr
    assert path.read_bytes() == whole
    assert [file.name for file in path.parent.iterdir()] == ["best.npz"]
