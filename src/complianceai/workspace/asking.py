"""An interview as its page shows it: each question with what was answered, and back from the form to answers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from starlette.datastructures import FormData

from complianceai import drafting
from complianceai.drafting.model import Question, Template

PERSON = ("name", "designation", "din", "pan", "address", "email")
MANY = ("people", "table")
MOST_ROWS = 200
_ROW = re.compile(r"(\d{1,3})\.([a-z0-9_]{1,60})")


@dataclass(frozen=True, slots=True)
class Moment:
    """A template asked about a company on a day: the paper's language, and the one that faults are said in."""

    template: Template
    company: Mapping[str, Any]
    language: str
    on: date
    says_in: str
    # The Word file that a company's own template is.
    word: bytes = b""


@dataclass(frozen=True, slots=True)
class Shown:
    """A question with its answer as a form has it, and what is wrong with it by path."""

    question: Question
    value: Any
    faults: Mapping[str, str]

    @property
    def rows(self) -> list[Mapping[str, Any]]:
        """The rows of an answer that has several; never none, since somebody has to begin."""
        found: list[Mapping[str, Any]] = [each for each in self.value or () if isinstance(each, Mapping)]
        return found or [{}]


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions that matter now, by page of the interview, and how many are answered."""

    groups: tuple[tuple[Mapping[str, str], tuple[Shown, ...]], ...]
    faults: Mapping[str, str]

    @property
    def questions(self) -> list[Shown]:
        """All of them in order."""
        return [each for _, group in self.groups for each in group]

    @property
    def answered(self) -> int:
        """How many need nothing more."""
        bad = {path.partition(".")[0] for path in self.faults}
        return sum(each.question.name not in bad for each in self.questions)

    def at(self, name: str, deed: str = "") -> tuple[int, Shown | None]:
        """Which question of them all is asked by itself, from 1; none after the last."""
        names = [each.question.name for each in self.questions]
        place = names.index(name) if name in names else 0
        if deed == "next" and not any(path.partition(".")[0] == name for path in self.faults):
            place += 1
        elif deed == "before":
            place = max(0, place - 1)
        return place + 1, self.questions[place] if place < len(names) else None


def ask(moment: Moment, answers: Mapping[str, Any], deed: str = "", is_strict: bool = False) -> Asked:  # noqa: FBT001, FBT002 - whether gaps are faults
    """What is to be asked now; what was answered wrongly says so, and what was not yet does when it is `is_strict`."""
    groups = drafting.asked(moment.template, answers, moment.company, moment.on)
    known = {each.name for group in groups for each in group.questions}
    kept = {name: value for name, value in answers.items() if name in known}
    checked = drafting.check(moment.template, kept, moment.company, moment.on)
    every = {each.question: each.says[moment.says_in] for each in checked.faults}
    told = {path: text for path, text in every.items() if is_strict or not _is_gap(kept, path)}
    more = deed.removeprefix("more:") if deed.startswith("more:") else ""
    shown = tuple(
        (group.title, tuple(_shown(each, answers, told, more) for each in group.questions))
        for group in groups
    )
    return Asked(shown, every)


def _is_gap(answers: Mapping[str, Any], path: str) -> bool:
    found: Any = answers
    for part in path.split("."):
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, list) and part.isdecimal() and 0 < int(part) <= len(found):
            found = found[int(part) - 1]
        else:
            return True
    return found is None or found in ("", [], {})


def _shown(question: Question, answers: Mapping[str, Any], told: Mapping[str, str], more: str) -> Shown:
    value = answers[question.name] if question.name in answers else formed(question.preset)
    if question.name == more and isinstance(value, list | None):
        value = [*(value or [{}]), {}]
    name = question.name
    return Shown(
        question,
        value,
        {path: text for path, text in told.items() if path == name or path.startswith(f"{name}.")},
    )


def formed(value: Any) -> Any:
    """A typed value as a form writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | int | float):
        return f"{value}"
    if isinstance(value, Mapping):
        return {name: formed(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [formed(each) for each in value]
    return value


def answers_in(form: FormData, template: Template) -> dict[str, Any]:
    """The answers of a form, of those questions alone that it asked."""
    found: dict[str, Any] = {}
    for question in template.questions:
        given = _answer(form, question)
        if given is not None:
            found[question.name] = given
    return found


def _answer(form: FormData, question: Question) -> Any:
    name = question.name
    if question.type == "choices":
        values = [each for each in form.getlist(name) if isinstance(each, str)]
        return [each for each in values if each] if values else None
    if question.type == "person":
        person = {part: str(form[f"{name}.{part}"]) for part in PERSON if f"{name}.{part}" in form}
        return person or None
    if question.type in MANY:
        return _rows(form, name)
    value = form.get(name)
    return value if isinstance(value, str) else None


def _rows(form: FormData, name: str) -> list[dict[str, str]] | None:
    rows: dict[int, dict[str, str]] = {}
    prefix = f"{name}."
    for key, value in form.multi_items():
        if (
            key.startswith(prefix)
            and isinstance(value, str)
            and (found := _ROW.fullmatch(key[len(prefix) :]))
        ):
            rows.setdefault(int(found[1]), {})[found[2]] = value
    if not rows:
        return None
    kept = [row for _, row in sorted(rows.items()) if any(value.strip() for value in row.values())]
    return kept[:MOST_ROWS]
