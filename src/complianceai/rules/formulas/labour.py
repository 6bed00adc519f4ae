"""Damages of the social security laws that grow with the delay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from complianceai.base.dates import whole_months
from complianceai.base.money import rupees
from complianceai.catalogue.expressions import Facts
from complianceai.rules.formulas import Working, charge_formula_named

# Whole months of delay below which a rate holds.
STEPS = ((2, 5), (4, 10), (6, 15))
LAST_STEP = 25


def yearly_damages_rate(due: date, paid: date) -> int:
    """The rate of a delay, in per cent a year.

    Source: ESI (General) Regulations 1950, regulation 31-C; EPF Scheme 1952, paragraph 32A as it stood to 14 June 2024.
    """
    months = whole_months(due, paid)
    return next((rate for below, rate in STEPS if months < below), LAST_STEP)


@charge_formula_named("yearly_damages_by_delay")
def yearly_damages_by_delay(facts: Facts, due: date | None, filed: date | None) -> list[Working]:
    """Damages at the rate of the whole delay for every day of it, never above the dues."""
    if due is None or filed is None:
        return []
    dues, days = Decimal(facts["dues"]), facts["days_late"]
    rate = yearly_damages_rate(due, filed)
    amount = min(dues * rate / 100 * days / 365, dues)
    return [Working(amount, f"{rupees(dues)} x {rate} % a year x {days} days, at most the dues")]
