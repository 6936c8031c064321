"""Whether a loaded machine costs a right answer a point: python benchmarks/again.py [--times 20] [--jobs 4].

Grades every right answer of tests/submissions that often, so many at once, while as many processes as there are cores
do nothing but compute. A submission's random numbers are its own, so only what depends on time can come out otherwise.
"""

import argparse
import hashlib
import multiprocessing
import os
import sys
import time
from collections import Counter
from pathlib import Path

from grader.manifest import course
from grader.scoring import grade
from grader.submission import StageSource, Submission

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "submissions"))
from small_class import corpus_of


def graded(task: tuple[str, int, str]) -> tuple[str, float, str]:
    """Return (name, points lost, which checks lost them) of one right answer."""
    name, stage, text = task
    source = text.encode()
    file = course().stage(stage).file
    one = Submission(name, {stage: StageSource(source, file)}, (), hashlib.sha256(source).hexdigest())
    result = grade(one, "bwrap").stages[stage - 1]
    lost = ", ".join(check.number for check in result.checks if check.status != "passed")
    return f"stage {stage} {name}", result.max_score - result.score, lost


def burn() -> None:
    """Compute until the parent is gone."""
    parent = os.getppid()
    while os.getppid() == parent:
        sum(range(100_000))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--stages", type=int, nargs="*", default=[1, 2, 3, 4, 5, 6])
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    answers = [one for one in corpus_of("right") if one[1] in options.stages]
    context = multiprocessing.get_context("spawn")
    burners = [context.Process(target=burn, daemon=True) for _ in range(os.cpu_count() or 1)]
    for burner in burners:
        burner.start()
    began, lost = time.monotonic(), Counter[str]()
    with context.Pool(options.jobs) as pool:
        for name, points, checks in pool.imap_unordered(graded, answers * options.times):
            if points:
                lost[f"{name}: {checks}"] += 1
    for burner in burners:
        burner.kill()
    print(
        f"{len(answers)} right answers, {options.times} times each, in {time.monotonic() - began:.0f} s, "
        f"load {os.getloadavg()[0]:.1f} at the end: {lost.total()} of {len(answers) * options.times} lost points"
    )
    for name, count in lost.most_common():
        print(f"  {count} times {name}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
