"""How well the product does its work: answers, reminders, and how much it keeps."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.usage.tables import billing_storage
from complianceai.insights.counting.tables import figure_days
from complianceai.insights.figures.model import Chart, Column, Figure, Unit, Value, share
from complianceai.insights.spans import later, starts
from complianceai.site.words import marked

MONTHS = 13
DAYS = 90
ANSWERS, REMINDERS, STORAGE = "answers", "reminders", "storage"
ANSWERED, REFUSED, HELPED, DID_NOT = "answered", "refused", "helped", "did_not"
ON_TIME, LATE, DROPPED = "on_time", "late", "dropped"
# Between what is counted and of whom; no provider's name has it.
APART = "|"


async def assistant(connection: AsyncConnection, today: date) -> Figure:
    """Answers by provider in this month and the one before."""
    found = await _sums(connection, ANSWERS, starts("month", today, 2)[0], today)
    providers = sorted({part.partition(APART)[2] for part in found})
    rows: list[list[Value]] = []
    for provider in providers:
        answered, refused, helped, did_not = (
            found.get(f"{each}{APART}{provider}", 0) for each in (ANSWERED, REFUSED, HELPED, DID_NOT)
        )
        rows.append(
            [
                provider,
                answered,
                refused,
                share(refused, answered + refused),
                helped,
                did_not,
                share(helped, helped + did_not),
            ]
        )
    return Figure(
        "assistant",
        marked("The assistant's answers"),
        marked(
            "Since the first day of last month, up to yesterday: questions answered and refused by "
            "whoever's words they were, and what people said of the answers."
        ),
        (
            Column(marked("By"), Unit.TEXT),
            Column(marked("Answered")),
            Column(marked("Refused")),
            Column(marked("Refused, of all"), Unit.SHARE),
            Column(marked("Helped")),
            Column(marked("Did not help")),
            Column(marked("Helped, of those judged"), Unit.SHARE),
        ),
        rows,
    )


async def reminders(connection: AsyncConnection, today: date) -> Figure:
    """Reminders sent in time, by month."""
    months = starts("month", today, MONTHS)
    rows: list[list[Value]] = []
    by_day = await _days(connection, REMINDERS, months[0], today)
    for month in months:
        after = later("month", month, 1)
        on_time, late, dropped = (
            sum(value for on, part, value in by_day if month <= on < after and part == each)
            for each in (ON_TIME, LATE, DROPPED)
        )
        rows.append([month, on_time, late, share(on_time, on_time + late), dropped])
    return Figure(
        "reminders",
        marked("Reminders on time"),
        marked(
            "Reminders to mails and chats by the day in India on which they were planned, up to yesterday: "
            "on time if they left at most a day later, or a week for whoever wants one mail a week. What "
            "became pointless before it was sent is told apart."
        ),
        (
            Column(marked("Month"), Unit.MONTH),
            Column(marked("On time")),
            Column(marked("Late")),
            Column(marked("On time, of all"), Unit.SHARE),
            Column(marked("Not needed any more")),
        ),
        rows,
        Chart("line", (3,)),
    )


async def storage(connection: AsyncConnection, today: date) -> Figure:
    """How much is kept, by day, and now."""
    by_day = await _days(connection, STORAGE, today - timedelta(days=DAYS - 1), today - timedelta(days=1))
    now = (await connection.execute(select(func.coalesce(func.sum(billing_storage.c.bytes), 0)))).scalar_one()
    rows: list[list[Value]] = [[on, value] for on, _, value in sorted(by_day)]
    return Figure(
        "storage",
        marked("Files kept"),
        marked("What the files of all companies take together: as each day in India ended, and now."),
        (Column(marked("Day"), Unit.DAY), Column(marked("Kept"), Unit.BYTES)),
        [*rows, [today, int(now)]],
        Chart("line", (1,)),
    )


async def _sums(connection: AsyncConnection, figure: str, first: date, last: date) -> dict[str, int]:
    wanted = (
        select(figure_days.c.part, func.sum(figure_days.c.value))
        .where(figure_days.c.figure == figure, figure_days.c.on.between(first, last))
        .group_by(figure_days.c.part)
    )
    return {part: int(value) for part, value in await connection.execute(wanted)}


async def _days(
    connection: AsyncConnection, figure: str, first: date, last: date
) -> list[tuple[date, str, int]]:
    wanted = select(figure_days.c.on, figure_days.c.part, figure_days.c.value).where(
        figure_days.c.figure == figure, figure_days.c.on.between(first, last)
    )
    return [(on, part, value) for on, part, value in await connection.execute(wanted)]
