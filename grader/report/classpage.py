"""index.html: the class in one page, from its results alone."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from ..kit.message import Message
from ..manifest import course
from ..results import CheckResult, SubmissionResult
from .faults import fault_of
from .feedback import ISOLATION
from .gradescope import stage_score
from .pages import render
from .words import number

BIN = 10
NO_SLIP = "No known mistake fits"


@dataclass(frozen=True)
class CheckCount:
    """One check over the class: how many submissions ran it, who failed, and with which diagnosis."""

    number: str
    title: str
    ran: int
    failed: tuple[str, ...]
    diagnoses: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float:
        """The percentage that failed."""
        return 100.0 * len(self.failed) / self.ran


def to_index(results: Sequence[SubmissionResult]) -> str:
    """Return the text of index.html."""
    ordered = sorted(results, key=lambda result: result.name)
    graded = [result.score for result in ordered if result.status == "graded"]
    weaker = sorted({result.isolation for result in ordered} - {"bwrap"})
    return render(
        "index.html",
        script="index.js",
        results=ordered,
        statuses=Counter(result.status for result in ordered),
        mean=number(round(mean(graded), 1)) if graded else "–",
        median=number(round(median(graded), 1)) if graded else "–",
        full=sum(score >= course().max_score - 1e-9 for score in graded),
        bins=histogram(graded),
        checks=count_checks(ordered),
        stage_score=stage_score,
        stage_state=_stage_state,
        seconds=sum(result.seconds for result in ordered),
        isolations=[(level, ISOLATION.get(level, level)) for level in weaker],
    )


def histogram(scores: Sequence[float]) -> list[tuple[str, int, float]]:
    """Return (label, count, height in percent) for each ten points, from 0 to the most that the bonus allows."""
    top = int(sum(stage.points for stage in course().stages))
    counts = Counter(min(int(score // BIN), top // BIN - 1) for score in scores)
    highest = max(counts.values(), default=1)
    labels = {k: f"{k * BIN}–{k * BIN + BIN - 1}" for k in range(top // BIN)}
    labels[top // BIN - 1] = f"{top - BIN}–{top}"
    return [(label, counts[k], 100.0 * counts[k] / highest) for k, label in labels.items()]


def count_checks(results: Sequence[SubmissionResult]) -> list[CheckCount]:
    """Return each check that ran on any submission, in the course's order."""
    ran: dict[str, list[tuple[str, CheckResult]]] = defaultdict(list)
    for result in results:
        for stage in result.stages:
            if result.status == "graded" and stage.status == "graded":
                for check in stage.checks:
                    ran[check.number].append((result.name, check))
    return [_count(ran[key]) for key in sorted(ran, key=lambda key: [int(part) for part in key.split(".")])]


def _count(ran: Sequence[tuple[str, CheckResult]]) -> CheckCount:
    failed = [(name, check) for name, check in ran if check.status == "failed"]
    diagnoses = Counter(_diagnosis(check.message) for _, check in failed)
    first = ran[0][1]
    names = tuple(name for name, _ in failed)
    return CheckCount(first.number, first.title, len(ran), names, tuple(diagnoses.most_common()))


def _diagnosis(message: Message | None) -> str:
    """Return the known mistake behind a failure; where there was no answer to compare, why there was none."""
    return (message.slip or fault_of(message) if message else "") or NO_SLIP


def _stage_state(result: SubmissionResult, stage: int) -> str:
    """Return a word for a stage's cell: how full it is, or why it is empty."""
    found = next((item for item in result.stages if item.number == stage), None)
    if found is None or found.status == "not handed in":
        return "absent"
    if found.status == "not done":
        return "stub"
    share = found.score / found.max_score if found.max_score else 0.0
    return "full" if share >= 1 - 1e-9 else "most" if share >= 0.5 else "some" if share > 0 else "none"
