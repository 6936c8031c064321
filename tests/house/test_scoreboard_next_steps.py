"""Where the scoreboard sends a student: which file, which line, which command, and what was running."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from student_folder import STAGES, fill, run, states

from grader.models import answer_text, edited

ENDLESS = {
    "a loop": "import time\ndef evolve_serial(fitness, init, **more):\n    while True: time.sleep(0.1)\n",
    "a pool": (
        "import time\nfrom concurrent.futures import ProcessPoolExecutor\n"
        "def evolve_serial(fitness, init, **more):\n    list(ProcessPoolExecutor(2).map(time.sleep, [600] * 4))\n"
    ),
}


def in_a_row(output: str) -> str:
    """Return what was printed without its line ends."""
    return " ".join(output.split())


def test_pytest_from_the_folder_above_runs_every_check_and_a_student_s_own_test_too(folder: Path) -> None:
    fill(folder, *range(1, 7))
    (folder / "test_mine.py").write_text("def test_mine():\n    pass\n", encoding="utf-8")
    checks = len(re.findall(r"^@check", "".join(p.read_text() for p in folder.glob("test_stage*.py")), re.MULTILINE))
    output, status = run(folder, cwd=folder.parent)
    assert status == 0 and f"{checks + 1} passed" in output, output
    assert states(output) == {stage.number: "done" for stage in STAGES}


def test_an_exception_in_another_stages_file_is_found_there(folder: Path) -> None:
    fill(folder, 3)
    text = edited(2, [("    if rng is None:", "    if rngg is None:")])
    (folder / STAGES[1].file).write_text(text, encoding="utf-8")
    line = text[: text.index("rngg")].count("\n") + 1
    output, _ = run(folder, "test_stage3.py")
    assert f"name 'rngg' is not defined (line {line} of stage2_sample_params.py)" in in_a_row(output), output


@pytest.mark.parametrize("broken", ["def f(:\n", "1 / 0\n"])
def test_a_file_that_cannot_be_imported_is_named_with_its_line_and_a_command_that_shows_it(
    folder: Path, broken: str
) -> None:
    fill(folder, 3)
    (folder / STAGES[1].file).write_text(f"\n{broken}", encoding="utf-8")
    output, _ = run(folder, "exercises/test_stage3.py", cwd=folder.parent)
    words = in_a_row(output)
    assert "Stage 3: stage3_serial.py cannot be imported" in words and "Failing too" not in words
    assert "(line 2 of stage2_sample_params.py)" in words
    command = re.search(r"Run 'python (\S+)'", words)
    assert command is not None
    shown = subprocess.run([sys.executable, command[1]], cwd=folder.parent, capture_output=True, text=True, check=False)
    assert "line 2" in shown.stderr


def test_a_module_that_is_not_there_at_grading_fails_at_home(folder: Path) -> None:
    (folder / STAGES[0].file).write_text("import pytest\n" + answer_text(1), encoding="utf-8")
    output, _ = run(folder, "test_stage1.py")
    assert "there is no module pytest (line 1 of stage1_forward.py)" in in_a_row(output)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
@pytest.mark.parametrize("way", ENDLESS)
def test_ctrl_c_says_which_check_was_running_and_ends(folder: Path, way: str) -> None:
    fill(folder, 1)
    (folder / STAGES[2].file).write_text("print('begun', flush=True)\n" + ENDLESS[way], encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", "-s"],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        while "begun" not in process.stdout.readline():
            pass
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
    assert states(output) == {1: "done", 2: "not done yet", **dict.fromkeys((3, 4, 5, 6), "not run")}
    assert "check 3.1 was running: a loop in stage3_serial.py does not end, or it waits" in in_a_row(output)


def test_a_stage_that_was_not_run_to_its_end_is_not_done(folder: Path) -> None:
    fill(folder, 1)
    path = folder / "test_stage1.py"
    path.write_text(path.read_text(encoding="utf-8") + "\n\ndef test_nothing():\n    raise KeyboardInterrupt\n")
    marked = path.read_text(encoding="utf-8").replace(
        "def test_nothing", '@check("1.2", "T", points=1)\ndef test_nothing'
    )
    path.write_text(marked, encoding="utf-8")
    output, _ = run(folder, "test_stage1.py")
    assert states(output) == {1: "stopped"}, output
    assert "Next: look at stage1_forward.py, then run pytest test_stage1.py" in in_a_row(output)


def test_looking_further_shows_what_is_printed(folder: Path) -> None:
    text = edited(1, [("np.argmax(", "print('SHAPE 2') or np.argmin(")])
    (folder / STAGES[0].file).write_text(text, encoding="utf-8")
    further = re.search(r"Look further pytest (.*?) Stage", in_a_row(run(folder, "test_stage1.py")[0]))
    assert further is not None
    assert "SHAPE 2" in run(folder, *further[1].split())[0]


def test_what_a_stage_waits_for_is_the_next_step(folder: Path) -> None:
    fill(folder, 3)
    for words in ((), ("test_stage3.py",)):
        output, _ = run(folder, *words)
        assert states(output)[3] == "waits for stage 2"
        assert "write sample_params in stage2_sample_params.py" in in_a_row(output)


def test_a_raise_below_a_student_s_own_lines_is_pointed_out(folder: Path) -> None:
    stub = (folder / STAGES[0].file).read_text(encoding="utf-8")
    begun = stub.replace("    # YOUR CODE HERE\n", "    output = 1\n", 1)
    (folder / STAGES[0].file).write_text(begun, encoding="utf-8")
    output, _ = run(folder, "test_stage1.py")
    assert "in forward the line raise NotImplementedError() below your own lines is to go" in in_a_row(output)


def test_the_script_of_the_readme_evolves_an_agent(folder: Path) -> None:
    fill(folder, 1, 2, 3)
    script = re.search(r"```python\n(.*?)```", (folder / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert script is not None
    (folder / "evolve.py").write_text(script[1], encoding="utf-8")
    (folder.parent / "render.py").touch()
    done = subprocess.run([sys.executable, "evolve.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert (folder.parent / "agents" / "CartPole-v0" / "mine.npz").is_file()
