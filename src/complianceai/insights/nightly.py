"""What is added up at night of the days just over, so that the console need not look at every row."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Select, case, delete, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.billing.usage.tables import billing_storage
from complianceai.desk.tables import answer_feedback, messages
from complianceai.insights.counting.tables import actions_done, active_spans, figure_days
from complianceai.insights.figures.service import (
    ANSWERED,
    ANSWERS,
    APART,
    DID_NOT,
    DROPPED,
    HELPED,
    LATE,
    ON_TIME,
    REFUSED,
    REMINDERS,
    STORAGE,
)
from complianceai.insights.spans import day_of, days_after, instant_of, later, start_of
from complianceai.insights.upserts import replace
from complianceai.register.reminders.tables import alerts, reminder_wishes

# An answer is judged, and a reminder sent, some days after its own.
LOOK_BACK_DAYS = 8
KEPT_MONTHS = 25


async def add_up_days(connection: AsyncConnection, now: datetime) -> None:
    """Nothing; the sums of the last eight days that are over stand, in place of those of an earlier night."""
    today = date_in_india(now)
    since = today - timedelta(days=LOOK_BACK_DAYS)
    rows = await _answers(connection, since, today) + await _reminders(connection, since, today)
    stored = (
        await connection.execute(select(func.coalesce(func.sum(billing_storage.c.bytes), 0)))
    ).scalar_one()
    rows.append(_row(STORAGE, today - timedelta(days=1), "bytes", int(stored)))
    again = figure_days.c.figure.in_([ANSWERS, REMINDERS]) & figure_days.c.on.between(since, today)
    await connection.execute(delete(figure_days).where(again))
    await replace(connection, figure_days, "value", rows)


async def forget_old(connection: AsyncConnection, now: datetime) -> int:
    """How many actions were removed: those of more than twenty-five months ago. Their sums stay."""
    first = later("month", start_of("month", date_in_india(now)), -KEPT_MONTHS)
    gone = await connection.execute(delete(actions_done).where(actions_done.c.at < instant_of(first)))
    await connection.execute(delete(active_spans).where(active_spans.c.starts_on < first))
    return gone.rowcount


async def _answers(connection: AsyncConnection, since: date, until: date) -> list[dict[str, Any]]:
    day = day_of(messages.c.created_at, connection.dialect.name).label("on")
    judged = answer_feedback.c.is_good
    wanted = (
        select(
            day,
            messages.c.provider,
            _count(~messages.c.refused).label(ANSWERED),
            _count(messages.c.refused).label(REFUSED),
            _count(judged.is_(True)).label(HELPED),
            _count(judged.is_(False)).label(DID_NOT),
        )
        .outerjoin_from(messages, answer_feedback, answer_feedback.c.message_id == messages.c.id)
        .where(messages.c.created_at >= instant_of(since), messages.c.created_at < instant_of(until))
        .group_by(day, messages.c.provider)
    )
    parts = (ANSWERED, REFUSED, HELPED, DID_NOT)
    return await _rows(connection, wanted, ANSWERS, parts, of=f"{APART}%s")


async def _reminders(connection: AsyncConnection, since: date, until: date) -> list[dict[str, Any]]:
    dialect = connection.dialect.name
    day = day_of(alerts.c.at, dialect).label("on")
    took = days_after(day_of(alerts.c.sent_at, dialect), day_of(alerts.c.at, dialect), dialect)
    # What is planned in quiet hours leaves in the morning; who wants one mail a week gets it then.
    allowed = case((reminder_wishes.c.rhythm == "weekly", 7), else_=1)
    is_sent, is_dropped = alerts.c.sent_at.is_not(None), alerts.c.dropped_at.is_not(None)
    wanted = (
        select(
            day,
            literal("").label("of"),
            _count(is_sent & (took <= allowed)).label(ON_TIME),
            _count((is_sent & (took > allowed)) | (~is_sent & ~is_dropped)).label(LATE),
            _count(~is_sent & is_dropped).label(DROPPED),
        )
        .outerjoin_from(alerts, reminder_wishes, reminder_wishes.c.person_id == alerts.c.recipient_id)
        .where(alerts.c.channel != "app")
        .where(alerts.c.at >= instant_of(since), alerts.c.at < instant_of(until))
        .group_by(day)
    )
    return await _rows(connection, wanted, REMINDERS, (ON_TIME, LATE, DROPPED), of="")


async def _rows(
    connection: AsyncConnection, wanted: Select[Any], figure: str, parts: Sequence[str], *, of: str
) -> list[dict[str, Any]]:
    made = []
    for on, whose, *numbers in await connection.execute(wanted):
        ending = of % whose if of else ""
        made += [
            _row(figure, on, f"{part}{ending}", int(n)) for part, n in zip(parts, numbers, strict=True) if n
        ]
    return made


def _row(figure: str, on: date, part: str, value: int) -> dict[str, Any]:
    return {"figure": figure, "on": on, "part": part, "value": value}


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).cast(Integer)
