"""Which obligation a form's label and due date speak of, where several share the label."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from complianceai.base.dates import add_months
from complianceai.base.periods import Period, financial_year, periods_ending_between
from complianceai.catalogue.expressions import Facts, NeedsFact
from complianceai.catalogue.model import Catalogue, Obligation
from complianceai.rules.applicability import judge, with_period
from complianceai.rules.faults import ProfileFault
from complianceai.rules.inputs import InputFaults
from complianceai.rules.law import Plan, law
from complianceai.rules.profile import Profile, Subject
from complianceai.rules.schedule import NoAnchor, Situation, resolved


def obligation_for(catalogue: Catalogue, form: str, due: date | None, profile: Profile | None) -> Obligation:
    """The likeliest obligation of a form: one that binds the company, and can fall due on that day.

    Errors: InputFaults where no obligation has such a form.
    """
    candidates = catalogue.by_form(form)
    if not candidates and form in catalogue.obligations:
        candidates = (catalogue.obligations[form],)
    if not candidates:
        raise InputFaults((unknown_form(catalogue, form),))
    return max(candidates, key=lambda each: _score(catalogue, each, due, profile))


def unknown_form(catalogue: Catalogue, form: str) -> ProfileFault:
    """The fault of a label that the catalogue does not have."""
    labels = {each.form for obligation in catalogue.obligations.values() for each in obligation.forms}
    near = difflib.get_close_matches(form.upper(), labels, n=3, cutoff=0.5)
    hint = (
        f"; did you mean {' or '.join(near)}?" if near else "; `complianceai explain --list` names them all"
    )
    return ProfileFault("form", f"the catalogue has no form {form!r}{hint}")


def _score(
    catalogue: Catalogue, obligation: Obligation, due: date | None, profile: Profile | None
) -> tuple[bool, ...]:
    return (
        profile is not None and due is not None and _binds(catalogue, obligation, profile, due),
        due is not None and (_is_moved_date(obligation, due) or can_fall_on(catalogue, obligation, due)),
        bool(obligation.charges),
    )


def _binds(catalogue: Catalogue, obligation: Obligation, profile: Profile, due: date) -> bool:
    duty = law(catalogue).get(obligation.id)
    if duty is None:
        return False
    year = financial_year(due)
    conditions = [clause.when for clause in obligation.applies]
    facts = (
        with_period(duty, subject.facts, year, always=True) for subject in profile.subjects(obligation.per)
    )
    return any(judge(conditions, each).holds for each in facts)


def _is_moved_date(obligation: Obligation, due: date) -> bool:
    return any(
        due == each.to or each.statutory_from <= due <= each.statutory_to for each in obligation.extensions
    )


def can_fall_on(catalogue: Catalogue, obligation: Obligation, due: date) -> bool:
    """Whether the law itself, before any extension, can name that day for some company."""
    duty = law(catalogue).get(obligation.id)
    if duty is None:
        return False
    return any(day == due for plan in duty.plans for day in _days_near(catalogue, plan, due))


def _days_near(catalogue: Catalogue, plan: Plan, due: date) -> Iterator[date]:
    if plan.cycle is None:
        return
    last = add_months(due, plan.cycle.months + 1)
    for period in periods_ending_between(plan.cycle, add_months(due, -plan.reach.most).replace(day=1), last):
        if (plan.schedule.since or date.min) <= period.end <= (plan.schedule.until or date.max):
            for rule in _without_choices(plan.schedule.due):
                yield from _day_of(catalogue, rule, period)


def _without_choices(rule: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "choose" in rule:
        for branch in rule["choose"]:
            yield from _without_choices(branch["due"])
    else:
        yield rule


_NOBODY = Profile({"entity_type": ""}, Facts(entity_type=""), None, (3, 31), {})


def _day_of(catalogue: Catalogue, rule: Mapping[str, Any], period: Period) -> Iterator[date]:
    subject = Subject(_NOBODY.facts, None)
    situation = Situation(catalogue, law(catalogue), _NOBODY, subject, period, _NOBODY.facts, {})
    try:
        yield resolved(rule, situation, [])
    except (NoAnchor, NeedsFact):
        return
