"""A company's own templates: a text written in the browser, its questions found in it; never trusted."""

from __future__ import annotations

from collections.abc import Sequence

from complianceai.drafting.errors import FaultyText
from complianceai.drafting.fields import faults_of_fields, fields_of, questions_of
from complianceai.drafting.linting import lint
from complianceai.drafting.model import Example, Group, Question, Template

_GROUP = {"en": "What it says", "hi": "इसमें क्या लिखा जाए"}


def own_template(
    template_id: str, title: str, text: str, *, language: str = "en", questions: Sequence[Question] = ()
) -> Template:
    """The template that a text of a company's own is; each field without a question of theirs gets one by its name.

    Errors: FaultyText, with every fault by line.
    """
    if faults := lint(text):
        raise FaultyText(faults)
    fields = fields_of(text)
    if faults := faults_of_fields(fields):
        raise FaultyText(faults)
    given = {each.name: each for each in questions}
    asked = tuple(given.get(each.name, each) for each in questions_of(fields))
    words = {"en": title, "hi": title}
    numbered = "(#)" in text
    return Template(
        template_id, words, words, "letter", (), (), (), (), "", 1, numbered, (Group(_GROUP, asked),),
        {language: text}, Example({}, {}), own=True,
    )  # fmt: skip
