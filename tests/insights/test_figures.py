"""The figures of a history whose answers are known: each worked out by hand from tests/insights/history.py."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from complianceai.insights.figures import joining, opinions, revenue, staying
from complianceai.insights.figures.model import Gatherer, share
from complianceai.storage.database import Database
from tests.insights import history
from tests.insights.history import TODAY

SEP, OCT, NOV = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
async def filled(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    async with database.transaction() as connection:
        await history.fill(connection)
    yield database
    await database.close()


async def rows_of(database: Database, gather: Gatherer) -> list[list[Any]]:
    async with database.reading() as connection:
        return [list(row) for row in (await gather(connection, TODAY)).rows]


def rupees(*amounts: int) -> list[int]:
    return [100 * each for each in amounts]


async def test_sign_ups_by_day_with_the_sum_of_seven(filled: Database) -> None:
    rows = await rows_of(filled, joining.sign_ups)
    assert (len(rows), rows[0][0], rows[-1][0]) == (90, TODAY - timedelta(days=89), TODAY)
    told = {day: (number, week) for day, number, week in rows}
    # F came on 1 August, before the ninety days. 3 to 9 November: B, C and D.
    assert sum(number for number, _ in told.values()) == 5
    assert told[date(2026, 11, 8)] == (1, 3)
    assert told[date(2026, 11, 9)] == (1, 3)
    assert told[TODAY] == (1, 1)


async def test_how_far_people_got(filled: Database) -> None:
    # A to E. Companies: A, B, E within seven days, D after eight. Filed: A after seven days, E at once, B after eight.
    assert await rows_of(filled, joining.funnel) == [
        ["signed up", 5, Decimal("100.0"), 5, Decimal("100.0")],
        ["described a company", 4, Decimal("80.0"), 3, Decimal("60.0")],
        ["filed a task", 3, Decimal("60.0"), 2, Decimal("40.0")],
        ["made a document", 1, Decimal("20.0"), 1, Decimal("20.0")],
        ["asked a question", 2, Decimal("40.0"), 2, Decimal("40.0")],
        ["invited somebody", 1, Decimal("20.0"), 1, Decimal("20.0")],
    ]


async def test_active_people_by_week(filled: Database) -> None:
    rows = dict(await rows_of(filled, joining.active))
    wanted = {date(2026, 11, 2): 3, date(2026, 11, 9): 3, date(2026, 11, 16): 3, date(2026, 10, 26): 0}
    assert {week: rows[week] for week in wanted} == wanted


async def test_what_is_done_by_month(filled: Database) -> None:
    rows = {kind: numbers for kind, *numbers in await rows_of(filled, joining.actions)}
    assert rows["filed a task"] == [0, 0, 4]
    assert rows["asked a question"] == [0, 0, 3]
    assert rows["exported"] == [0, 0, 0]


async def test_who_comes_back_by_week(filled: Database) -> None:
    rows = {row[0]: row[1:] for row in await rows_of(filled, staying.weekly)}
    # Of A, B and C: A and B came in the week after, A alone in the one after that, which is this one.
    size, *shares = rows[date(2026, 11, 2)]
    assert (size, shares[:4]) == (3, [Decimal("100.0"), Decimal("66.7"), Decimal("33.3"), None])
    assert rows[date(2026, 11, 9)][:4] == [1, Decimal("100.0"), Decimal("100.0"), None]
    assert rows[date(2026, 11, 16)][:3] == [1, Decimal("100.0"), None]
    assert rows[date(2026, 10, 26)][:3] == [0, None, None]


async def test_who_comes_back_by_month(filled: Database) -> None:
    rows = {row[0]: row[1:] for row in await rows_of(filled, staying.monthly)}
    assert rows[NOV][:3] == [5, Decimal("100.0"), None]
    assert rows[date(2026, 8, 1)][:5] == [1, Decimal("100.0"), Decimal("0.0"), Decimal("0.0"), Decimal("0.0")]


async def test_monthly_revenue_moves_to_the_rupee(filled: Database) -> None:
    rows = {row[0]: row[1:] for row in await rows_of(filled, revenue.recurring)}
    # Start, new, expansion, reactivation, contraction, churn, end.
    assert rows[SEP] == rupees(0, 500, 0, 0, 0, 0, 500)
    # New: a2 1,000, a3 300, a5 2,000. Expansion: a1 by 1,000; churn: a1 at 1,500.
    assert rows[OCT] == rupees(500, 3300, 1000, 0, 0, -1500, 3300)
    # a1 comes back at 900, a2 goes down by 600, a3 leaves at 300: 900 + 400 + 2,000.
    assert rows[NOV] == rupees(3300, 0, 0, 900, -600, -300, 3300)
    assert rows[date(2026, 8, 1)] == rupees(0, 0, 0, 0, 0, 0, 0)


async def test_what_an_account_is_worth_to_the_paisa(filled: Database) -> None:
    rows = {row[0]: row[1:] for row in await rows_of(filled, revenue.worth)}
    # Paying, ARPU, left, churn, lifetime value.
    assert rows[SEP] == [1, 50_000, 0, None, None]
    # a2, a3 and a5 pay 3,300. Of the one that paid as October began, one left: a lifetime of one month.
    assert rows[OCT] == [3, 110_000, 1, Decimal("100.0"), 110_000]
    # a1, a2 and a5 pay 3,300. Left since September: 2, of 0 + 1 + 3 at the starts: half of them a month.
    assert rows[NOV] == [3, 110_000, 1, Decimal("33.3"), 220_000]


async def test_conversion_counts_thirty_days_and_not_one_more(filled: Database) -> None:
    rows = {row[0]: row[1:] for row in await rows_of(filled, revenue.conversion)}
    # a1 after 9 days, a2 after 30, a3 after 31.
    assert rows[SEP] == [3, 2, Decimal("66.7")]
    assert rows[OCT] == [2, 1, Decimal("50.0")]
    assert rows[NOV] == [0, 0, None]


async def test_satisfaction_and_recommendation_by_month(filled: Database) -> None:
    nps = {row[0]: row[1:] for row in await rows_of(filled, opinions.nps)}
    assert nps[OCT] == [1, 1, 0, Decimal("100.0")]
    # 9, 8, 6, 10, 0, 3: two for it, three against, of six.
    assert nps[NOV] == [6, 2, 3, Decimal("-16.7")]
    csat = {row[0]: row[1:] for row in await rows_of(filled, opinions.csat)}
    assert csat[NOV] == [3, 2, Decimal("66.7")]
    async with filled.reading() as connection:
        said = await opinions.list_comments(connection, limit=10)
    assert [(each.score, each.comment) for each in said] == [(0, "Too slow"), (9, "Saves me a day")]


async def test_a_site_in_which_nothing_happened_has_figures_all_the_same(database_url: str) -> None:
    database = Database(database_url)
    for gather in (
        joining.sign_ups,
        joining.funnel,
        staying.weekly,
        revenue.recurring,
        revenue.worth,
        opinions.nps,
    ):
        rows = await rows_of(database, gather)
        assert all(value in (0, None) or index == 0 for row in rows for index, value in enumerate(row))
    await database.close()


@pytest.mark.parametrize(
    ("part", "whole", "told"), [(1, 3, "33.3"), (2, 3, "66.7"), (1, 16, "6.3"), (-1, 16, "-6.3")]
)
def test_a_share_is_rounded_half_away_from_nought(part: int, whole: int, told: str) -> None:
    assert share(part, whole) == Decimal(told)
    assert share(part, 0) is None
