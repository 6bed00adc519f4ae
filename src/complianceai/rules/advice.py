"""What is a company's without a date: statuses, definitions, reliefs, and duties whose day no source tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from complianceai.base.periods import financial_year
from complianceai.catalogue.expressions import Facts
from complianceai.catalogue.model import Catalogue, DatedValue, Form, Obligation
from complianceai.rules.amounts import counts
from complianceai.rules.applicability import certainty_of, judge
from complianceai.rules.law import ALL_KNOWN, period_facts, value_on
from complianceai.rules.profile import Profile, Subject
from complianceai.rules.wire import citation_as_plain
from complianceai.rules.words import fill


class Advice(NamedTuple):
    """One thing to know of or to ask an adviser about; `needs` names the fact that would tell whether it is theirs."""

    obligation: Obligation
    form: str
    why: tuple[str, ...]
    certainty: str
    needs: str = ""


@lru_cache(maxsize=8)
def undated(catalogue: Catalogue) -> tuple[Obligation, ...]:
    """Everything of the catalogue that has no date."""
    return tuple(each for each in catalogue.obligations.values() if each.undated is not None)


def advise(
    catalogue: Catalogue, profile: Profile, start: date, end: date, as_of: date | None = None
) -> tuple[Advice, ...]:
    """What has no date and is a company's in a window, by the law of the window's last day as known on a day."""
    known_on = as_of or ALL_KNOWN
    amounts = _Amounts(catalogue, profile, end, known_on)
    found = (
        _of(each, profile, amounts)
        for each in undated(catalogue)
        if _stands(each, start, end) and _is_known(each, known_on)
    )
    return tuple(each for each in found if each is not None)


def _stands(each: Obligation, start: date, end: date) -> bool:
    return each.since <= end and (each.until is None or start <= each.until)


def _is_known(each: Obligation, as_of: date) -> bool:
    notified = each.undated.notified if each.undated else None
    return notified is None or notified <= as_of


class _Amounts:
    """The law's amounts on a day as known on another, and the facts of whom they are compared with."""

    def __init__(self, catalogue: Catalogue, profile: Profile, on: date, as_of: date) -> None:
        self.on = on
        self._as_of = as_of
        self._common = {**period_facts(financial_year(on)), **self._in_force(catalogue.parameters)}
        self._company = profile.facts
        self._of_company = profile.facts.extended(self._common)

    def facts(self, subject: Subject, each: Obligation) -> Facts:
        """What conditions can ask about; what is the company's alone is made once."""
        is_company = subject.facts is self._company
        whole = self._of_company if is_company else subject.facts.extended(self._common)
        return whole.extended(self._in_force(each.parameters)) if each.parameters else whole

    def _in_force(self, parameters: Mapping[str, tuple[DatedValue, ...]]) -> dict[str, Any]:
        found = {name: value_on(self._known(values), self.on) for name, values in parameters.items()}
        return {name: value for name, value in found.items() if value is not None}

    def _known(self, values: tuple[DatedValue, ...]) -> tuple[DatedValue, ...]:
        return tuple(each for each in values if each.notified is None or each.notified <= self._as_of)


def _of(each: Obligation, profile: Profile, amounts: _Amounts) -> Advice | None:
    """The advice where it is certain or open that something is a company's."""
    conditions = [clause.when for clause in each.applies]
    form = _label(each, amounts.on)
    unknown: Advice | None = None
    for subject in profile.subjects(each.per):
        facts = amounts.facts(subject, each)
        verdict = judge(conditions, facts)
        if verdict.holds:
            certainty, doubts = certainty_of(each, facts)
            reasons = (fill(clause.because, facts, counts(each)) for clause in each.applies)
            return Advice(each, form, (*doubts, *reasons), certainty)
        if verdict.needs and unknown is None:
            unknown = Advice(each, form, (), each.certainty, verdict.needs)
    return unknown


def _label(each: Obligation, on: date) -> str:
    return next((form.form for form in each.forms if _is_used(form, on)), "")


def _is_used(form: Form, on: date) -> bool:
    return (form.since is None or form.since <= on) and (form.until is None or on <= form.until)


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
