"""A template asked about a company: what matters now, what is wrong, and the paper so far."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from math import isfinite
from typing import Any

from complianceai import drafting
from complianceai.base.errors import InvalidInput
from complianceai.base.text import in_one_spelling
from complianceai.drafting.company import PERSON
from complianceai.drafting.composing import names_of
from complianceai.drafting.errors import FaultyText, TooMuch
from complianceai.drafting.model import Question, Template
from complianceai.drafting.uploads import words_of_filled
from complianceai.workspace.errors import NotInTemplateLanguage
from complianceai.workspace.rendering import in_time

MOST_TITLE = 200
# What is written where an answer is still to come.
GAP = "________"
MOST_ANSWER = 20_000
DEEPEST = 4
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A paper from a template: what it is called, what it says, and the day on which it ends if it does."""

    title: str
    text: str
    expires_on: date | None
    # Of a company's own Word template: the file, filled in; it has no text of its own.
    word: bytes = b""


def plainly(given: Any, depth: int = 0) -> Any:
    """Answers as they can be kept on either engine: without what no keyboard types, and no deeper than a table is."""
    if isinstance(given, str):
        return _UNSEEN.sub("", in_one_spelling(given))[:MOST_ANSWER]
    if isinstance(given, Mapping) and depth < DEEPEST:
        return {str(plainly(str(name))): plainly(value, depth + 1) for name, value in given.items()}
    if isinstance(given, list | tuple) and depth < DEEPEST:
        return [plainly(value, depth + 1) for value in given]
    is_number = isinstance(given, bool | int) or (isinstance(given, float) and isfinite(given))
    return given if is_number or given is None else _UNSEEN.sub("", str(given))[:MOST_ANSWER]


def language_for(template: Template, wanted: str) -> str:
    """The language of the paper.

    Errors: NotInTemplateLanguage.
    """
    if wanted not in template.languages:
        raise NotInTemplateLanguage
    return wanted


async def draft(  # noqa: PLR0913 - from which answers to what, about whom
    template: Template,
    answers: Mapping[str, Any],
    company: Mapping[str, Any],
    language: str,
    on: date,
    says_in: str = "en",
    *,
    word: bytes = b"",
) -> Drafted:
    """The paper that these answers make; a Word file that is the template is filled in.

    Errors: InvalidInput, with each faulty answer by `userInputs.` and its path; NotInTemplateLanguage; FaultyText;
    TookTooLong.
    """
    chosen = language_for(template, language)
    checked = await in_time(drafting.check, template, answers, company, on)
    if checked.faults:
        raise InvalidInput({f"userInputs.{each.question}": each.says[says_in] for each in checked.faults})
    text, filled = "", b""
    if word:
        names = names_of(template, checked.answers, company, on)
        filled = await in_time(drafting.fill_docx, word, names, chosen)
    else:
        text = await in_time(drafting.compose, template, checked.answers, company, chosen, on)
    ends = checked.answers.get(template.expires) if template.expires else None
    return Drafted(
        template.title[chosen][:MOST_TITLE], text, ends if isinstance(ends, date) else None, filled
    )


async def preview(
    template: Template,
    answers: Mapping[str, Any],
    company: Mapping[str, Any],
    language: str,
    on: date,
    word: bytes = b"",
) -> str:
    """The paper so far as HTML, with gaps where nothing was answered; empty where too little was.

    Errors: TookTooLong.
    """
    return await in_time(_preview, template, answers, company, language, on, word)


def _preview(
    template: Template,
    answers: Mapping[str, Any],
    company: Mapping[str, Any],
    language: str,
    on: date,
    word: bytes,
) -> str:
    try:
        checked = drafting.check(template, answers, company, on)
        known = {**checked.answers, **_gaps(template, checked.answers, company, on)}
        if word:
            return html_of_words(words_of_filled(word, names_of(template, known, company, on), language))
        text = drafting.compose(template, known, company, language, on)
        paper, _ = drafting.read_leniently(text, numbered=template.numbered)
        return drafting.write_html(paper, language)
    except (FaultyText, TooMuch):
        return ""


def html_of_words(paragraphs: Sequence[str]) -> str:
    """What a Word file says, as a piece of a page: its words alone, since how it looks is Word's business."""
    return "".join(f"<p>{escape(each)}</p>" for each in paragraphs)


def _gaps(
    template: Template, answers: Mapping[str, Any], company: Mapping[str, Any], on: date
) -> dict[str, Any]:
    """What stands in the paper so far for each question that is asked and not answered yet."""
    asked = drafting.asked(template, answers, company, on)
    return {
        each.name: _gap(each, on)
        for group in asked
        for each in group.questions
        if answers.get(each.name) in (None, []) and each.required
    }


def _gap(question: Question, on: date) -> Any:
    match question.type:
        case "date":
            return on
        case "money" | "number" | "percent":
            return Decimal(0)
        case "integer":
            return 0
        case "yes_no":
            return False
        case "choice":
            return question.choices[0].value if question.choices else GAP
        case "choices":
            return [each.value for each in question.choices[:1]]
        case "person":
            return _nobody()
        case "people":
            return [_nobody()]
        case "table":
            return [{each.name: _gap(each, on) for each in question.columns}]
        case _:
            return GAP


def _nobody() -> dict[str, str]:
    return {**dict.fromkeys(PERSON, ""), "name": GAP}
