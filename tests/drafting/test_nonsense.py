"""Each template with answers that nobody would give: still a paper, in each language and each form."""

from typing import Any

import pytest

from complianceai.drafting import (
    Question,
    Style,
    Template,
    check,
    compose,
    read,
    template,
    templates,
    write_docx,
    write_html,
    write_pdf,
)  # fmt: skip
from complianceai.drafting.company import EXAMPLE
from complianceai.drafting.proving import sample
from tests.drafting.drafts import ON

NASTY = (
    '# *a* | [[b]] {#c}\n\n:::keep\n- d > e \\ </w:t> & "f" #g $h @i `j` 1. \u0939\u093f\u0902\u0926\u0940'
)
NAMES = [each.id for each in templates()]


def _nasty(question: Question) -> Any:
    match question.type:
        case "text" | "long_text" | "address":
            return NASTY
        case "person":
            return {"name": NASTY, "designation": NASTY, "address": NASTY}
        case "people":
            return [{"name": NASTY, "address": NASTY}] * 3
        case "table":
            return [{each.name: _nasty(each) for each in question.columns}] * 3
        case _:
            return sample(question, ON)


def _answers(asked: Template) -> dict[str, Any]:
    return {each.name: _nasty(each) for each in asked.questions if not each.pattern}


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("name", NAMES)
def test_no_answer_breaks_a_paper(name: str, language: str) -> None:
    asked = template(name)
    company = {**EXAMPLE, "name": NASTY, "address": NASTY}
    given = {**asked.example.answers, **_answers(asked)}
    refused = {fault.question.partition(".")[0] for fault in check(asked, given, company, ON).faults}
    # Where a bound of the template refuses a sample, the example's own answer stands.
    kept = {name: value for name, value in given.items() if name not in refused}
    whole = check(asked, {**asked.example.answers, **kept}, company, ON)
    assert whole.faults == ()
    paper = read(compose(asked, whole.answers, company, language, ON), asked.numbered)
    style = Style(language=language, letterhead=NASTY, title=NASTY, author=NASTY)
    assert "<w:t>" not in write_html(paper, language)
    assert write_docx(paper, style).startswith(b"PK")
    assert write_pdf(paper, style).startswith(b"%PDF")
