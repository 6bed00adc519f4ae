"""What an interview asks now, and whether the answers are what the template can be filled with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import Undefined

from complianceai.drafting import company as companies
from complianceai.drafting import typed
from complianceai.drafting.environment import FAULTS, FUNCTIONS, expression, names_of
from complianceai.drafting.errors import FaultyText, MarkupFault
from complianceai.drafting.formats import long_date
from complianceai.drafting.model import Checked, Fault, Group, Question, Template
from complianceai.drafting.refusals import says

MOST_ROWS = 200
_MANY = ("people", "table")
_PERSON = (
    Question("name", "text", {}, {}),
    Question("designation", "text", {}, {}, required=False),
    Question("din", "din", {}, {}, required=False),
    Question("pan", "pan", {}, {}, required=False),
    Question("address", "address", {}, {}, required=False),
    Question("email", "email", {}, {}, required=False),
)


def asked(
    template: Template, answers: Mapping[str, Any], company: Mapping[str, Any], on: date
) -> tuple[Group, ...]:
    """The pages of the interview with those questions alone that matter now; `preset` is each default, worked out."""
    walk = _Walk(template, answers, company, on)
    walk.through()
    groups = (
        Group(
            group.title,
            tuple(
                each._replace(preset=walk.presets[each.name])
                for each in group.questions
                if each.name in walk.presets
            ),
        )
        for group in template.groups
    )
    return tuple(group for group in groups if group.questions)


def check(template: Template, answers: Mapping[str, Any], company: Mapping[str, Any], on: date) -> Checked:
    """The answers as typed values, with None for what is not asked or not answered, and what is wrong with them.

    An answer that is left out takes its question's default; one that is given empty does not.
    """
    walk = _Walk(template, answers, company, on)
    walk.through()
    known = {each.name for each in template.questions}
    unknown = [Fault(name, "unknown", says("unknown")) for name in answers if name not in known]
    return Checked(walk.values, (*walk.faults, *unknown))


class _Walk:
    """Goes through the questions in order; each may rest on the answers before it."""

    def __init__(
        self, template: Template, answers: Mapping[str, Any], company: Mapping[str, Any], on: date
    ) -> None:
        self._questions = template.questions
        self._given = answers
        self._names: dict[str, Any] = {"company": companies.whole(company), "today": on}
        self.values: dict[str, Any] = dict.fromkeys(each.name for each in self._questions)
        self.presets: dict[str, Any] = {}
        self.faults: list[Fault] = []

    def through(self) -> None:
        """Nothing; values, presets and faults are known afterwards."""
        for question in self._questions:
            if question.when and not self._worth(question.when, default=False):
                continue
            self.presets[question.name] = self._preset(question)
            given = self._given.get(question.name, self.presets[question.name])
            self.values[question.name] = self._answer(question, question.name, given)

    def _worth(self, source: str, *, default: Any) -> Any:
        ask, known = expression(source), {**self._names, **self.values}
        if unknown := sorted(names_of(source) - known.keys() - FUNCTIONS.keys()):
            raise FaultyText((MarkupFault(1, f"{source}: no question is called {unknown[0]!r}"),))
        try:
            found = ask(**known)
        except FAULTS:
            # `None > 5`, or the first of no directors: what it rests on is still missing, so nothing can be said yet.
            return default
        return default if isinstance(found, Undefined) else found

    def _preset(self, question: Question) -> Any:
        if not question.default:
            return None
        found = self._worth(question.default, default=None)
        return None if typed.is_blank(found) else found

    def _answer(self, question: Question, path: str, given: Any) -> Any:
        """The typed value; None, and a fault, where it is none."""
        if typed.is_blank(given):
            if question.required:
                self._refuse(path, "required")
            return [] if question.type in (*_MANY, "choices") else None
        try:
            value = self._read(question, path, given)
        except typed.Refusal as refusal:
            self.faults.append(Fault(path, refusal.rule, refusal.says))
            return None
        self._bounded(question, path, value)
        return value

    def _read(self, question: Question, path: str, given: Any) -> Any:
        match question.type:
            case "person":
                return self._person(path, given)
            case "people":
                return [self._person(f"{path}.{at}", each) for at, each in enumerate(_rows(given), 1)]
            case "table":
                return [self._row(question, f"{path}.{at}", each) for at, each in enumerate(_rows(given), 1)]
            case _:
                return typed.single(question, given)

    def _person(self, path: str, given: Any) -> dict[str, Any]:
        fields = {"name": given} if isinstance(given, str) else given
        if not isinstance(fields, Mapping):
            raise typed.Refusal("type", says("person"))
        found = self._fields(_PERSON, path, fields)
        return {name: value or "" for name, value in found.items()}

    def _row(self, question: Question, path: str, given: Any) -> dict[str, Any]:
        if not isinstance(given, Mapping):
            raise typed.Refusal("type", says("rows"))
        return self._fields(question.columns, path, given)

    def _fields(self, columns: tuple[Question, ...], path: str, given: Mapping[str, Any]) -> dict[str, Any]:
        names = {each.name for each in columns}
        for name in given:
            if name not in names and not typed.is_blank(given[name]):
                self._refuse(f"{path}.{name}", "unknown")
        return {
            each.name: self._answer(each, f"{path}.{each.name}", given.get(each.name)) for each in columns
        }

    def _bounded(self, question: Question, path: str, value: Any) -> None:
        """Gathers a fault where the value lies outside what the question takes."""
        many = isinstance(value, list)
        size = len(value) if many else value
        least, most = self._bound(question.least, value), self._bound(question.most, value)
        kind = "_rows" if many else "_day" if isinstance(value, date) else ""
        if least is not None and size < least:
            self.faults.append(Fault(path, "least", _bound_says("least", kind, least)))
        if most is not None and size > most:
            self.faults.append(Fault(path, "most", _bound_says("most", kind, most)))
        if question.pattern and isinstance(value, str) and not re.fullmatch(question.pattern, value):
            self._refuse(path, "pattern", pattern=question.help.get("en") or question.pattern)

    def _bound(self, written: Any, value: Any) -> Any:
        if written is None or isinstance(value, str | bool | dict):
            return None
        if isinstance(value, date):
            if re.fullmatch(r"\d{4}-\d\d-\d\d", str(written)):
                return date.fromisoformat(str(written))
            return self._worth(str(written), default=None)
        if isinstance(written, str) and not re.fullmatch(r"-?[\d.]+", written):
            return self._worth(written, default=None)
        return Decimal(str(written))

    def _refuse(self, path: str, rule: str, **fields: object) -> None:
        self.faults.append(Fault(path, rule, says(rule, **fields)))


def _rows(given: Any) -> list[Any]:
    rows = [each for each in given if not typed.is_blank(each)] if isinstance(given, list | tuple) else None
    if rows is None:
        raise typed.Refusal("type", says("rows"))
    if len(rows) > MOST_ROWS:
        raise typed.Refusal("most", says("most_rows", most=MOST_ROWS))
    return rows


def _bound_says(rule: str, kind: str, bound: Any) -> Mapping[str, str]:
    return {
        language: says(
            f"{rule}{kind}", **{rule: long_date(bound, language) if isinstance(bound, date) else bound}
        )[language]
        for language in ("en", "hi")
    }
