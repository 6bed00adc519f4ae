"""A company's own templates: a text written in the browser or a Word file, its questions found in it; never trusted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from complianceai.drafting.answers import check
from complianceai.drafting.company import EXAMPLE, person
from complianceai.drafting.errors import FaultyText, MarkupFault
from complianceai.drafting.fields import Field, faults_of_fields, fields_of, questions_of
from complianceai.drafting.limits import apart
from complianceai.drafting.linting import lint
from complianceai.drafting.model import KINDS, Choice, Example, Group, Question, Template, Words
from complianceai.drafting.uploads import Examined

_GROUP = {"en": "What it says", "hi": "इसमें क्या लिखा जाए"}
# What somebody who writes no code may make of a field; lists and tables are what the text loops over.
PLAIN_TYPES = (
    "text", "long_text", "address", "date", "money", "number", "integer", "percent", "yes_no", "choice", "choices",
    "person", "email", "phone", "pan", "cin", "gstin", "din",
)  # fmt: skip
LIST_TYPES = ("people", "choices")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")


def examine_text(text: str) -> Examined:
    """The fields of a text and what is wrong with it, by line.

    Looked at in a child: to compile a text is to work out what stands fixed in it, which may be made to take for ever.
    Errors: TooMuch.
    """
    fields, faults = apart("examine_text", text)
    return Examined(
        tuple(Field(name, tuple(columns), is_list, hint) for name, columns, is_list, hint in fields),
        tuple(MarkupFault(line, says) for line, says in faults),
    )


def examined(text: str) -> list[list[Any]]:
    """As `examine_text`, in lists, within the child."""
    fields: tuple[Field, ...] = ()
    faults = [*lint(text)]
    if not faults:
        try:
            fields = fields_of(text)
            faults += faults_of_fields(fields)
        except FaultyText as error:
            faults += error.faults
    return [
        [[each.name, list(each.columns), each.is_list, each.hint] for each in fields],
        [list(each) for each in faults],
    ]


def own_template(
    template_id: str, title: str, text: str, *, language: str = "en", questions: Sequence[Question] = ()
) -> Template:
    """The template that a text of a company's own is; each field without a question of theirs gets one by its name.

    Errors: FaultyText, with every fault by line; TooMuch.
    """
    found = examine_text(text)
    if found.faults:
        raise FaultyText(found.faults)
    given = {each.name: each for each in questions}
    asked = tuple(given.get(each.name, each) for each in questions_of(found.fields))
    return made_template(template_id, title, "letter", language, text, asked)


def made_template(
    template_id: str, title: str, kind: str, language: str, text: str, questions: Sequence[Question]
) -> Template:
    """The template of a text that was examined before; a Word file's text is empty."""
    words = {"en": title, "hi": title}
    return Template(
        template_id, words, words, kind if kind in KINDS else "letter", (), (), (), (), "", 1, "(#)" in text,
        (Group(_GROUP, tuple(questions)),) if questions else (), {language: text}, Example({}, {}), own=True,
    )  # fmt: skip


def kinds_of(field: Field) -> tuple[str, ...]:
    """The types that a field may be given, the one that its use in the text suggests first."""
    [guess] = questions_of([field])
    if guess.type in {"table", "person"} or (field.is_list and field.columns):
        return (guess.type,)
    known = LIST_TYPES if field.is_list else PLAIN_TYPES
    return (guess.type, *(each for each in known if each != guess.type))


def as_told(question: Question) -> dict[str, Any]:
    """A question as it is kept and edited: plain values, its condition as the question and the answer it turns on."""
    return {
        "name": question.name, "type": question.type, "label": question.label.get("en", question.name),
        "help": question.help.get("en", ""), "required": question.required,
        "choices": [each.value for each in question.choices], "if": "", "is": "",
        "columns": [as_told(each) for each in question.columns],
    }  # fmt: skip


def question_told(told: Mapping[str, Any], before: Mapping[str, Question] | None = None) -> Question:
    """The question that `as_told` tells, or somebody typed; `before` are those that its condition may name."""
    kind = str(told["type"])
    turned_on = (before or {}).get(str(told.get("if") or ""))
    is_yes_no = kind == "yes_no"
    return Question(
        str(told["name"]), kind, _words(told.get("label") or told["name"]), _words(told.get("help") or ""),
        required=bool(told.get("required", True)) and not is_yes_no,
        default="False" if is_yes_no else "",
        when=condition(turned_on, str(told.get("is") or "")) if turned_on else "",
        choices=tuple(Choice(str(each), _words(each), {}) for each in told.get("choices") or ()),
        columns=tuple(question_told(each) for each in told.get("columns") or ()),
    )  # fmt: skip


def questions_told(told: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The questions in their order, each able to turn on those before it."""
    made: dict[str, Question] = {}
    for each in told:
        question = question_told(each, made)
        made[question.name] = question
    return tuple(made.values())


def condition(question: Question, answer: str) -> str:
    """The expression that is true where a question was answered so; without an answer, where it was answered at all."""
    if not _NAME.fullmatch(question.name):
        raise ValueError(question.name)
    if question.type == "yes_no":
        return f"{question.name} == {'false' if answer == 'no' else 'true'}"
    if not answer:
        return (
            f"{question.name} is not none"
            if question.type not in {"choices", "people", "table"}
            else question.name
        )
    if question.type == "choices":
        return f"{json.dumps(answer)} in {question.name}"
    return f"{question.name} == {json.dumps(answer)}"


def example_answers(template: Template, on: date) -> dict[str, Any]:
    """Answers that anybody might give, as `check` gives them, to see the paper by."""
    given = {each.name: _example(each, on) for each in template.questions}
    return dict(check(template, given, EXAMPLE, on).answers)


def _example(question: Question, on: date) -> Any:
    known: dict[str, Any] = {
        "date": on, "money": Decimal("12345.50"), "number": Decimal(10), "percent": Decimal(10), "integer": 3,
        "yes_no": True, "email": "asha@example.com", "phone": "+91 20 5550 0142", "pan": EXAMPLE["pan"],
        "cin": EXAMPLE["cin"], "gstin": EXAMPLE["gstin"], "din": "08123456", "address": EXAMPLE["address"],
        "person": person(EXAMPLE["directors"][0]), "people": [person(each) for each in EXAMPLE["directors"]],
    }  # fmt: skip
    match question.type:
        case "choice":
            return question.choices[0].value if question.choices else ""
        case "choices":
            return [each.value for each in question.choices[:2]]
        case "table":
            return [{each.name: _example(each, on) for each in question.columns} for _ in range(2)]
        case _:
            return known.get(question.type, question.label["en"])


def _words(text: object) -> Words:
    return {"en": str(text), "hi": str(text)} if text else {}
