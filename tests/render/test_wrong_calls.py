"""How render.py answers a wrong call, and a disk that is full."""

import shutil
import subprocess
import sys

import numpy as np
import pytest
from rendering import NO_SCREEN, STAGE_1, render

WRONG_CALLS = {
    "": "the following arguments are required: --env_id, --agent_id",
    "--env_id Foo-v0 --agent_id 1": "'Foo-v0' is not one of",
    "--env_id CartPole-v0 --agent_id 7": "has 0 to 2",
    "--env_id CartPole-v0 --agent_id 1 --compare 9": "has 0 to 2",
    "--env_id CartPole-v1 --agent_id 1": "has none",
    "--env_id CartPole-v0 --agent_id ../CartPole-v0/1": "../CartPole-v0/1",
    "--env_id CartPole-v0 --agent_id nan": "",
    "--env_id CartPole-v0 --agent_id objects": "is not an agent",
    "--env_id CartPole-v0 --agent_id text": "is not an agent",
    "--env_id CartPole-v0 --agent_id car": "does not fit CartPole-v0",
    "--env_id CartPole-v0 --agent_id 1 --save nowhere/a.gif": "cannot write nowhere/a.gif: No such file",
    "--env_id CartPole-v0 --agent_id 1 --save /proc/a.gif": "cannot write /proc/a.gif",
    "--env_id CartPole-v0 --agent_id 1 --save a.mp4": "expected a name that ends in .gif",
    "--env_id CartPole-v0 --agent_id 1 --save folder.gif": "cannot write folder.gif",
    "--env_id CartPole-v0 --agent_id 1 --episodes 0": "--episodes 0: expected 1 to 20",
    "--env_id CartPole-v0 --agent_id 1 --seed x": "--seed: invalid int value: 'x'",
    "--env_id CartPole-v0 --agent_id 1 --seed -1": "--seed -1: expected 0 or more",
    "--env_id CartPole-v0 --agent_id 1": "no display here to open a window on: write a GIF with --save FILE.gif",
}


@pytest.mark.parametrize("reference", [True, False], ids=["reference", "bundle"])
def test_a_wrong_call_ends_with_2_at_most_four_lines_and_no_new_file(reference, bundle):
    (bundle / "exercises" / "stage1_forward.py").write_text(STAGE_1)
    (bundle / "folder.gif").mkdir()
    home = bundle / "agents" / "CartPole-v0"
    good = dict(np.load(home / "0.npz"))
    np.savez(home / "nan.npz", **{**good, "b1": np.full((1, 2), np.nan)})
    np.savez(home / "objects.npz", **{**good, "w0": np.array([[{}]], dtype=object)})
    (home / "text.npz").write_text("hello")
    shutil.copy(bundle / "agents" / "MountainCarContinuous-v0" / "0.npz", home / "car.npz")

    def files():
        return sorted(path for path in bundle.rglob("*") if "__pycache__" not in path.parts)

    before = files()
    for arguments, said in WRONG_CALLS.items():
        answer = render(bundle, *arguments.split(), reference=reference)
        lines = answer.stderr.splitlines()
        assert answer.returncode == 2, (arguments, answer)
        assert said in answer.stderr and "Traceback" not in answer.stderr and 1 <= len(lines) <= 4, (arguments, answer)
    assert files() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_full_disk_leaves_the_old_gif_whole(bundle):
    (bundle / "a.gif").write_bytes(b"the old one")
    script = (
        "import resource, runpy, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"  # the file grows no further, as on a full disk
        "sys.path[0] = '.'; sys.dont_write_bytecode = True; runpy.run_path('render.py', run_name='__main__')\n"
    )
    arguments = ["--env_id", "CartPole-v0", "--agent_id", "0", "--save", "a.gif"]
    command = [sys.executable, "-c", script, *arguments]
    answer = subprocess.run(command, cwd=bundle, env=NO_SCREEN, capture_output=True, text=True, timeout=120)
    assert answer.returncode == 2 and "cannot write a.gif" in answer.stderr
    assert (bundle / "a.gif").read_bytes() == b"the old one" and not list(bundle.glob(".a.gif*"))
