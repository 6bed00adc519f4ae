"""What a change of plan costs at once, to the paisa. Pure arithmetic.

Whoever changes to a larger plan has it at once and pays the difference for what is left of the period that is paid for,
at the prices of that period's kind; from its end on the new plan's own price is charged. A smaller plan, or the same
one by the year, begins at that end, and nothing is due before.

    due = (price of the new plan - price that was paid) x days left / days of the period, half a paisa rounded up

Days are counted in India. The day of the change counts as left, since the larger plan is had on it; the last day is
the one before the next charge. Example: from Rs 499.00 to Rs 1,499.00 a month on the 11th of a period of 30 days,
20 days are left: 1,000.00 x 20 / 30 = Rs 666.67, and GST on that.
"""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from complianceai.base.clock import date_in_india
from complianceai.billing.plans import Plan


def price_of(plan: Plan, period: str) -> int | None:
    """The plan's price for a period without GST. Units: paise; None where it is agreed with each who takes it."""
    return plan.monthly_paise if period == "monthly" else plan.yearly_paise


def difference_due(paid_net: int, new_net: int, begins: datetime, ends: datetime, now: datetime) -> int:
    """What is due at once, without GST; nothing for a plan that costs no more. Units: paise."""
    whole = (date_in_india(ends) - date_in_india(begins)).days
    left = min(whole, (date_in_india(ends) - date_in_india(now)).days)
    if new_net <= paid_net or left <= 0 or whole <= 0:
        return 0
    share = Decimal(new_net - paid_net) * left / whole
    return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def worth_a_month(net: int, period: str) -> int:
    """What a price is worth a month: a twelfth of a year's, half a paisa rounded up. Units: paise."""
    if period == "monthly":
        return net
    return int((Decimal(net) / 12).quantize(Decimal(1), rounding=ROUND_HALF_UP))
