"""A company's own template looked at before it is kept: its fields, what is asked for each, and a trial of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from complianceai import drafting
from complianceai.base.errors import InvalidInput
from complianceai.drafting.company import EXAMPLE
from complianceai.drafting.composing import names_of
from complianceai.drafting.errors import FaultyText, MarkupFault, RefusedFile, TooMuch
from complianceai.drafting.fields import Field, questions_of
from complianceai.drafting.model import Question, Template
from complianceai.drafting.own import (
    as_told,
    examine_text,
    example_answers,
    kinds_of,
    made_template,
    questions_told,
)
from complianceai.drafting.uploads import words_of_filled
from complianceai.site.words import marked
from complianceai.workspace.actions.content import faults_of_text
from complianceai.workspace.interviewing import html_of_words
from complianceai.workspace.rendering import in_time

MOST_WORD_BYTES = 5 * 1_048_576
EMPTY = marked("Write the text. A field stands in double braces, such as {{ name }}.")
NO_TYPE = marked("This field cannot be asked so. Choose a kind from the list.")
NO_CHOICES = marked("Write the answers that can be chosen, one a line.")
NOT_BEFORE = marked("This can turn only on a question that stands before it.")
NO_ANSWER = marked("This is no answer of that question. Write it as it stands there.")


@dataclass(frozen=True, slots=True)
class Sketch:
    """A template as somebody wrote it: a text, or a Word file; `questions` are as typed, by the field's name."""

    title: str
    kind: str
    language: str
    text: str
    questions: Mapping[str, Mapping[str, Any]]
    word: bytes = b""


@dataclass(frozen=True, slots=True)
class Vetted:
    """What a sketch comes to: its questions as they are kept, and all that is wrong with it by field of the form."""

    fields: tuple[Field, ...]
    questions: list[dict[str, Any]]
    faults: dict[str, str]
    template: Template | None


async def vet(sketch: Sketch, on: date) -> Vetted:
    """The sketch looked at: every fault is told, and nothing raised for one.

    Errors: RefusedFile; TookTooLong.
    """
    name = "file" if sketch.word else "text"
    if not sketch.word and not sketch.text.strip():
        return Vetted((), [], {"text": EMPTY}, None)
    if len(sketch.word) > MOST_WORD_BYTES:
        raise RefusedFile(why=f"it is larger than {MOST_WORD_BYTES // 1_048_576} MB.")
    try:
        look = (
            in_time(drafting.examine_docx, sketch.word) if sketch.word else in_time(examine_text, sketch.text)
        )
        found = await look
    except TooMuch as error:
        return Vetted((), [], {name: str(error)}, None)
    if found.faults:
        return Vetted(found.fields, [], {name: _by_line(found.faults, is_word=bool(sketch.word))}, None)
    told, faults = _asked(found.fields, sketch.questions)
    template = made_template(
        "own", sketch.title, sketch.kind, sketch.language, sketch.text, questions_told(told)
    )
    if not faults:
        faults = await _trial(template, sketch, on)
    return Vetted(found.fields, told, faults, template)


def insist(vetted: Vetted) -> list[dict[str, Any]]:
    """The questions of what was vetted.

    Errors: InvalidInput, with every fault.
    """
    if vetted.faults:
        raise InvalidInput(vetted.faults)
    return vetted.questions


async def example_html(template: Template, language: str, on: date, word: bytes = b"") -> str:
    """The paper of a template with answers that anybody might give, as a piece of a page.

    Errors: FaultyText; TooMuch; TookTooLong.
    """
    answers = example_answers(template, on)
    if word:
        names = names_of(template, answers, EXAMPLE, on)
        return html_of_words(await in_time(words_of_filled, word, names, language))
    text = await in_time(drafting.compose, template, answers, EXAMPLE, language, on)
    paper = await in_time(drafting.read, text, template.numbered)
    return drafting.write_html(paper, language)


async def _trial(template: Template, sketch: Sketch, on: date) -> dict[str, str]:
    """What goes wrong when it is filled in with an example, by field of the form."""
    try:
        await example_html(template, sketch.language, on, sketch.word)
    except FaultyText as error:
        told = _by_line(error.faults, is_word=bool(sketch.word))
        return {"file" if sketch.word else "text": told}
    except TooMuch as error:
        return {"file" if sketch.word else "text": str(error)}
    return {}


def _by_line(faults: Sequence[MarkupFault], *, is_word: bool) -> str:
    told = faults_of_text(FaultyText(tuple(faults)))["text"]
    return told.replace("Line ", "Paragraph ") if is_word else told


def _asked(
    fields: Sequence[Field], typed: Mapping[str, Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The questions as they are kept, and what is wrong with them by `questions.NAME.PART`."""
    told: list[dict[str, Any]] = []
    faults: dict[str, str] = {}
    for field, guess in zip(fields, questions_of(fields), strict=True):
        question = _told(guess, typed.get(field.name) or {})
        wrong = _wrong(question, kinds_of(field), {each["name"]: each for each in told})
        faults |= {f"questions.{field.name}.{part}": sentence for part, sentence in wrong.items()}
        told.append(as_told(guess) if "type" in wrong else question)
    return told, faults


def _told(guess: Question, given: Mapping[str, Any]) -> dict[str, Any]:
    told = as_told(guess)
    for part in ("type", "label", "help", "if", "is"):
        if text := str(given.get(part) or "").strip():
            told[part] = text
    told["required"] = bool(given.get("required", told["required"]))
    choices = dict.fromkeys(str(each).strip() for each in given.get("choices") or () if str(each).strip())
    told["choices"] = list(choices) if told["type"] in {"choice", "choices"} else []
    return told


def _wrong(
    question: Mapping[str, Any], kinds: Sequence[str], before: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if question["type"] not in kinds:
        wrong["type"] = NO_TYPE
    if question["type"] in {"choice", "choices"} and not question["choices"]:
        wrong["choices"] = NO_CHOICES
    if question["if"]:
        turned_on = before.get(question["if"])
        if turned_on is None:
            wrong["if"] = NOT_BEFORE
        elif question["is"] and not _can_be(turned_on, question["is"]):
            wrong["is"] = NO_ANSWER
    return wrong


def _can_be(turned_on: Mapping[str, Any], answer: str) -> bool:
    match turned_on["type"]:
        case "yes_no":
            return answer in {"yes", "no"}
        case "choice" | "choices":
            return answer in turned_on["choices"]
        case "text":
            return True
        case _:
            return False
