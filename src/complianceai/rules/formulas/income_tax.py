"""Interest and additional tax of the Income-tax Acts that turn on more than one amount and one delay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from complianceai.base.dates import add_months, add_months_from, in_words, months_or_part, whole_months
from complianceai.base.money import lower_multiple, rupees
from complianceai.catalogue.expressions import Facts, NeedsFact
from complianceai.rules.formulas import Working, charge_formula_named

# Section 208 (404): below this no advance tax is payable.
LEAST_ADVANCE_TAX = 10_000
ENOUGH_PAID = Decimal("0.9")
SUNDAY = 6
# Sections 44AD and 44ADA (58): individuals, Hindu undivided families and firms other than LLPs.
MAY_BE_PRESUMPTIVE = frozenset({"proprietorship", "partnership"})
# The fee came with assessment year 2026-27.
FIRST_REVISION_FEE = date(2026, 12, 31)
# By form: a delay of up to a month, and a longer one.
LATE_REPORT_FEES = {"26": (75_000, 150_000), "48": (50_000, 100_000)}


class Instalment(NamedTuple):
    """What is to be paid by a day, what is enough to spare interest, and the interest on what is short.

    Units: per cent of the year's tax; per cent of the shortfall.
    """

    month: int
    percent: int
    enough: int
    interest: int


# Source: Income-tax Act 2025, section 425(1) and (2); Income-tax Act 1961, section 234C(1).
INSTALMENTS = (
    Instalment(6, 15, 12, 3),
    Instalment(9, 45, 36, 3),
    Instalment(12, 75, 75, 3),
    Instalment(3, 100, 100, 1),
)


def year_end(day: date) -> date:
    """The 31 March on which the financial year of a day ends."""
    return date(day.year + (day.month > 3), 3, 31)


@charge_formula_named("late_return_interest_by_the_letter")
def late_return_interest_by_the_letter(facts: Facts, _due: date | None, filed: date | None) -> list[Working]:
    """Interest of section 423 on whole months only, where a broken month makes it differ from the customary amount.

    Source: Income-tax Act 2025, section 423(1), which does not say "or part of a month".
    """
    if filed is None:
        return []
    starts = filed - timedelta(days=facts["days_late"])
    months = whole_months(starts, filed)
    principal = lower_multiple(Decimal(facts["unpaid_tax"]), 100)
    if months == months_or_part(starts, filed) or not principal:
        return []
    words = f"{rupees(principal)} x 1 % a month x {_months(months)}, whole months only"
    return [Working(principal * months / 100, words)]


@charge_formula_named("late_return_interest_despite_extension")
def late_return_interest_despite_extension(
    facts: Facts, due: date | None, filed: date | None
) -> list[Working]:
    """Interest of section 234A from the statutory date, where a circular moved the date of the return.

    Source: Income-tax Act 1961, section 234A; the circulars under section 119 do not speak of interest.
    """
    if due is None or filed is None or filed - timedelta(days=facts["days_late"]) <= due:
        return []
    months = months_or_part(due, filed)
    principal = lower_multiple(Decimal(facts["unpaid_tax"]), 100)
    words = f"{rupees(principal)} x 1 % a month x {_months(months)} from {in_words(due + timedelta(days=1))}"
    return [Working(principal * months / 100, words)]


@charge_formula_named("unpaid_tax_since_april")
def unpaid_tax_since_april(facts: Facts, _due: date | None, filed: date | None) -> list[Working]:
    """Interest on the tax left unpaid since 1 April after the year, until the return.

    Source: Income-tax Act 1961, section 234B; Income-tax Act 2025, section 424.
    """
    if filed is None:
        return []
    return _since_april(Decimal(facts["unpaid_tax"]), _march_before(facts["due_date"]), filed)


@charge_formula_named("advance_tax_shortfall")
def advance_tax_shortfall(facts: Facts, _due: date | None, filed: date | None) -> list[Working]:
    """Interest from 1 April on the assessed tax that advance tax did not cover, where less than 90 % was paid.

    Source: Income-tax Act 1961, section 234B; Income-tax Act 2025, section 424.
    """
    if filed is None or _asks_only_for(facts, "tax_due_on_returned_income", not_for="assessed_tax"):
        return []
    assessed = Decimal(facts["assessed_tax"])
    if assessed < LEAST_ADVANCE_TAX:
        return []
    paid = _paid_in_the_year(facts)
    if paid >= assessed * ENOUGH_PAID:
        return []
    return _since_april(assessed - paid, year_end(facts["due_date"]), filed)


@charge_formula_named("advance_tax_deferment")
def advance_tax_deferment(facts: Facts, _due: date | None, _filed: date | None) -> list[Working]:
    """Interest on each instalment that fell short, once for all.

    Source: Income-tax Act 1961, section 234C; Income-tax Act 2025, section 425.
    """
    if _asks_only_for(facts, "assessed_tax", not_for="tax_due_on_returned_income"):
        return []
    tax = Decimal(facts["tax_due_on_returned_income"])
    if tax < LEAST_ADVANCE_TAX:
        return []
    year = year_end(facts["due_date"]) if "due_date" in facts else None
    if facts["presumptive"] and facts.get("entity_type", "proprietorship") in MAY_BE_PRESUMPTIVE:
        return list(_of_instalment(INSTALMENTS[-1], tax, _paid_by_march(facts, year)))
    payments = _payments(facts)
    return [
        working
        for instalment in _in_question(payments, facts.get("due_date"))
        for working in _of_instalment(instalment, tax, _paid_until(payments, _last_day(instalment, year)))
    ]


@charge_formula_named("updated_return_additional_tax")
def updated_return_additional_tax(facts: Facts, due: date | None, filed: date | None) -> list[Working]:
    """The additional tax that goes with an updated return, by the years since the return could last be belated.

    Source: Income-tax Act 1961, section 140B(3); Income-tax Act 2025, section 267(5).
    """
    if filed is None or due is None:
        return []
    start = add_months_from(due, -48)
    percent = next((share for months, share in _ADDITIONAL if filed <= add_months_from(start, months)), None)
    if percent is None:
        return []
    whole = Decimal(facts["tax_and_interest"])
    return [Working(whole * percent / 100, f"{percent} % of {rupees(whole)}")]


_ADDITIONAL = ((12, 25), (24, 50), (36, 60), (48, 70))


def _months(count: int) -> str:
    return f"{count} month{'' if count == 1 else 's'}"


def _since_april(amount: Decimal, march: date, filed: date) -> list[Working]:
    months = months_or_part(march, filed)
    principal = lower_multiple(amount, 100)
    if not months or principal <= 0:
        return []
    words = (
        f"{rupees(principal)} x 1 % a month x {_months(months)} from {in_words(march + timedelta(days=1))}"
    )
    return [Working(principal * months / 100, words)]


def _march_before(due: date) -> date:
    """The 31 March that ended the year that a return due on a day reports."""
    return date(due.year - (due.month <= 3), 3, 31)


def _asks_only_for(facts: Facts, given: str, *, not_for: str) -> bool:
    """Whether, with no provision picked, only the other provision's amount was given."""
    return facts["section"] == "both" and given in facts and not_for not in facts


