"""What is a company's without a date: statuses, definitions, reliefs, and duties whose day no source tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import compress
from typing import Any, NamedTuple

from complianceai.base.periods import financial_year
from complianceai.catalogue.expressions import Expression, Facts, NeedsFact, all_at_once
from complianceai.catalogue.model import Catalogue, DatedValue, Form, Obligation
from complianceai.rules.amounts import counts
from complianceai.rules.applicability import certainty_of, judge
from complianceai.rules.law import ALL_KNOWN, OF_SUBJECTS, always_known, period_facts, value_on
from complianceai.rules.profile import Profile
from complianceai.rules.wire import citation_as_plain
from complianceai.rules.words import fill


class Advice(NamedTuple):
    """One thing to know of or to ask an adviser about; `needs` names the fact that would tell whether it is theirs."""

    obligation: Obligation
    form: str
    why: tuple[str, ...]
    certainty: str
    needs: str = ""


class _Ready(NamedTuple):
    """One thing without a date as the law of a day has it, made ready to be asked of many companies."""

    obligation: Obligation
    form: str
    conditions: tuple[Expression, ...]
    amounts: Mapping[str, Any]
    plain: Advice | None  # the advice where it is the same for everybody
    is_sieved: bool  # whether it turns on nothing but what every profile gives, so that the sieve decides it


def advise(
    catalogue: Catalogue, profile: Profile, start: date, end: date, as_of: date | None = None
) -> tuple[Advice, ...]:
    """What has no date and is a company's in a window, by the law of the window's last day as known on a day."""
    ready = _ready(catalogue, start, end, as_of or ALL_KNOWN)
    try:
        may_be = compress(ready.every, ready.sieve(profile.facts))
    except NeedsFact:  # somebody answered "I do not know" where a profile says yes or no
        found = [_of(each, profile) for each in ready.every]
    else:
        found = [each.plain if each.is_sieved else _of(each, profile) for each in may_be]
    return tuple(each for each in found if each is not None)


class _All(NamedTuple):
    """Everything without a date that stands in a window, and what tells in one go which of it may be a company's."""

    every: tuple[_Ready, ...]
    sieve: Callable[[Facts], tuple[bool, ...]]


@lru_cache(maxsize=64)
def _ready(catalogue: Catalogue, start: date, end: date, as_of: date) -> _All:
    """Everything without a date that stands in a window."""
    shared = {**period_facts(financial_year(end)), **_in_force(catalogue.parameters, end, as_of)}
    every = tuple(
        _made(each, {**shared, **_in_force(each.parameters, end, as_of)}, _label(each.forms, end, as_of))
        for each in catalogue.obligations.values()
        if each.undated is not None and _stands(each, start, end) and _is_known(each.undated.notified, as_of)
    )
    given = always_known()
    return _All(
        every, all_at_once([[when.perhaps(given, OF_SUBJECTS) for when in each.conditions] for each in every])
    )


def _made(each: Obligation, amounts: Mapping[str, Any], form: str) -> _Ready:
    conditions = tuple(clause.when.with_amounts(amounts) for clause in each.applies)
    ready = _Ready(each, form, conditions, amounts, None, is_sieved=False)
    if each.doubts or any("{" in clause.because for clause in each.applies):
        return ready
    asks_little = each.per == "company" and all(when.names <= always_known() for when in conditions)
    return ready._replace(plain=_told(ready, Facts()), is_sieved=asks_little)


def _stands(each: Obligation, start: date, end: date) -> bool:
    return each.since <= end and (each.until is None or start <= each.until)


def _is_known(notified: date | None, as_of: date) -> bool:
    return notified is None or notified <= as_of


def _in_force(
    parameters: Mapping[str, tuple[DatedValue, ...]], on: date, as_of: date
) -> dict[str, str | int | Decimal | date]:
    """The amounts in force on a day, as far as they were known on another."""
    known = {
        name: tuple(each for each in values if _is_known(each.notified, as_of))
        for name, values in parameters.items()
    }
    found = {name: value_on(values, on) for name, values in known.items()}
    return {name: value for name, value in found.items() if value is not None}


def _label(forms: tuple[Form, ...], on: date, as_of: date) -> str:
    """The label of a day; where its successor was not known yet, the last one runs on."""
    begun = [form for form in forms if form.since is None or form.since <= on]
    known = [form.form for form in begun if _is_known(form.notified, as_of)]
    return known[-1] if known else ""


def _of(ready: _Ready, profile: Profile) -> Advice | None:
    """The advice where it is certain or open that something is a company's."""
    each = ready.obligation
    unknown: Advice | None = None
    for subject in profile.subjects(each.per):
        verdict = judge(ready.conditions, subject.facts)
        if verdict.holds:
            return ready.plain or _told(ready, subject.facts)
        if verdict.needs and unknown is None:
            unknown = Advice(each, ready.form, (), each.certainty, verdict.needs)
    return unknown


def _told(ready: _Ready, own: Facts) -> Advice:
    each, facts = ready.obligation, own.extended(ready.amounts)
    certainty, doubts = certainty_of(each, facts)
    reasons = (fill(clause.because, facts, counts(each)) for clause in each.applies)
    return Advice(each, ready.form, (*doubts, *reasons), certainty)


@lru_cache(maxsize=4096)
def advice_as_plain(each: Advice) -> dict[str, Any]:
    """An advice as plain values."""
    obligation = each.obligation
    return {
        "obligation": obligation.id,
        "form": each.form or None,
        "title": obligation.title.en,
        "kind": obligation.kind,
        "why": " ".join(each.why),
        "no_date": obligation.undated.why.en if obligation.undated else "",
        "needs": each.needs or None,
        "certainty": each.certainty,
        "citations": [citation_as_plain(citation) for citation in obligation.citations],
    }
