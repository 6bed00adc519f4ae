"""What people think, by month."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.insights.figures.model import Chart, Column, Figure, Unit, share
from complianceai.insights.spans import instant_of, month_of, starts
from complianceai.insights.surveys.tables import surveys
from complianceai.site.words import marked
from complianceai.storage.rows import fetch_all

MONTHS = 13
# Source: of NPS, promoters give 9 or 10 and detractors 0 to 6; of CSAT, 4 and 5 of five count as content.
PROMOTERS_FROM, DETRACTORS_TO, CONTENT_FROM = 9, 6, 4


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote beside their score; by whom is not told."""

    answered_at: datetime
    question: str
    moment: str
    score: int
    comment: str


async def csat(connection: AsyncConnection, today: date) -> Figure:
    """How many were content."""
    content = func.sum(case((surveys.c.score >= CONTENT_FROM, 1), else_=0))
    found = await _by_month(connection, today, "csat", content)
    return Figure(
        "csat",
        marked("Satisfaction (CSAT)"),
        marked(
            "Of the answers given in the month to how satisfied somebody is, from 1 to 5, the share "
            "that are 4 or 5."
        ),
        (
            Column(marked("Month"), Unit.MONTH),
            Column(marked("Answers")),
            Column(marked("Satisfied")),
            Column(marked("CSAT"), Unit.SHARE),
        ),
        [[month, asked, happy, share(happy, asked)] for month, asked, happy in found],
        Chart("line", (3,)),
    )


async def nps(connection: AsyncConnection, today: date) -> Figure:
    """How many more would recommend the product than would not."""
    promoters = func.sum(case((surveys.c.score >= PROMOTERS_FROM, 1), else_=0))
    detractors = func.sum(case((surveys.c.score <= DETRACTORS_TO, 1), else_=0))
    found = await _by_month(connection, today, "nps", promoters, detractors)
    return Figure(
        "nps",
        marked("Recommendation (NPS)"),
        marked(
            "Of the answers given in the month to whether somebody would recommend this, from 0 to "
            "10: the share of 9 and 10 less the share of 0 to 6, from -100 to 100."
        ),
        (
            Column(marked("Month"), Unit.MONTH),
            Column(marked("Answers")),
            Column(marked("Promoters")),
            Column(marked("Detractors")),
            Column(marked("NPS"), Unit.SCORE),
        ),
        [
            [month, asked, for_it, against, share(for_it - against, asked)]
            for month, asked, for_it, against in found
        ],
        Chart("line", (4,)),
    )


async def list_comments(connection: AsyncConnection, *, limit: int, offset: int = 0) -> list[Comment]:
    """What people wrote, the latest first."""
    wanted = (
        select(*(surveys.c[name] for name in Comment.__slots__))
        .where(surveys.c.answered_at.is_not(None), surveys.c.comment != "")
        .order_by(surveys.c.answered_at.desc(), surveys.c.id)
        .limit(limit)
        .offset(offset)
    )
    return await fetch_all(connection, wanted, Comment)


async def _by_month(
    connection: AsyncConnection, today: date, question: str, *numbers: ColumnElement[int]
) -> list[tuple[Any, ...]]:
    months = starts("month", today, MONTHS)
    month = month_of(surveys.c.answered_at, connection.dialect.name)
    wanted = (
        select(month, func.count(), *numbers)
        .where(surveys.c.question == question, surveys.c.answered_at >= instant_of(months[0]))
        .group_by(month)
    )
    found = {row[0]: tuple(int(each) for each in row[1:]) for row in await connection.execute(wanted)}
    return [(each, *found.get(each, (0,) * (len(numbers) + 1))) for each in months]
