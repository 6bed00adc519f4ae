"""Interest that compounds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from complianceai.base.dates import whole_months
from complianceai.base.money import grouped, rupees
from complianceai.catalogue.expressions import Facts
from complianceai.rules.formulas import Working, charge_formula_named

TIMES_THE_BANK_RATE = 3


@charge_formula_named("msmed_compound_interest")
def msmed_compound_interest(facts: Facts, due: date | None, filed: date | None) -> list[Working]:
    """Interest with monthly rests at three times the bank rate, one rate for the whole delay.

    Source: Micro, Small and Medium Enterprises Development Act 2006, section 16.
    """
    principal, months = Decimal(facts["principal"]), _months(facts, due, filed)
    bank_rate = Decimal(facts["rbi_bank_rate_pct"])
    yearly = bank_rate * TIMES_THE_BANK_RATE
    growth = (1 + yearly / 1200) ** months
    words = f"{rupees(principal)} at {grouped(yearly)} % a year (3 x {grouped(bank_rate)} %), {months} monthly rests"
    return [Working(principal * (growth - 1), words)]


def _months(facts: Facts, due: date | None, filed: date | None) -> int:
    """The whole months that are given, else those between the last day for payment and the payment."""
    if "whole_months_late" not in facts and due is not None and filed is not None:
        return whole_months(due, filed)
    months: int = facts["whole_months_late"]
    return months
