"""Who comes, how far they get, and what is done each day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.insights.counting.keeping import ACTIONS
from complianceai.insights.counting.kinds import KIND_WORDS, STEPS, Kind
from complianceai.insights.counting.tables import cohorts, figure_days, journeys
from complianceai.insights.figures.model import Chart, Column, Figure, Unit, Value, share
from complianceai.insights.spans import day_of, days_after, instant_of, later, starts
from complianceai.site.words import marked
from complianceai.tenancy.tables import people

DAYS = 90
WEEKS = 12
SOON_DAYS = 7


async def sign_ups(connection: AsyncConnection, today: date) -> Figure:
    """How many people signed up on each of ninety days."""
    first = today - timedelta(days=DAYS - 1)
    day = day_of(people.c.created_at, connection.dialect.name)
    # Six days earlier as well, for the sum of seven days on the first one.
    since = people.c.created_at >= instant_of(first - timedelta(days=6))
    found = await connection.execute(select(day, func.count()).where(since).group_by(day))
    return Figure(
        "sign-ups",
        marked("Sign-ups by day"),
        marked(
            "Accounts by the day in India on which they were made, and how many in the seven days up "
            "to it. Deleted accounts are not among them."
        ),
        (Column(marked("Day"), Unit.DAY), Column(marked("Sign-ups")), Column(marked("In seven days"))),
        sign_up_rows({row[0]: row[1] for row in found}, first, today),
        Chart("bars", (1,)),
    )


def sign_up_rows(numbers: Mapping[date, int], first: date, last: date) -> list[list[Value]]:
    """Each day with its number and the sum of the seven days that end with it."""
    days = [first + timedelta(days=each) for each in range((last - first).days + 1)]
    return [
        [day, numbers.get(day, 0), sum(numbers.get(day - timedelta(days=back), 0) for back in range(7))]
        for day in days
    ]


async def funnel(connection: AsyncConnection, today: date) -> Figure:
    """How far those got who signed up in ninety days and are counted."""
    first, dialect = today - timedelta(days=DAYS - 1), connection.dialect.name
    columns = [journeys.c[name] for name in STEPS.values()]
    soon = [
        func.sum(case((days_after(each, journeys.c.signed_on, dialect) <= SOON_DAYS, 1), else_=0))
        for each in columns
    ]
    wanted = select(func.count(), *(func.count(each) for each in columns), *soon)
    row = (await connection.execute(wanted.where(journeys.c.signed_on.between(first, today)))).one()
    ever, early = row[1 : len(STEPS) + 1], [each or 0 for each in row[len(STEPS) + 1 :]]
    return Figure(
        "activation",
        marked("Activation"),
        marked(
            "Of those counted who signed up in the last ninety days: how many took each step at "
            "least once so far, and how many within seven days of signing up."
        ),
        (
            Column(marked("Step"), Unit.TEXT),
            Column(marked("People")),
            Column(marked("Of all"), Unit.SHARE),
            Column(marked("Within seven days")),
            Column(marked("Of all, within seven days"), Unit.SHARE),
        ),
        funnel_rows(row[0], list(zip(STEPS, ever, early, strict=True))),
        Chart("bars", (1,)),
    )


def funnel_rows(whole: int, steps: Sequence[tuple[Kind, int, int]]) -> list[list[Value]]:
    """The whole and each step, as numbers and of a hundred."""
    rows: list[list[Value]] = [
        [KIND_WORDS[Kind.SIGNED_UP], whole, share(whole, whole), whole, share(whole, whole)]
    ]
    return rows + [
        [KIND_WORDS[kind], ever, share(ever, whole), early, share(early, whole)]
        for kind, ever, early in steps
    ]


async def active(connection: AsyncConnection, today: date) -> Figure:
    """How many of those counted did anything in each of twelve weeks."""
    weeks = starts("week", today, WEEKS)
    wanted = (
        select(cohorts.c.starts_on, func.sum(cohorts.c.people))
        .where(cohorts.c.span == "week", cohorts.c.starts_on.in_(weeks))
        .group_by(cohorts.c.starts_on)
    )
    found = {row[0]: row[1] for row in await connection.execute(wanted)}
    return Figure(
        "active",
        marked("Active people by week"),
        marked(
            "Those counted who did at least one of the counted things in the week, which begins on Monday."
        ),
        (Column(marked("Week from"), Unit.DAY), Column(marked("People"))),
        [[week, int(found.get(week, 0))] for week in weeks],
        Chart("line", (1,)),
    )


async def actions(connection: AsyncConnection, today: date) -> Figure:
    """How often each kind of action was done, in this month and the two before it."""
    months = starts("month", today, 3)
    part, value = figure_days.c.part, figure_days.c.value
    wanted = select(
        part,
        *(
            func.coalesce(
                func.sum(
                    case(
                        (figure_days.c.on.between(each, later("month", each, 1) - timedelta(days=1)), value),
                        else_=0,
                    )
                ),
                0,
            )
            for each in months
        ),
    ).where(figure_days.c.figure == ACTIONS, figure_days.c.on >= months[0])
    found = {kind: numbers for kind, *numbers in await connection.execute(wanted.group_by(part))}
    return Figure(
        "actions",
        marked("What is done"),
        marked("Counted actions by kind: in the month before last, last month, and this month so far."),
        (
            Column(marked("Action"), Unit.TEXT),
            Column(marked("Before last")),
            Column(marked("Last month")),
            Column(marked("This month")),
        ),
        [[KIND_WORDS[kind], *(int(each) for each in found.get(kind.value, (0, 0, 0)))] for kind in Kind],
    )
