"""From the answers of a form to a profile, the facts that are not known, and what cannot be taken."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from complianceai.register.amounts import read_count, read_rupees
from complianceai.register.errors import Fault
from complianceai.register.gstin import read_gstin
from complianceai.register.interview.openers import Form, first, is_open
from complianceai.register.interview.shapes import Group, Item, Question, Rows
from complianceai.register.interview.staff import put_staff
from complianceai.register.interview.trees import drop, put
from complianceai.rules import ProfileFaults, read_profile
from complianceai.site.words import marked

NOT_LISTED = marked("Choose one of the answers listed.")
NO_DATE = marked("This is not a date. Choose one from the calendar, or type it as 2026-04-01.")
TOO_LONG = marked("This is longer than {most} letters. Shorten it.")
NOT_PRINTABLE = marked("This has a character that cannot be seen. Type the text afresh.")
MOST_LETTERS = 200
ABROAD = (
    "foreign_investment",
    "overseas_investment",
    "ecb",
    "importer_exporter",
    "exports_goods",
    "imports_goods",
    "claims_rodtep",
    "concessional_imports",
    "export_authorisation",
    "sez_or_stpi_unit",
)
# What a row cannot do without.
NEEDED = {
    "gst.registrations": ("state", "scheme"),
    "events": ("type", "on"),
    "licences": ("kind", "valid_to"),
}
HELPERS = frozenset({"employs", "abroad"})


@dataclass(slots=True)
class Answers:
    """What a form says: the profile, the paths of facts nobody knows, and each field's fault by its name."""

    profile: dict[str, Any]
    unsure: set[str] = field(default_factory=set)
    faults: dict[str, str] = field(default_factory=dict)


def read_answers(
    groups: Iterable[Group], form: Form, before: Mapping[str, Any] | None = None, language: str = "en"
) -> Answers:
    """The answers of a form over what the profile said before; what the form does not ask stays as it was."""
    answers = Answers(deepcopy(dict(before or {})))
    for group in groups:
        for item in group.items:
            _take(
                item,
                form,
                answers,
                language,
                is_asked=is_open(group.after, form) and is_open(item.after, form),
            )
    _take_helpers(form, answers)
    if not answers.faults:
        _check_whole(answers)
    return answers


def _take(item: Item, form: Form, answers: Answers, language: str, *, is_asked: bool) -> None:
    if item.path in HELPERS:
        return
    drop(answers.profile, item.path)
    if not is_asked:
        return
    if isinstance(item, Rows):
        _take_rows(item, form, answers, language)
        return
    value, is_unsure = _value(item, form, item.path, answers, language)
    if is_unsure:
        answers.unsure.add(item.path)
    elif value is not None:
        put(answers.profile, item.path, value)


def _value(question: Question, form: Form, name: str, answers: Answers, language: str) -> tuple[Any, bool]:
    """The answer and whether nobody knows it; a fault is noted and answers nothing."""
    try:
        return read_value(question, form, name)
    except Fault as fault:
        answers.faults[name] = fault.told(language)
        return None, False


def read_value(question: Question, form: Form, name: str) -> tuple[Any, bool]:
    """One answer, and whether it is that nobody knows.

    Errors: Fault.
    """
    text = first(form, name).strip()
    allowed = dict(question.options)
    if question.kind == "many":
        return [value for value in form.get(name, ()) if value in allowed] or None, False
    if question.kind == "yes_no":
        return {"yes": (True, False), "no": (False, False)}.get(text, (None, True))
    if not text:
        return None, False
    if question.kind in ("choice", "state"):
        if text not in allowed:
            raise Fault(NOT_LISTED)
        return text, False
    readers = {"money": read_rupees, "count": read_count, "date": _date, "gstin": _gstin, "text": _text}
    return readers[question.kind](text), False


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Fault(NO_DATE) from None


def _gstin(text: str) -> str:
    return read_gstin(text).gstin


def _text(text: str) -> str:
    if len(text) > MOST_LETTERS:
        raise Fault(TOO_LONG, most=MOST_LETTERS)
    if not text.isprintable():
        raise Fault(NOT_PRINTABLE)
    return unicodedata.normalize("NFC", text)


def row_numbers(path: str, form: Form) -> list[int]:
    """The numbers of the rows that a form has under a path, in order."""
    pattern = re.compile(rf"{re.escape(path)}\.(\d{{1,3}})\.")
    return sorted({int(found[1]) for name in form if (found := pattern.match(name))})


def _take_rows(rows: Rows, form: Form, answers: Answers, language: str) -> None:
    taken: list[dict[str, Any]] = []
    for number in row_numbers(rows.path, form):
        row: dict[str, Any] = {}
        for question in rows.questions:
            value, _ = _value(question, form, f"{rows.path}.{number}.{question.path}", answers, language)
            if value is not None:
                row[question.path] = value
        if any(value not in (None, False) for value in row.values()):
            taken.append(row | {"_number": number})
    if rows.path == "staff":
        put_staff(answers.profile, answers.unsure, taken, form)
    else:
        _keep_rows(rows, taken, answers)


def _keep_rows(rows: Rows, taken: list[dict[str, Any]], answers: Answers) -> None:
    needed = {
        "gst.registrations": ("state", "scheme"),
        "events": ("type", "on"),
        "licences": ("kind", "valid_to"),
    }.get(rows.path, ())
    for row in taken:
        number = row.pop("_number")
        for name in needed:
            if name not in row:
                answers.faults.setdefault(
                    f"{rows.path}.{number}.{name}", marked("This is needed for the row. Answer it.")
                )
    if taken:
        put(answers.profile, rows.path, taken)


def _take_helpers(form: Form, answers: Answers) -> None:
    """What follows from the two questions that are no facts of the profile themselves."""
    employs, abroad = first(form, "employs"), first(form, "abroad")
    if employs == "no":
        answers.profile["employees"] = {"total": 0}
    elif employs != "yes":
        drop(answers.profile, "employees")
        drop(answers.profile, "registrations")
        answers.unsure |= {
            "employees.total",
            "registrations.epf",
            "registrations.esi",
            "registrations.pt",
            "registrations.lwf",
        }
    elif "employees" not in answers.profile and "registrations" not in answers.profile:
        answers.unsure.add("employees.by_state")
    if abroad == "no":
        answers.profile.update(dict.fromkeys(ABROAD, False))
    elif abroad != "yes":
        answers.unsure |= set(ABROAD)


def _check_whole(answers: Answers) -> None:
    """Notes what the rules find wrong with the profile as a whole, each under the name of its field."""
    if "entity_type" not in answers.profile:
        answers.faults["entity_type"] = marked(
            "This is needed: nearly every duty turns on it. Choose the nearest kind."
        )
        return
    try:
        read_profile(answers.profile)
    except ProfileFaults as found:
        for fault in found.faults:
            name = re.sub(r"\[(\d+)\]", r".\1", fault.path)
            answers.faults[name] = fault.message[:1].upper() + fault.message[1:] + "."
