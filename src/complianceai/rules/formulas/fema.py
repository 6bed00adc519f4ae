"""The Reserve Bank's late submission fee, as made uniform in September 2022."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal

from complianceai.base.dates import add_months
from complianceai.base.money import rupees
from complianceai.catalogue.expressions import Facts
from complianceai.rules.formulas import Working, charge_formula_named

FIXED_PART = Decimal(7500)
YEARLY_SHARE = Decimal("0.00025")
OPEN_FOR_MONTHS = 36


@charge_formula_named("fema_flat_fee")
def fema_flat_fee(_facts: Facts, due: date | None, filed: date | None) -> list[Working]:
    """The fee of a return that reports no flow; none once three years have passed and only compounding remains.

    Source: A.P. (DIR Series) Circular 16 of 30 September 2022.
    """
    if not _is_open(due, filed):
        return []
    return [Working(FIXED_PART, f"late submission fee of {rupees(FIXED_PART)}")]


@charge_formula_named("fema_flow_fee")
def fema_flow_fee(facts: Facts, due: date | None, filed: date | None) -> list[Working]:
    """The fee of a return that reports a flow; none once three years have passed and only compounding remains.

    Source: A.P. (DIR Series) Circular 16 of 30 September 2022: 7,500 + 0.025 % x A x n, where n is the delay in
    years, rounded up to the month and written with two decimals; never above A, and rounded up to a hundred.
    """
    if not _is_open(due, filed):
        return []
    amount = Decimal(facts["amount"])
    months = facts["months_late"]
    years = (Decimal(months) / 12).quantize(Decimal("0.01"))
    fee = _up_to_a_hundred(min(FIXED_PART + YEARLY_SHARE * amount * years, amount))
    words = f"{rupees(FIXED_PART)} + 0.025 % x {rupees(amount)} x {years} years ({months} months)"
    return [Working(fee, f"{words}, at most the amount, rounded up to {rupees(fee)}")]


def _is_open(due: date | None, filed: date | None) -> bool:
    return due is None or filed is None or filed <= add_months(due, OPEN_FOR_MONTHS)


def _up_to_a_hundred(amount: Decimal) -> Decimal:
    return (amount / 100).to_integral_value(ROUND_CEILING) * 100
