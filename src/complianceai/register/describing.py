"""The page on which a company is described, whatever it was opened for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse

from complianceai.base.clock import today_in_india
from complianceai.register.errors import Fault
from complianceai.register.gstin import Holder, read_gstin
from complianceai.register.interview.filling import Filled, empty_form, fill_from_gstin
from complianceai.register.interview.groups import groups
from complianceai.register.interview.reading import row_numbers
from complianceai.register.interview.shapes import Rows
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.templating import page
from complianceai.site.words import marked

SAVE = marked("Save and see the year")


@dataclass(slots=True)
class Sheet:
    """A form as it is shown: where it goes, what is in it, what is wrong with it."""

    title: str
    action: str
    cancel: str
    crumbs: Sequence[tuple[str, str | None]]
    form: Filled = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    holder: Holder | None = None
    more: str = ""
    opened: str = ""
    version: int = 0
    query: str = ""
    submit: str = ""


def typed(form: FormData) -> Filled:
    """Every text of a form, by its name; files are no answers."""
    answers: Filled = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            answers.setdefault(name, []).append(value)
    return answers


def show_sheet(
    request: Request,
    sheet: Sheet,
    *,
    status: int = 200,
    template: str = "register/describe.html",
    **more: Any,
) -> HTMLResponse:
    """The form, as a page or, where htmx asks, by itself."""
    asked = groups(today_in_india())
    form = sheet.form or empty_form(asked)
    rows = [item for group in asked for item in group.items if isinstance(item, Rows)]
    is_partial = request.headers.get("hx-request") == "true"
    context: dict[str, Any] = {
        "groups": asked,
        "form": form,
        "numbers": {item.path: _numbers(item.path, form, sheet.more) for item in rows},
        "labels": _labels(form, sheet.faults, preferences(request).language),
        "unfolded": {sheet.opened} | {group.key for group in asked if _has_fault(group.items, sheet.faults)},
        "action": f"{sheet.action}{sheet.query}",
        "questions_action": f"{sheet.action}/questions{sheet.query}",
        **{
            name: getattr(sheet, name)
            for name in ("title", "cancel", "crumbs", "faults", "holder", "version")
        },
        "submit": sheet.submit or translate(preferences(request).language, SAVE),
        **more,
    }
    return page(request, "register/form.html" if is_partial else template, status=status, **context)


def with_gstin(request: Request, sheet: Sheet) -> Sheet:
    """The sheet with what its GSTIN tells filled in, or with what is wrong with the number."""
    text = next(iter(sheet.form.get("gstin", ())), "")
    try:
        sheet.holder = read_gstin(text)
    except Fault as fault:
        sheet.faults = {"gstin": fault.told(preferences(request).language)}
    else:
        sheet.form = fill_from_gstin(sheet.form, sheet.holder)
    return sheet


def field_name(path: str) -> str:
    """The name of the form's field for a path as the rules write it: `a[0].b` is `a.0.b`."""
    return re.sub(r"\[(\d+)\]", r".\1", path)


def _numbers(path: str, form: Filled, more: str) -> list[int]:
    """The rows to show: those there are, at least one, and one more where that is asked for."""
    numbers = row_numbers(path, form) or [0]
    return [*numbers, numbers[-1] + 1] if more == path else numbers


def _labels(form: Filled, faults: Mapping[str, str], language: str) -> dict[str, str]:
    """What each faulty field is called, by its name."""
    labels = {"gstin": "GSTIN"}
    for group in groups(today_in_india()):
        for item in group.items:
            labels[item.path] = item.said(language)
            if isinstance(item, Rows):
                for number in row_numbers(item.path, form):
                    labels |= {
                        f"{item.path}.{number}.{each.path}": each.said(language) for each in item.questions
                    }
    return {name: label for name, label in labels.items() if name in faults}


def _has_fault(items: Sequence[Any], faults: Mapping[str, str]) -> bool:
    return any(name == item.path or name.startswith(f"{item.path}.") for item in items for name in faults)
