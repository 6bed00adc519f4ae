"""Who comes back: of those who signed up in one week or month, how many were active in each later one."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.insights.counting.tables import cohorts
from complianceai.insights.figures.model import Chart, Column, Figure, Unit, Value, share
from complianceai.insights.spans import Span, later, starts
from complianceai.site.words import marked

HOW_MANY = 12
_HEADINGS: Mapping[Span, str] = {
    "week": marked("Signed up in the week from"),
    "month": marked("Signed up in"),
}
_TITLES: Mapping[Span, str] = {"week": marked("Retention by week"), "month": marked("Retention by month")}
DEFINITION = marked(
    "Of those counted who signed up in the span, the share who did at least one counted "
    "thing in it, one later, two later and so on. A span that is not over yet is shown as it "
    "stands."
)


async def weekly(connection: AsyncConnection, today: date) -> Figure:
    """Retention of the last twelve weeks' cohorts."""
    return await _retention(connection, today, "week")


async def monthly(connection: AsyncConnection, today: date) -> Figure:
    """Retention of the last twelve months' cohorts."""
    return await _retention(connection, today, "month")


async def _retention(connection: AsyncConnection, today: date, span: Span) -> Figure:
    own = starts(span, today, HOW_MANY)
    wanted = select(cohorts.c.cohort, cohorts.c.starts_on, cohorts.c.people).where(
        cohorts.c.span == span, cohorts.c.cohort.in_(own)
    )
    found = {(cohort, on): number for cohort, on, number in await connection.execute(wanted)}
    unit = Unit.DAY if span == "week" else Unit.MONTH
    later_ones = tuple(Column(f"+{each}", Unit.SHARE) for each in range(HOW_MANY))
    return Figure(
        f"retention-{span}ly",
        _TITLES[span],
        DEFINITION,
        (Column(_HEADINGS[span], unit), Column(marked("People")), *later_ones),
        retention_rows(found, own, span),
        Chart("shades", tuple(range(2, HOW_MANY + 2))),
    )


def retention_rows(
    found: Mapping[tuple[date, date], int], own: Sequence[date], span: Span
) -> list[list[Value]]:
    """Each cohort with its size and the share that was active in each span up to the last; none for what is to come."""
    rows: list[list[Value]] = []
    for cohort in own:
        # Everybody was there in the span in which they signed up, so its own number is the cohort's size.
        size = found.get((cohort, cohort), 0)
        cells = [later(span, cohort, by) for by in range(len(own))]
        rows.append(
            [
                cohort,
                size,
                *(share(found.get((cohort, on), 0), size) if on <= own[-1] else None for on in cells),
            ]
        )
    return rows