def _paid_in_the_year(facts: Facts) -> Decimal:
    if "advance_tax_paid" not in facts and "paid_by" in facts:
        return _paid_until(_payments(facts), (3, 31))
    return Decimal(facts["advance_tax_paid"])


def _paid_by_march(facts: Facts, year: date | None) -> Decimal:
    if "paid_by" not in facts and "advance_tax_paid" in facts:
        return Decimal(facts["advance_tax_paid"])
    return _paid_until(_payments(facts), _last_day(INSTALMENTS[-1], year))


def _payments(facts: Facts) -> dict[tuple[int, int], Decimal]:
    """What had been paid by each day, as (month, day)."""
    if "paid_by" not in facts and facts.get("advance_tax_paid") == 0:
        return {}
    given: Mapping[str, Decimal] = facts["paid_by"]
    return {_month_day(key): Decimal(amount) for key, amount in given.items()}


def _month_day(key: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2000-{key.strip()[-5:]}")
    except ValueError as error:
        raise NeedsFact("paid_by") from error
    return day.month, day.day


def _order(day: tuple[int, int]) -> tuple[int, int]:
    """Where a day stands in a year that starts in April."""
    return (day[0] - 4) % 12, day[1]


def _paid_until(payments: Mapping[tuple[int, int], Decimal], last: tuple[int, int]) -> Decimal:
    in_time = [day for day in payments if _order(day) <= _order(last)]
    return payments[max(in_time, key=_order)] if in_time else Decimal(0)


def _last_day(instalment: Instalment, year: date | None) -> tuple[int, int]:
    """The 15th, or the Monday where it is a Sunday and banks are shut (CBDT Circular 676 of 1994)."""
    if year is None:
        return instalment.month, 15
    day = date(year.year - (instalment.month > 3), instalment.month, 15)
    return instalment.month, 16 if day.weekday() == SUNDAY else 15


def _in_question(payments: Mapping[tuple[int, int], Decimal], due: date | None) -> Iterator[Instalment]:
    """The instalments up to the date in question, and later ones for which payments are stated."""
    days = [*payments, (due.month, due.day) if due else (3, 31)]
    reached = max(map(_order, days))
    yield from (each for each in INSTALMENTS if _order((each.month, 15)) <= reached)


def _of_instalment(instalment: Instalment, tax: Decimal, paid: Decimal) -> Iterator[Working]:
    if paid * 100 >= tax * instalment.enough:
        return
    short = lower_multiple(tax * instalment.percent / 100 - paid, 100)
    if short > 0:
        by = in_words(date(2000, instalment.month, 15)).rpartition(" ")[0]
        yield Working(
            short * instalment.interest / 100, f"{instalment.interest} % of {rupees(short)} short on {by}"
        )


@charge_formula_named("revised_return_fee")
def revised_return_fee(facts: Facts, due: date | None, filed: date | None) -> list[Working]:
    """The fee for revising a return after 31 December and by the 31 March that follows.

    Source: Income-tax Act 1961, section 234-I; Income-tax Act 2025, section 428(b).
    """
    if filed is None or due is None:
        return []
    december = due if due.month == 12 else date(due.year - 1, 12, 31)
    if december < FIRST_REVISION_FEE or not december < filed <= year_end(december):
        return []
    fee = 1_000 if facts["total_income"] <= 500_000 else 5_000
    return [Working(Decimal(fee), f"a fixed {rupees(fee)}, revised after {in_words(december)}")]


@charge_formula_named("late_report_fee")
def late_report_fee(facts: Facts, _due: date | None, filed: date | None) -> list[Working]:
    """The fee for a late report of an accountant, doubled once the delay is longer than a month.

    Source: Income-tax Act 2025, section 428(c) and (d); a month ends on the corresponding day.
    """
    if filed is None:
        return []
    up_to_a_month, beyond = LATE_REPORT_FEES[facts["form"]]
    counted_from = filed - timedelta(days=facts["days_late"])
    month_ends = add_months(counted_from, 1)
    fee, words = (up_to_a_month, "by") if filed <= month_ends else (beyond, "after")
    return [Working(Decimal(fee), f"a fixed {rupees(fee)}, filed {words} {in_words(month_ends)}")]
