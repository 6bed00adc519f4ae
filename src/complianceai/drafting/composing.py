"""From a template and answers to the marked-up text that a version of a document holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from complianceai.drafting import company as companies
from complianceai.drafting.clauses import clause
from complianceai.drafting.environment import rendered
from complianceai.drafting.errors import FaultyText, MarkupFault
from complianceai.drafting.escaping import held, released
from complianceai.drafting.model import Template

DEEPEST_CLAUSE = 3
_BLANK_LINES = re.compile(r"\n{3,}")


def compose(
    template: Template, answers: Mapping[str, Any], company: Mapping[str, Any], language: str, on: date
) -> str:
    """The text of the paper in a language, with these answers as `check` gives them.

    Errors: FaultyText by line of the body; TooMuch.
    """
    body = template.bodies.get(language)
    if body is None:
        raise FaultyText((MarkupFault(1, f"this template is not written in {language!r}"),))
    names = names_of(template, answers, company, on)
    if template.own:
        from complianceai.drafting.limits import apart  # noqa: PLC0415 - a process of its own, for those alone

        text: str = apart("render", body, names, language)
    else:
        text = render(body, names, language)
    return text


def render(body: str, names: Mapping[str, Any], language: str) -> str:
    """The text that a body comes to with these names, clauses of the library among them.

    Errors: FaultyText by line; TooMuch.
    """
    kept = {name: held(value) for name, value in names.items()}
    depth = 0

    def of_library(path: str) -> str:
        nonlocal depth
        if depth >= DEEPEST_CLAUSE:
            raise LookupError(f"clauses within clauses within clauses: {path}")
        depth += 1
        try:
            return rendered(clause(path).text[language], kept, language).strip()
        finally:
            depth -= 1

    kept["clause"] = of_library
    return _BLANK_LINES.sub("\n\n", released(rendered(body, kept, language))).strip() + "\n"


def names_of(
    template: Template, answers: Mapping[str, Any], company: Mapping[str, Any], on: date
) -> dict[str, Any]:
    """Everything that a body may name: the answers, nothing where there is none, the company and the day."""
    blank = dict.fromkeys(each.name for each in template.questions)
    return {**blank, **answers, "company": companies.whole(company), "today": on}
