"""Whether a duty applies, as far as the profile tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from complianceai.base.periods import Period
from complianceai.catalogue.expressions import Expression, Facts, NeedsFact
from complianceai.catalogue.model import Form, Obligation
from complianceai.rules.law import Duty, Plan, period_facts, value_on


class Verdict(NamedTuple):
    """Yes, no, or not known for want of a fact."""

    holds: bool
    needs: str = ""


_YES, _NO = Verdict(holds=True), Verdict(holds=False)


def judge(conditions: Sequence[Expression], facts: Mapping[str, Any]) -> Verdict:
    """Whether all conditions hold; one that fails settles it even where another is unknown."""
    needs = ""
    for condition in conditions:
        try:
            if not condition.run(facts):
                return _NO
        except NeedsFact as first:
            try:
                if not condition.of_unknown(facts, first):
                    return _NO
            except NeedsFact as unknown:
                needs = needs or unknown.name
    return Verdict(holds=False, needs=needs) if needs else _YES


def with_period(duty: Duty, facts: Facts, period: Period, *, always: bool = False) -> Facts:
    """The facts with those of a period, and the amounts in force at its end, where the duty asks for them."""
    if not duty.looks_at_period and not always:
        return facts
    whole = facts.extended(period_facts(period))
    for name, values in duty.parameters.items():
        if (value := value_on(values, period.end)) is not None:
            whole[name] = value
    return whole


def form_for(duty: Duty, period: Period, facts: Mapping[str, Any]) -> Form | None:
    """The form that reports a period, or none where there is none for it."""
    if period in duty.form_memo:
        return duty.form_memo[period]
    fitting = [form for form in duty.forms if covers(form, period)]
    if all(form.when is None for form in fitting):
        duty.form_memo[period] = fitting[0] if fitting else None
        return duty.form_memo[period]
    return next((form for form in fitting if form.when is None or judge([form.when], facts).holds), None)


def covers(form: Form, period: Period) -> bool:
    """Whether a form reports a period."""
    return (form.since is None or form.since <= period.end) and (
        form.until is None or period.end <= form.until
    )


def stands(duty: Duty, plan: Plan, period: Period) -> bool:
    """Whether a duty and its schedule are the law for a period."""
    end, schedule, obligation = period.end, plan.schedule, duty.obligation
    if end < obligation.since or (obligation.until is not None and end > obligation.until):
        return False
    return (schedule.since is None or schedule.since <= end) and (
        schedule.until is None or end <= schedule.until
    )


def certainty_of(obligation: Obligation, facts: Facts) -> tuple[str, tuple[str, ...]]:
    """How certain a duty is for a company and a period, and the doubt in words."""
    for doubt in obligation.doubts:
        verdict = judge((doubt.when,), facts)
        if verdict.holds or verdict.needs:
            return doubt.certainty, (f"{doubt.certainty.capitalize()}: {doubt.reason}",)
    if obligation.certainty == "verified":
        return "verified", ()
    return obligation.certainty, (f"{obligation.certainty.capitalize()}: {obligation.reason}",)
