"""``nbgrader generate_feedback``: one page a hand-in that fetches nothing and shows every text of a student as text."""

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbconvert.exporters import Exporter
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from ..manifest import course
from ..report.feedback import ISOLATION, next_step, rows, sentence, visible_file
from ..report.gradescope import from_json, stage_line
from ..report.pages import TEMPLATES
from ..report.words import clean, clean_name, number
from ..results import StageResult, SubmissionResult
from .autograde import STAMP

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
MAX_SHOWN = 60_000


class FeedbackExporter(Exporter):
    """An autograded notebook as a page: the points of the gradebook, each stage's feedback, what was handed in."""

    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Return the page and its resources; GetGrades has put the gradebook's scores into the cells."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        names = resources["nbgrader"]
        stamp = nb.metadata.get(STAMP, {}).get("result")
        result = from_json(json.dumps(stamp), names["student"]) if stamp else None
        return page(nb, names, result), resources


def page(nb: Any, names: Any, result: SubmissionResult | None) -> str:
    """Return the page.

    Args:
        nb: the notebook, with scores and comments in its cells' metadata.
        names: nbgrader's resources: student, score, late_penalty.
        result: what the grader said; None where the notebook carries none.
    """
    environment = Environment(
        loader=FileSystemLoader([Path(__file__).parent / "templates", TEMPLATES]),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(clean=clean, clean_name=clean_name, number=number)
    formatter = HtmlFormatter(nowrap=True)
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8") + formatter.get_style_defs("pre.code")
    marked = {cell.metadata.nbgrader.grade_id: cell for cell in nb.cells if cell.metadata.get("nbgrader")}
    own = {name for stage in course().stages for name in (stage.module, f"test_{stage.module}")}
    return environment.get_template("nbgrader_feedback.html").render(
        style=Markup(style), script=Markup(), policy=POLICY, course=course(), names=names,
        result=result, next_step=next_step(result) if result is not None else None,
        isolation=ISOLATION.get(result.isolation, result.isolation) if result is not None else "",
        stages=[(stage, _of(result, stage.number), marked.get(stage.module), marked.get(f"test_{stage.module}"))
                for stage in course().stages],
        by_hand=[cell for name, cell in marked.items() if name not in own],
        rows=rows, visible_file=visible_file, stage_line=lambda stage: sentence(stage_line(stage)),
        code=lambda text: _code(text, formatter),
    )  # fmt: skip


def _of(result: SubmissionResult | None, number: int) -> StageResult | None:
    return next((stage for stage in result.stages if stage.number == number), None) if result is not None else None


def _code(text: str, formatter: HtmlFormatter[str]) -> Markup:
    """Return code in colours, its every character escaped."""
    return Markup(highlight(clean(text, limit=MAX_SHOWN), PythonLexer(), formatter))
