"""The templates of the HTML pages: self-contained files that fetch nothing and escape every text."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..manifest import course
from .gradescope import grader_version
from .words import clean, clean_name, link_to, number

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(clean=clean, clean_name=clean_name, number=number, link_to=link_to)
    return environment


def render(template: str, script: str = "", **values: Any) -> str:
    """Return a page.

    Args:
        template: the name of the template.
        script: the name of the one script that the page may run; "" for none.
        values: what the template shows.
    """
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    code = (TEMPLATES / script).read_text(encoding="utf-8") if script else ""
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    allowed = f"'sha256-{digest}'" if code else "'none'"
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src {allowed}"
    page = _environment().get_template(template)
    return page.render(
        style=Markup(style),
        script=Markup(code),
        policy=policy,
        course=course(),
        version=grader_version(),
        **values,
    )
