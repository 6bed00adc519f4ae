"""Interest on what a micro or small supplier is paid late, month by month, for a letter of demand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from complianceai.base.dates import add_months_from
from complianceai.drafting.formats import as_day
from complianceai.drafting.model import HERE
from complianceai.rules.formulas.interest import TIMES_THE_BANK_RATE

MOST_MONTHS = 600
_PAISA = Decimal("0.01")


def msmed_interest(principal: Any, due: Any, until: Any, bank_rate: Any = None) -> list[dict[str, Any]]:
    """The rests, one a month from the day after the due date, the last one broken where the days are no whole month.

    Shape: from, to, days, opening, bank_rate, rate, interest, closing; the last closing is principal and interest.
    Units: rupees as Decimal to the paisa, rates in per cent a year. Without a bank rate, that which held on the first
    day of each month.
    Source: Micro, Small and Medium Enterprises Development Act 2006, section 16.
    """
    start, end, opening = as_day(due) + timedelta(days=1), as_day(until), Decimal(str(principal))
    rows: list[dict[str, Any]] = []
    count = 0
    begins = start
    while begins <= end and count < MOST_MONTHS:
        count += 1
        following = add_months_from(start, count)
        last = min(end, following - timedelta(days=1))
        bank = Decimal(str(bank_rate)) if bank_rate not in (None, "") else bank_rate_on(begins)
        yearly = bank * TIMES_THE_BANK_RATE
        days = (last - begins).days + 1
        # A whole month is a twelfth of the year; the days of a broken one count by 365.
        share = Decimal(1) / 12 if last == following - timedelta(days=1) else Decimal(days) / 365
        interest = (opening * yearly / 100 * share).quantize(_PAISA, rounding=ROUND_HALF_UP)
        rows.append(
            {
                "from": begins, "to": last, "days": days, "opening": opening, "bank_rate": bank, "rate": yearly,
                "interest": interest, "closing": opening + interest,
            }
        )  # fmt: skip
        opening, begins = opening + interest, following
    return rows


def bank_rate_on(day: date) -> Decimal:
    """The bank rate that held on a day, in per cent a year.

    Source: `bank_rates.yaml`, each row with the Reserve Bank's notification.
    Errors: ValueError before the first one.
    """
    held = [rate for since, rate in _bank_rates() if since <= day]
    if not held:
        raise ValueError(f"no bank rate is known for {day}; give it")
    return held[-1]


@lru_cache(maxsize=1)
def _bank_rates() -> tuple[tuple[date, Decimal], ...]:
    import yaml  # noqa: PLC0415 - only for a letter of demand

    rows = yaml.safe_load((HERE / "bank_rates.yaml").read_text(encoding="utf-8"))["rates"]
    return tuple(sorted((row["since"], Decimal(str(row["percent"]))) for row in rows))
