"""What one charge comes to, and how it was worked out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from complianceai.base.dates import (
    calendar_months_touched,
    in_words,
    months_by_day,
    months_or_part,
    whole_months,
)
from complianceai.base.money import grouped, lower_multiple, rupees, whole_rupees
from complianceai.catalogue.expressions import Expression, Facts, NeedsFact
from complianceai.catalogue.model import Charge, Relief
from complianceai.rules.formulas import Working, charge_formula


class Delay(NamedTuple):
    """From which day lateness counts, and until when."""

    runs_from: date | None
    filed_on: date | None

    @property
    def days(self) -> int:
        """How many days late; the due day itself is left out."""
        if self.runs_from is None or self.filed_on is None:
            return 0
        return max((self.filed_on - self.runs_from).days, 0)

    @property
    def months(self) -> int:
        """How many months late, a part counting as a whole."""
        if self.runs_from is None or self.filed_on is None:
            return 0
        return months_or_part(self.runs_from, self.filed_on)

    @property
    def months_by_day(self) -> int:
        """How many months late for a time that the law limits to so many months, a part counting as a whole."""
        if self.runs_from is None or self.filed_on is None:
            return 0
        return months_by_day(self.runs_from, self.filed_on)


class Line(NamedTuple):
    """One item of the cost, in whole rupees."""

    kind: str
    amount: int
    formula: str
    charge: Charge


def lines(charge: Charge, facts: Facts, delay: Delay, due: date | None) -> list[Line]:
    """The items of one charge; none where it comes to nothing.

    Errors: NeedsFact where an input is missing.
    """
    workings = (
        _formula(charge, facts, due, delay)
        if charge.method == "formula"
        else [_METHODS[charge.method](charge, facts, delay)]
    )
    found = [_relieved(charge, working, delay, due) for working in workings]
    return [
        Line(charge.kind, whole_rupees(w.amount), w.words, charge) for w in found if whole_rupees(w.amount)
    ]


def _formula(charge: Charge, facts: Facts, due: date | None, delay: Delay) -> list[Working]:
    return charge_formula(charge.terms["name"])(facts, due, delay.filed_on)


def _per_day(charge: Charge, facts: Facts, delay: Delay) -> Working:
    amount = _value(charge.terms["amount"], facts)
    words = f"{delay.days} day{'' if delay.days == 1 else 's'} x {rupees(amount)}"
    return _bounded(Working(Decimal(amount) * delay.days, words), charge, facts)


def _fixed(charge: Charge, facts: Facts, _: Delay) -> Working:
    amount = Decimal(_value(charge.terms["value"], facts))
    return Working(amount, f"a fixed {rupees(amount)}")


def _share(charge: Charge, facts: Facts, _: Delay) -> Working:
    of, percent = _value(charge.terms["of"], facts), _value(charge.terms["percent"], facts)
    return _bounded(
        Working(Decimal(of) * percent / 100, f"{grouped(percent)} % of {rupees(of)}"), charge, facts
    )


def _interest(charge: Charge, facts: Facts, delay: Delay) -> Working:
    terms = charge.terms
    principal = Decimal(_value(terms["on"], facts))
    if step := terms.get("lower_multiple"):
        principal = lower_multiple(principal, step)
    if principal <= 0:
        return Working(Decimal(0), "no amount that bears interest")
    percent = _value(terms["percent"], facts)
    start: date = facts[terms["from"]] if "from" in terms else _given(delay.runs_from)
    end: date = facts[terms["until"]] if "until" in terms else _given(delay.filed_on)
    count, unit, share = _time(terms, start, end)
    words = f"{rupees(principal)} x {grouped(percent)} % a {terms['per']} x {count} {unit}{'' if count == 1 else 's'}"
    if "from" in terms:
        words += f", from {in_words(start)}"
    return _bounded(Working(principal * percent / 100 * share, words), charge, facts)


def _given(day: date | None) -> date:
    if day is None:
        raise NeedsFact("due_date")
    return day


def _time(terms: Any, start: date, end: date) -> tuple[int, str, Decimal]:
    """How many units of time, what they are called, and their share of the rate's own unit."""
    counted = terms.get("counted", "days" if terms["per"] == "year" else "months_or_part")
    if counted == "days":
        days = max((end - start).days, 0)
        return days, "day", Decimal(days) / 365 if terms["per"] == "year" else Decimal(days) / 30
    months = {
        "calendar_months": calendar_months_touched,
        "months_or_part": months_or_part,
        "whole_months": whole_months,
    }[counted](start, end)
    return months, "month", Decimal(months) / 12 if terms["per"] == "year" else Decimal(months)


def _multiple(charge: Charge, facts: Facts, delay: Delay) -> Working:
    base, reached = Decimal(_value(charge.terms["base"], facts)), 0
    for slab in charge.terms["slabs"]:
        limit = slab.get("days")
        if limit is None or delay.days <= limit:
            times = _value(slab["times"], facts)
            words = f"{grouped(times)} x normal fee {rupees(base)} for {delay.days} days"
            amount = base * times
            if "per_day_beyond" in slab:
                daily = _value(slab["per_day_beyond"], facts)
                amount += Decimal(daily) * (delay.days - reached)
                words += f", and {delay.days - reached} days x {rupees(daily)}"
            return Working(amount, words)
        reached = limit
    return Working(Decimal(0), "beyond the last slab")


_METHODS: dict[str, Callable[[Charge, Facts, Delay], Working]] = {
    "per_day": _per_day,
    "fixed": _fixed,
    "share": _share,
    "interest": _interest,
    "multiple": _multiple,
}


def _value(expression: Expression, facts: Facts) -> Any:
    return expression.of(facts)


def _bounded(working: Working, charge: Charge, facts: Facts) -> Working:
    """The amount kept between floor and cap; neither is asked for where nothing is charged."""
    amount, words = working
    if amount and "cap" in charge.terms:
        cap = Decimal(_value(charge.terms["cap"], facts))
        if amount > cap:
            return Working(cap, f"{words} = {rupees(whole_rupees(amount))}, at most {rupees(cap)}")
    if amount and "floor" in charge.terms:
        floor = Decimal(_value(charge.terms["floor"], facts))
        if amount < floor:
            return Working(floor, f"{words} = {rupees(whole_rupees(amount))}, at least {rupees(floor)}")
    return Working(amount, words)


def _relieved(charge: Charge, working: Working, delay: Delay, due: date | None) -> Working:
    for relief in charge.reliefs:
        if _is_open(relief, delay.filed_on, due):
            whole = f"{working.words} = {rupees(whole_rupees(working.amount))}"
            words = f"{whole}, of which {grouped(relief.times * 100)} % ({relief.words})"
            return Working(working.amount * relief.times, words)
    return working


def _is_open(relief: Relief, filed: date | None, due: date | None) -> bool:
    if filed is None or not relief.filed_from <= filed <= relief.filed_to:
        return False
    return relief.due_until is None or due is None or due <= relief.due_until
