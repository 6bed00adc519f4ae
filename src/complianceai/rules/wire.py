"""Answers in the shape that other programs read (`calendar` and `penalty` of the command line and the API)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from complianceai.base.periods import Period
from complianceai.catalogue.model import Citation, Extension
from complianceai.rules.calendar import Calendar
from complianceai.rules.charges import Line
from complianceai.rules.holidays import InTime
from complianceai.rules.lateness import Cost
from complianceai.rules.law import Duty
from complianceai.rules.occurrence import Occurrence, Undetermined, steps_told

Plain = dict[str, Any]


def calendar_as_plain(found: Calendar, advice: Sequence[Plain] = ()) -> Plain:
    """A calendar as plain values; dates are `date` objects, which orjson writes as ISO text."""
    return {
        "catalogue": found.catalogue.edition,
        "from": found.start,
        "to": found.end,
        "occurrences": [occurrence_as_plain(each) for each in found.occurrences],
        "undetermined": [
            {"obligation": each.obligation_id, "needs": each.needs, "why": each.why}
            for each in found.undetermined
        ],
        "advice": list(advice),
    }


def calendar_as_json(found: Calendar, advice: Sequence[Plain] = ()) -> bytes:
    """A calendar as JSON text: what `calendar_as_plain` says, in half the time."""
    occurrences = map(occurrence_as_json, found.occurrences)
    return calendar_text(
        (found.catalogue.edition, found.start, found.end), occurrences, found.undetermined, advice
    )


def calendar_text(
    head: tuple[str, date, date],
    occurrences: Iterable[bytes],
    undetermined: Iterable[Undetermined],
    advice: Sequence[Plain] = (),
) -> bytes:
    """A calendar as JSON text, put together from the texts of its occurrences."""
    import orjson  # noqa: PLC0415 - the engine starts without it

    questions = [
        {"obligation": each.obligation_id, "needs": each.needs, "why": each.why} for each in undetermined
    ]
    return b'%b,"occurrences":[%b],"undetermined":%b,"advice":%b}' % (
        orjson.dumps(dict(zip(("catalogue", "from", "to"), head, strict=True)))[:-1],
        b",".join(occurrences),
        orjson.dumps(questions),
        orjson.dumps(advice),
    )


def occurrence_as_json(each: Occurrence) -> bytes:
    """What depends on the company between what is the same for everybody with that date."""
    head, middle, steps = _shared_as_json(
        each.duty, each.form, each.part, each.period, each.statutory_due_date, each.due_date, each.effective_date,
        each.extension, each.certainty, each.steps, each.in_time,
    )  # fmt: skip
    registration = b'"%b"' % each.registration.encode() if each.registration else b"null"
    reasons = b"".join([_text_as_json(reason) + b"," for reason in each.why.words])
    return head + registration + middle + reasons + steps


# In the order of the fields of an occurrence that they are taken from.
@lru_cache(maxsize=8192)
def _shared_as_json(  # noqa: PLR0913, PLR0917 - a cache is asked by each thing that it turns on
    duty: Duty, form: str, part: str, period: Period, statutory: date, due: date, effective: date,
    moved: Extension | None, certainty: str, steps: tuple[str, ...], in_time: InTime | None,
) -> tuple[bytes, bytes, bytes]:  # fmt: skip
    """The text before the registration, between it and the reasons, and after them."""
    obligation = duty.obligation
    head = {
        "obligation": obligation.id,
        "form": form,
        "title": obligation.title.en,
        "authority": obligation.authority.label,
        "kind": obligation.kind,
        "part": part or None,
    }
    middle = {
        "period": {"label": period.label, "start": period.start, "end": period.end},
        "due_date": due,
        "statutory_due_date": statutory,
        "effective_date": effective,
        "extension": extension_as_plain(moved),
        "certainty": certainty,
        "citations": [citation_as_plain(citation) for citation in duty.citations(period.end)],
        "trace": [],
    }
    told = b",".join(map(_text_as_json, steps_told(period, steps, statutory, moved, in_time)))
    return b'{%b,"registration":' % _inside(head), b",%b" % _inside(middle)[:-1], b"%b]}" % told


@lru_cache(maxsize=16384)
def _text_as_json(text: str) -> bytes:
    import orjson  # noqa: PLC0415

    return orjson.dumps(text)


def _inside(whole: Plain) -> bytes:
    import orjson  # noqa: PLC0415

    return orjson.dumps(whole)[1:-1]


def occurrence_as_plain(each: Occurrence) -> Plain:
    """One due date as plain values."""
    obligation = each.obligation
    return {
        "obligation": each.obligation_id,
        "form": each.form,
        "title": obligation.title.en,
        "authority": obligation.authority.label,
        "kind": obligation.kind,
        "registration": each.registration,
        "period": {"label": each.period.label, "start": each.period.start, "end": each.period.end},
        "part": each.part or None,
        "due_date": each.due_date,
        "statutory_due_date": each.statutory_due_date,
        "effective_date": each.effective_date,
        "extension": extension_as_plain(each.extension),
        "certainty": each.certainty,
        "citations": [citation_as_plain(citation) for citation in each.citations],
        "trace": each.trace,
    }


@lru_cache(maxsize=4096)
def citation_as_plain(citation: Citation) -> Plain:
    """A citation as plain values; the same object for the same citation."""
    return {
        "act": citation.act,
        "provision": citation.provision,
        "url": citation.url,
        "checked_on": citation.read_on,
    }


def extension_as_plain(moved: Extension | None) -> Plain | None:
    """An extension as plain values, or nothing."""
    if moved is None:
        return None
    return {"instrument": moved.instrument, "dated": moved.dated, "to": moved.to, "source": moved.source}


def cost_as_plain(cost: Cost) -> Plain:
    """What lateness costs as plain values.

    Units: whole rupees.
    """
    return {
        "form": cost.form,
        "obligation": cost.obligation.id,
        "due_date": cost.due_date,
        "filed_on": cost.filed_on,
        "days_late": cost.days_late,
        "charges": dict(cost.charges),
        "total": cost.total,
        "lines": [line_as_plain(line) for line in cost.lines],
    }


def line_as_plain(line: Line) -> Plain:
    """One item of a cost as plain values."""
    return {
        "kind": line.kind,
        "amount": line.amount,
        "formula": line.formula,
        "words": line.charge.words,
        "citation": citation_as_plain(line.charge.citation),
        "certainty": line.charge.certainty,
        "reason": line.charge.reason or None,
        "discretionary": line.charge.discretionary,
    }
