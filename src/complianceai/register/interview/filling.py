"""From a profile, or from a GSTIN, to the answers of a form."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from complianceai.register.gstin import Holder
from complianceai.register.interview.openers import first
from complianceai.register.interview.reading import ABROAD, HELPERS, row_numbers
from complianceai.register.interview.shapes import Group, Question, Rows
from complianceai.register.interview.staff import staff_rows
from complianceai.register.interview.trees import get

Filled = dict[str, list[str]]


def fill_form(groups: Iterable[Group], profile: Mapping[str, Any], unsure: Collection[str] = ()) -> Filled:
    """The form that says what the profile says."""
    form: Filled = {}
    for group in groups:
        for item in group.items:
            if isinstance(item, Rows):
                _fill_rows(form, item, profile, unsure)
            elif item.path not in HELPERS:
                form[item.path] = _typed(item, get(profile, item.path), is_unsure=item.path in unsure)
    form["employs"] = [_employs(profile, unsure)]
    form["abroad"] = [_abroad(profile, unsure)]
    return form


def empty_form(groups: Iterable[Group]) -> Filled:
    """The form before anything is answered, with the answers that nearly everybody gives."""
    return {
        item.path: [item.usual]
        for group in groups
        for item in group.items
        if isinstance(item, Question) and item.usual
    }


def fill_from_gstin(form: Filled, holder: Holder) -> Filled:
    """The form with what the number tells: State, kind of entity (where none fits already), a registration."""
    filled = {**form, "gstin": [holder.gstin], "gst.registered": ["yes"]}
    if holder.entity_types and first(form, "entity_type") not in holder.entity_types:
        filled["entity_type"] = [holder.entity_types[0]]
    if holder.state and not first(form, "state"):
        filled["state"] = [holder.state]
    numbers = row_numbers("gst.registrations", form)
    known = {first(form, f"gst.registrations.{number}.gstin").upper(): number for number in numbers}
    blank = (n for n in numbers if not first(form, f"gst.registrations.{n}.gstin"))
    number = known.get(holder.gstin, next(blank, max(numbers, default=-1) + 1))
    filled[f"gst.registrations.{number}.gstin"] = [holder.gstin]
    filled[f"gst.registrations.{number}.state"] = [holder.state]
    return filled


def _typed(question: Question, value: Any, *, is_unsure: bool) -> list[str]:
    if question.kind == "yes_no":
        return ["unsure" if is_unsure else ("yes" if value else "no")]
    if value is None:
        return [question.usual] if question.usual else []
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


def _fill_rows(form: Filled, rows: Rows, profile: Mapping[str, Any], unsure: Collection[str]) -> None:
    kept = staff_rows(profile, unsure) if rows.path == "staff" else get(profile, rows.path) or []
    for number, row in enumerate(kept):
        for question in rows.questions:
            value = row.get(question.path)
            form[f"{rows.path}.{number}.{question.path}"] = [] if value is None else [str(value)]


def _employs(profile: Mapping[str, Any], unsure: Collection[str]) -> str:
    employees = profile.get("employees", {})
    if employees.get("total") == 0:
        return "no"
    if employees or profile.get("registrations"):
        return "yes"
    # Somebody works there, but nobody knows where: see `_take_helpers`.
    return "yes" if "employees.by_state" in unsure else "unsure"


def _abroad(profile: Mapping[str, Any], unsure: Collection[str]) -> str:
    if any(profile.get(path) for path in ABROAD):
        return "yes"
    return "unsure" if set(ABROAD) <= set(unsure) else ("yes" if set(ABROAD) & set(unsure) else "no")
