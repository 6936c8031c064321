"""What students are given, solutions/evolution.py: Gymnasium's own floats, quiet, and errors in one line."""

import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
sys.path.insert(0, str(SOLUTIONS))
evolution: Any = __import__("evolution")

ENV_IDS = ("CartPole-v0", "CartPole-v1", "MountainCarContinuous-v0")
POP_SIZE = 24


def python(code: str, folder: Path, *path: Path) -> subprocess.CompletedProcess[str]:
    """Run a script with a module path of its own."""
    script = folder / "script.py"
    script.write_text(f"import sys\nsys.path[:0] = {[str(p) for p in path]}\n{code}", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-W", "always", str(script)], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


def choose(env_id: str, observations: Any, rng: np.random.Generator, k: int) -> Any:
    """Return actions that lead everywhere: random ones, balancing ones, full throttle to the speed limit."""
    if env_id.startswith("CartPole"):
        balance = (observations[:, 2] + observations[:, 3] > 0).astype(int)
        return np.where(rng.random(POP_SIZE) < 0.1 * (k % 4), rng.integers(0, 2, POP_SIZE), balance)
    throttle = np.where(observations[:, 1:] >= 0, 1.0, -1.0)
    drift = rng.uniform(-1, 1, (POP_SIZE, 1))
    return np.where(np.arange(POP_SIZE)[:, None] % 3 == 0, drift, throttle * (1 if k % 5 else 0.5))


@pytest.mark.parametrize("env_id", ENV_IDS)
def test_each_copy_of_a_batch_gives_the_very_floats_of_gymnasium(env_id: str) -> None:
    import gymnasium

    rng = np.random.default_rng(7)
    seeds = rng.integers(0, 2**40, POP_SIZE)
    batch = evolution.make_batch_env(env_id, POP_SIZE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        envs = [gymnasium.make(env_id) for _ in range(POP_SIZE)]
    own = np.array([env.reset(seed=int(seed))[0] for env, seed in zip(envs, seeds, strict=True)])
    observations = batch.reset(seeds)
    assert observations.dtype == own.dtype and np.array_equal(observations, own)
    over = np.zeros(POP_SIZE, dtype=bool)
    for k in range(1000):
        actions = choose(env_id, observations, rng, k)
        observations, rewards, done = batch.step(actions)
        assert (rewards[over] == 0).all() and rewards.dtype == np.float64
        for i in np.flatnonzero(~over):
            action = int(actions[i]) if env_id.startswith("CartPole") else actions[i]
            observation, reward, terminated, truncated, _ = envs[i].step(action)
            assert np.array_equal(observation, observations[i]) and reward == rewards[i], (k, i)
            over[i] = terminated or truncated
        assert np.array_equal(done, over)
        if over.all():
            break
    assert over.all()


@pytest.mark.parametrize("env_id", ENV_IDS)
def test_the_same_seed_gives_the_same_episode(env_id: str) -> None:
    env, forward, i_size, o_size = evolution.make_env(env_id)
    params = evolution.initialize_parameters(i_size, 10, o_size, rng=np.random.default_rng(1))
    observation, _ = env.reset(seed=1)
    assert env.action_space.contains(forward(observation, params)) or o_size == 1
    first = evolution.episode(params, env_id, seed=np.int64(5))
    assert isinstance(first, float) and evolution.episode(params, env_id, seed=5) == first


def test_first_parameters_are_standard_normal_weights_and_zero_biases() -> None:
    params = evolution.initialize_parameters(40, 50, 30, rng=np.random.default_rng(0))
    assert {key: value.shape for key, value in params.items()} == {
        "w0": (40, 50), "b0": (1, 50), "w1": (50, 30), "b1": (1, 30)
    }  # fmt: skip
    assert not params["b0"].any() and not params["b1"].any()
    weights = np.concatenate([params["w0"].ravel(), params["w1"].ravel()])
    assert abs(weights.mean()) < 0.1 and abs(weights.std() - 1) < 0.1
    assert not np.array_equal(evolution.initialize_parameters(2, 3, 1)["w0"], params["w0"][:2, :3])


def test_importing_it_needs_numpy_only(tmp_path: Path) -> None:
    done = python(
        "import evolution\nprint({'gymnasium', 'matplotlib', 'pygame'} & set(sys.modules))", tmp_path, SOLUTIONS
    )
    assert done.stdout.strip() == "set()", done.stderr


@pytest.mark.parametrize("start_method", ["fork", "spawn", "forkserver"])
def test_no_warning_reaches_the_student_from_workers_either(tmp_path: Path, start_method: str) -> None:
    code = (
        "import multiprocessing\nfrom functools import partial\n"
        "from evolution import episode, initialize_parameters\n"
        "if __name__ == '__main__':\n"
        f"    context = multiprocessing.get_context({start_method!r})\n"
        "    pop = [initialize_parameters(4, 10, 2) for _ in range(4)]\n"
        "    print(len([episode(p, 'CartPole-v0') for p in pop]))\n"
        "    with context.Pool(2) as pool:\n"
        "        print(len(pool.map(partial(episode, env_id='CartPole-v0'), pop)))\n"
    )
    done = python(code, tmp_path, SOLUTIONS)
    lines = [line for line in done.stderr.splitlines() if "ymnasium" in line or "CartPole" in line or "WARN" in line]
    assert done.stdout.split() == ["4", "4"] and not lines, done.stderr


def test_while_stage_1_is_a_stub_an_action_says_so_and_pickles(tmp_path: Path) -> None:
    for name in ("evolution.py", "stage1_forward.py"):
        source = SOLUTIONS.parent / "exercises" / name
        (tmp_path / name).write_bytes(source.read_bytes())
    code = (
        "import pickle\nfrom evolution import make_env, initialize_parameters\n"
        "for env_id in ('CartPole-v1', 'MountainCarContinuous-v0'):\n"
        "    env, forward, i_size, o_size = make_env(env_id)\n"
        "    forward = pickle.loads(pickle.dumps(forward))\n"
        "    try:\n"
        "        forward(env.reset(seed=1)[0], initialize_parameters(i_size, 10, o_size))\n"
        "    except NotImplementedError as error:\n"
        "        print(error)\n"
    )
    assert python(code, tmp_path, tmp_path).stdout.splitlines() == [
        "stage 1 is not done yet: write discrete_action in stage1_forward.py",
        "stage 1 is not done yet: write continuous_action in stage1_forward.py",
    ]


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a render.py, a person standing two folders below it."""
    (tmp_path / "render.py").write_text("")
    (tmp_path / "exercises" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "exercises" / "deep")
    return tmp_path


def params() -> dict[str, Any]:
    return dict(evolution.initialize_parameters(4, 10, 2, rng=np.random.default_rng(3)))


def test_agents_lie_beside_the_nearest_render_py_above(bundle: Path) -> None:
    evolution.save_params(params(), "CartPole-v0", 3)
    assert [p.relative_to(bundle).as_posix() for p in bundle.rglob("*.npz")] == ["agents/CartPole-v0/3.npz"]
    loaded = evolution.load_params("CartPole-v0", agent_id="3")
    assert all(np.array_equal(loaded[key], value) for key, value in params().items())


def test_without_a_render_py_agents_lie_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    evolution.save_params(params(), "CartPole-v0", "best")
    assert (tmp_path / "agents" / "CartPole-v0" / "best.npz").is_file()


def test_an_agent_that_is_not_there_says_which_are(bundle: Path) -> None:
    for agent in (0, 1, 2, 5, "best"):
        evolution.save_params(params(), "CartPole-v0", agent)
    with pytest.raises(FileNotFoundError, match=r"no agent 7 of CartPole-v0: \S+ has 0 to 2, 5, best; save one"):
        evolution.load_params("CartPole-v0", 7)
    with pytest.raises(FileNotFoundError, match="has none"):
        evolution.load_params("CartPole-v1", 7)


def test_a_file_that_is_no_agent_or_holds_objects_is_refused(bundle: Path) -> None:
    evolution.save_params(params(), "CartPole-v0", 0)
    folder = bundle / "agents" / "CartPole-v0"
    (folder / "text.npz").write_text("not an archive")
    np.savez(folder / "objects.npz", w0=np.array([object()]))
    for agent in ("text", "objects"):
        with pytest.raises(ValueError, match="is not an agent"):
            evolution.load_params("CartPole-v0", agent)


@pytest.mark.parametrize("agent_id", ["../best", "a/b", "a\\b", "", " ", "c:best", "nul\0"])
def test_an_agent_id_names_a_file_and_no_path(bundle: Path, agent_id: str) -> None:
    with pytest.raises(ValueError, match="cannot name a file"):
        evolution.save_params(params(), "CartPole-v0", agent_id)
    assert not list(bundle.rglob("*.npz"))


def test_a_save_that_fails_leaves_the_old_agent_whole(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evolution.save_params(params(), "CartPole-v0", 0)

    def full(file: Any, **arrays: Any) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="No space left"):
        evolution.save_params({key: 0 * value for key, value in params().items()}, "CartPole-v0", 0)
    assert evolution.load_params("CartPole-v0", 0)["w0"].any()
    assert [path.name for path in (bundle / "agents" / "CartPole-v0").iterdir()] == ["0.npz"]


@pytest.mark.parametrize(
    "call",
    [
        lambda: evolution.make_env("CartPole-v9"),
        lambda: evolution.make_env(3),
        lambda: evolution.make_batch_env("Acrobot-v1", 3),
        lambda: evolution.make_batch_env("CartPole-v0", 3).reset([1, 2]),
        lambda: evolution.make_batch_env("CartPole-v0", 3).step(np.zeros(3)),
        lambda: evolution.make_batch_env("MountainCarContinuous-v0", 3).step(np.zeros(3)),
    ],
    ids=["no such environment", "no name", "no such batch", "seeds", "float actions", "flat actions"],
)
def test_a_wrong_call_says_what_was_expected_in_one_line(call: Any) -> None:
    with pytest.raises(ValueError) as seen:
        call()
    assert "\n" not in str(seen.value) and len(str(seen.value)) < 160
