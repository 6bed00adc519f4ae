"""What the site earns a month, how that changes, and what an account is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.accounts.tables import billing_accounts
from complianceai.billing.subscriptions.tables import revenue_changes
from complianceai.insights.figures.model import Chart, Column, Figure, Unit, Value, rounded, share
from complianceai.insights.spans import day_of, days_after, instant_of, month_of, starts
from complianceai.site.words import marked
from complianceai.storage.rows import fetch_all

MONTHS = 13
# Of the rate at which accounts leave, by which a lifetime is estimated.
CHURN_MONTHS = 3
CONVERTED_DAYS = 30
NEW, EXPANSION, CONTRACTION, CHURN, REACTIVATION = "new", "expansion", "contraction", "churn", "reactivation"
MOVES = (NEW, EXPANSION, REACTIVATION, CONTRACTION, CHURN)


@dataclass(frozen=True, slots=True)
class Moved:
    """By how much changes of one kind moved the monthly revenue in one month, and how many they were."""

    month: date
    move: str
    paise: int
    accounts: int


@dataclass(frozen=True, slots=True)
class Month:
    """Revenue of one month: what it began with, how it moved, and the accounts that paid."""

    month: date
    start_paise: int
    moved_paise: Mapping[str, int]
    paying_at_start: int
    began: int
    left: int

    @property
    def end_paise(self) -> int:
        """Monthly revenue as the month ended, or as it stands."""
        return self.start_paise + sum(self.moved_paise.values())

    @property
    def paying(self) -> int:
        """How many accounts paid as the month ended, or pay now."""
        return self.paying_at_start + self.began - self.left


async def read_months(connection: AsyncConnection, today: date) -> list[Month]:
    """The last thirteen months, this one as it stands."""
    moved = await fetch_all(connection, _moved(connection.dialect.name), Moved)
    return months_of(moved, starts("month", today, MONTHS))


def _moved(dialect: str) -> Select[tuple[date, str, int, int]]:
    before, after = revenue_changes.c.mrr_before_paise, revenue_changes.c.mrr_after_paise
    first_paid = (
        func.min(revenue_changes.c.changed_at)
        .filter(after > 0)
        .over(partition_by=revenue_changes.c.account_id)
    )
    each = select(
        month_of(revenue_changes.c.changed_at, dialect).label("month"),
        _move(before, after, first_paid).label("move"),
        (after - before).label("paise"),
    ).where(before != after)
    inner = each.subquery()
    total, number = func.sum(inner.c.paise).label("paise"), func.count().label("accounts")
    return select(inner.c.month, inner.c.move, total, number).group_by(inner.c.month, inner.c.move)


def _move(
    before: ColumnElement[int], after: ColumnElement[int], first_paid: ColumnElement[object]
) -> ColumnElement[str]:
    is_first = revenue_changes.c.changed_at == first_paid
    return case(
        ((before == 0) & is_first, literal(NEW)),
        (before == 0, literal(REACTIVATION)),
        (after == 0, literal(CHURN)),
        (after > before, literal(EXPANSION)),
        else_=literal(CONTRACTION),
    )


def months_of(moved: Sequence[Moved], months: Sequence[date]) -> list[Month]:
    """Each of the months in order; what moved before the first of them is what it begins with."""
    early = [each for each in moved if each.month < months[0]]
    start, paying = sum(int(each.paise) for each in early), sum(_began(each) - _left(each) for each in early)
    made = []
    for month in months:
        here = [each for each in moved if each.month == month]
        paise = {move: sum(int(each.paise) for each in here if each.move == move) for move in MOVES}
        one = Month(month, start, paise, paying, sum(map(_began, here)), sum(map(_left, here)))
        made.append(one)
        start, paying = one.end_paise, one.paying
    return made


def _began(each: Moved) -> int:
    return each.accounts if each.move in (NEW, REACTIVATION) else 0


def _left(each: Moved) -> int:
    return each.accounts if each.move == CHURN else 0


async def recurring(connection: AsyncConnection, today: date) -> Figure:
    """Monthly recurring revenue and how it moved."""
    return Figure(
        "mrr",
        marked("Monthly recurring revenue"),
        marked(
            "What all accounts pay for a month by their plans of the time, without GST; a yearly "
            "price counts a twelfth. Each change counts in the month in India in which it happened: "
            "new for an account that never paid before, reactivation for one that did, churn where "
            "it pays nothing any more."
        ),
        (
            Column(marked("Month"), Unit.MONTH),
            Column(marked("At the start"), Unit.PAISE),
            Column(marked("New"), Unit.PAISE),
            Column(marked("Expansion"), Unit.PAISE),
            Column(marked("Reactivation"), Unit.PAISE),
            Column(marked("Contraction"), Unit.PAISE),
            Column(marked("Churn"), Unit.PAISE),
            Column(marked("At the end"), Unit.PAISE),
        ),
        [
            [each.month, each.start_paise, *(each.moved_paise[move] for move in MOVES), each.end_paise]
            for each in await read_months(connection, today)
        ],
        Chart("bars", (2, 3, 4), (5, 6)),
    )


async def worth(connection: AsyncConnection, today: date) -> Figure:
    """What an account pays a month, how many leave, and what one is worth until it does."""
    return Figure(
        "worth",
        marked("ARPU, churn and lifetime value"),
        marked(
            "ARPU is the monthly recurring revenue at the end of the month divided by the accounts "
            "that then paid. Churn is the accounts that stopped paying in the month, of those that "
            "paid as it began. Lifetime value is ARPU divided by the churn of three months together, "
            "a month; it is told only where somebody left."
        ),
        (
            Column(marked("Month"), Unit.MONTH),
            Column(marked("Paying accounts")),
            Column(marked("ARPU"), Unit.PAISE),
            Column(marked("Left")),
            Column(marked("Churn"), Unit.SHARE),
            Column(marked("Lifetime value"), Unit.PAISE),
        ),
        worth_rows(await read_months(connection, today)),
        Chart("line", (2,)),
    )


def worth_rows(months: Sequence[Month]) -> list[list[Value]]:
    """Each month with its ARPU, churn and lifetime value, to the nearest paisa."""
    rows: list[list[Value]] = []
    for at, each in enumerate(months):
        last = months[max(0, at - CHURN_MONTHS + 1) : at + 1]
        left, paid = sum(one.left for one in last), sum(one.paying_at_start for one in last)
        arpu = Decimal(each.end_paise) / each.paying if each.paying else None
        value = None if arpu is None or not left else int(rounded(arpu * paid / left))
        rows.append(
            [
                each.month,
                each.paying,
                None if arpu is None else int(rounded(arpu)),
                each.left,
                share(each.left, each.paying_at_start),
                value,
            ]
        )
    return rows


async def conversion(connection: AsyncConnection, today: date) -> Figure:
    """Of the accounts opened in each month, how many began to pay within thirty days."""
    months, dialect = starts("month", today, MONTHS), connection.dialect.name
    paid = (
        select(revenue_changes.c.account_id, func.min(revenue_changes.c.changed_at).label("at"))
        .where(revenue_changes.c.mrr_after_paise > 0)
        .group_by(revenue_changes.c.account_id)
        .subquery()
    )
    opened = billing_accounts.c.created_at
    took = days_after(day_of(paid.c.at, dialect), day_of(opened, dialect), dialect)
    month = month_of(opened, dialect)
    wanted = (
        select(month, func.count(), func.sum(case((took <= CONVERTED_DAYS, 1), else_=0)))
        .outerjoin_from(billing_accounts, paid, paid.c.account_id == billing_accounts.c.id)
        .where(opened >= instant_of(months[0]))
        .group_by(month)
    )
    found = {month: (number, int(early)) for month, number, early in await connection.execute(wanted)}
    return Figure(
        "conversion",
        marked("Conversion"),
        marked(
            "Accounts by the month in India in which they were opened, and how many of them paid for "
            "the first time at most thirty days later. The last thirty days are not over for "
            "everybody."
        ),
        (
            Column(marked("Month"), Unit.MONTH),
            Column(marked("Opened")),
            Column(marked("Paid within thirty days")),
            Column(marked("Conversion"), Unit.SHARE),
        ),
        [
            [each, *found.get(each, (0, 0)), share(found.get(each, (0, 0))[1], found.get(each, (0, 0))[0])]
            for each in months
        ],
        Chart("line", (3,)),
    )
