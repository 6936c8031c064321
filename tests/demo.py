"""The main job on real input, command by command: evolve, watch, grade a class. Run by ``make demo``."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
DEMO = HOUSE / "demo"
PYTHON = sys.executable


def run(*words: str) -> None:
    """Show a command as a person would type it, then run it."""
    print(f"\n$ python {shlex.join(words)}", flush=True)
    subprocess.run([PYTHON, *words], cwd=DEMO, check=True)


def main() -> None:
    """Run the demo in a fresh folder demo/ and name the files to open."""
    shutil.rmtree(DEMO, ignore_errors=True)
    DEMO.mkdir()
    env = ("--env_id", "CartPole-v0")
    run("-m", "evolution_ref", *env, "--seed", "5", "--out", "evolved")
    shown = ("--agents", "evolved", "--agent_id", "0", "--compare", "best", "--seed", "1")
    run(str(HOUSE / "render.py"), *env, *shown, "--save", "agent.gif")
    run(str(HOUSE / "tests" / "submissions" / "small_class.py"), "class")
    run("-m", "grader", "grade", "class", "--out", "grades")
    print("\nOpen:")
    for name, what in (
        ("agent.gif", "generation 0 beside the best"),
        ("grades/no-relu/feedback.html", "what a student reads"),
        ("grades/index.html", "the class"),
    ):
        print(f"  {(DEMO / name).relative_to(HOUSE)}  {what}")


if __name__ == "__main__":
    main()
