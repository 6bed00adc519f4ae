"""What a PDF says of the task that it is to prove, in a form that is kept beside it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

from complianceai import catalogue
from complianceai.register.acknowledgements import Doubt, Wanted, propose, text_of_pdf
from complianceai.register.tasks.queries.one import Task


class Said(TypedDict):
    """What was read on a file: ISO days, rupees as text, and each doubt with what raised it."""

    number: str | None
    filed_on: str | None
    period_start: str | None
    period_end: str | None
    rupees: str | None
    doubts: dict[str, str]


async def read_file(content: bytes, task: Task, profile: Mapping[str, Any], today: date) -> Said | None:
    """What the PDF says; None for a task that no rule of the law is behind, of which nobody knows what proves it."""
    wanted = _wanted(task, profile)
    if wanted is None:
        return None
    found = propose(await text_of_pdf(content), wanted, today, _others(wanted))
    start, end = found.period or (None, None)
    return {
        "number": found.number,
        "filed_on": _iso(found.filed_on),
        "period_start": _iso(start),
        "period_end": _iso(end),
        "rupees": None if found.amount is None else str(found.amount),
        "doubts": {doubt.value: what for doubt, what in found.doubts.items()},
    }


def doubts_of(said: Mapping[str, Any] | None) -> list[tuple[Doubt, str]]:
    """What speaks against the file's being the right one."""
    return [(Doubt(name), what) for name, what in (said or {}).get("doubts", {}).items()]


def _wanted(task: Task, profile: Mapping[str, Any]) -> Wanted | None:
    duty = catalogue.load().obligations.get(task.obligation_id or "")
    if duty is None:
        return None
    day = task.due_date
    period = (task.period_start or day, task.period_end or day)
    return Wanted(
        task.key, (task.form,), tuple(duty.aliases), tuple(duty.evidence), period, _owner(task, profile)
    )


def _owner(task: Task, profile: Mapping[str, Any]) -> dict[str, str]:
    own = {name: str(profile[name]).upper() for name in ("pan", "tan", "cin", "llpin") if profile.get(name)}
    registrations = (profile.get("gst") or {}).get("registrations") or ()
    gstins = [
        each["gstin"] for each in registrations if each.get("gstin") and each["state"] == task.registration
    ]
    return {**own, "gstin": gstins[0].upper()} if len(gstins) == 1 else own


def _others(wanted: Wanted) -> Iterable[str]:
    labels = {form.form for duty in catalogue.load().obligations.values() for form in duty.forms}
    return labels - set(wanted.forms)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
