"""The columns of a template's spreadsheet, and a row of cells as answers."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from complianceai.drafting.company import PERSON
from complianceai.drafting.model import Question, Template
from complianceai.register.spreadsheets.reading import MOST_COLUMNS
from complianceai.site.language import translate
from complianceai.site.words import marked
from complianceai.workspace.bulk.errors import TooManyColumns

MANY = ("people", "table")
PART_WORDS = {
    "name": marked("Name"), "designation": marked("Designation"), "din": marked("DIN"), "pan": marked("PAN"),
    "address": marked("Address"), "email": marked("E-mail"),
}  # fmt: skip
ONE_A_LINE = marked("One a line; in each line, set off by semicolons: {parts}.")
SEVERAL = marked("Several, set off by semicolons.")
_YES_NO = {"yes": "yes", "no": "no", "हाँ": "yes", "हां": "yes", "नहीं": "no", "true": "yes", "false": "no"}
_INDIAN_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


class Column(NamedTuple):
    """One column: a question, or a part of the person whom a question is about."""

    question: Question
    part: str = ""

    @property
    def key(self) -> str:
        """What heads the column."""
        return f"{self.question.name}.{self.part}" if self.part else self.question.name

    @property
    def is_needed(self) -> bool:
        """Whether no paper can be made without it."""
        asked = self.question
        return asked.required and not asked.when and not asked.default and self.part in {"", "name"}

    def label(self, language: str) -> str:
        """How people call it."""
        words = self.question.label.get(language) or self.question.name
        return f"{words}: {translate(language, PART_WORDS[self.part])}" if self.part else words

    def help(self, language: str) -> str:
        """What to write in it."""
        asked = self.question
        told = [asked.help.get(language, "")] if self.part in {"", "name"} else []
        if asked.type == "yes_no":
            told.append(f"{translate(language, marked('Yes'))} / {translate(language, marked('No'))}")
        elif asked.type in {"choice", "choices"}:
            told.append(" | ".join(each.label.get(language) or each.value for each in asked.choices))
        elif asked.type == "date":
            told.append("2026-11-25")
        if asked.type == "choices":
            told.append(translate(language, SEVERAL))
        if asked.type in MANY:
            parts = "; ".join(name.replace("_", " ") for name in parts_of(asked))
            told.append(translate(language, ONE_A_LINE).format(parts=parts))
        return " ".join(each for each in told if each)


def columns_of(template: Template) -> tuple[Column, ...]:
    """Every column that the spreadsheet of a template may have.

    Errors: TooManyColumns.
    """
    made: list[Column] = []
    for question in template.questions:
        made += (
            [Column(question, part) for part in PERSON] if question.type == "person" else [Column(question)]
        )
    if len(made) > MOST_COLUMNS:
        raise TooManyColumns(most=MOST_COLUMNS)
    return tuple(made)


def parts_of(question: Question) -> Sequence[str]:
    """What each line of an answer with several rows has, in order."""
    return PERSON if question.type == "people" else [each.name for each in question.columns]


def headings(columns: Sequence[Column]) -> dict[str, Column]:
    """The columns by all that may head them: their own names, and what people call them where that is one alone."""
    known: dict[str, Column] = {}
    twice: set[str] = set()
    for column in columns:
        for label in {column.label("en").casefold(), column.label("hi").casefold()}:
            twice |= {label} & known.keys()
            known[label] = column
    for label in twice:
        del known[label]
    return known | {column.key: column for column in columns}


def answers_in(columns: Sequence[Column], cells: Mapping[str, str]) -> dict[str, Any]:
    """The answers that the cells of a row are, by question; what nothing was written for is left out."""
    answers: dict[str, Any] = {}
    for column in columns:
        text = cells.get(column.key, "").strip()
        if not text:
            continue
        if column.part:
            answers.setdefault(column.question.name, {})[column.part] = text
        else:
            answers[column.question.name] = _answer(column.question, text)
    return answers


def _answer(question: Question, text: str) -> Any:
    match question.type:
        case "date":
            found = _INDIAN_DAY.fullmatch(text)
            return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text
        case "yes_no":
            return _YES_NO.get(text.casefold(), text)
        case "choice":
            return _value(question, text)
        case "choices":
            several = re.split(r"[;\n]", text) if re.search(r"[;\n]", text) else _by_commas(question, text)
            return [_value(question, each.strip()) for each in several if each.strip()]
        case "people" | "table":
            names = parts_of(question)
            return [_row(names, line) for line in re.split(r"[\n|]", text) if line.strip()]
        case _:
            return text


def _value(question: Question, text: str) -> str:
    """The value of a choice, by its label too."""
    said = text.casefold()
    for each in question.choices:
        if said in {each.value.casefold(), *(label.casefold() for label in each.label.values())}:
            return each.value
    return text


def _by_commas(question: Question, text: str) -> list[str]:
    whole = _value(question, text)
    return [text] if whole in {each.value for each in question.choices} else text.split(",")


def _row(names: Sequence[str], line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.split(";")]
    # A part too many is named by its place, so that the interview's own check refuses it.
    extra = [f"part {number}" for number in range(len(names) + 1, len(parts) + 1)]
    return dict(zip([*names, *extra], parts, strict=False))
