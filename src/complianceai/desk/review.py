"""Corrections that wait for somebody of the operator: only a person turns one into anything."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import DomainError, InvalidInput, Kind
from complianceai.desk.tables import answer_feedback, messages
from complianceai.site.words import marked
from complianceai.storage.database import Database
from complianceai.storage.rows import fetch_all

OPEN, SETTLED = "open", "settled"
# What a correction may become, or that it becomes nothing.
OUTCOMES = ("alias", "fact", "question", "none")
MOST = 100
UNKNOWN_OUTCOME = "An outcome is alias, fact, question or none."


class CorrectionMissing(DomainError):
    """No correction of that id waits."""

    code = "desk.correction_missing"
    kind = Kind.MISSING
    sentence = marked("No correction with that id waits. Somebody may have settled it.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A correction as the operator sees it: what was asked and answered, and neither by whom nor for which company."""

    message_id: UUID
    question: str
    answer: str
    topic: str
    reason: str
    correction: str
    created_at: datetime


async def list_waiting(database: Database) -> list[Waiting]:
    """The corrections that wait, the oldest first."""
    told = messages.c.answer["answer"].as_string().label("answer")
    wanted = (
        select(
            answer_feedback.c.message_id,
            messages.c.question,
            told,
            messages.c.topic,
            answer_feedback.c.reason,
            answer_feedback.c.correction,
            answer_feedback.c.created_at,
        )
        .join_from(answer_feedback, messages)
        .where(answer_feedback.c.state == OPEN)
        .order_by(answer_feedback.c.created_at)
        .limit(MOST)
    )
    async with database.reading() as connection:
        return await fetch_all(connection, wanted, Waiting)


async def settle(
    database: Database,
    message_id: UUID,
    outcome: str,
    *,
    note: str = "",
    scores: tuple[int | None, int | None] = (None, None),
    now: datetime,
) -> None:
    """Nothing; the correction waits no more, and it is kept what it became.

    Units: scores before and after in hundredths of a percent.

    Errors: CorrectionMissing; InvalidInput.
    """
    async with database.transaction() as connection:
        await settle_in(connection, message_id, outcome, note=note, scores=scores, now=now)


async def settle_in(
    connection: AsyncConnection,
    message_id: UUID,
    outcome: str,
    *,
    note: str,
    scores: tuple[int | None, int | None],
    now: datetime,
) -> None:
    """`settle` as part of a transaction that does more."""
    if outcome not in OUTCOMES:
        raise InvalidInput({"outcome": UNKNOWN_OUTCOME})
    before, after = scores
    row = {"state": SETTLED, "outcome": outcome, "note": note, "score_before": before, "score_after": after}
    waits = (answer_feedback.c.message_id == message_id) & (answer_feedback.c.state == OPEN)
    settled = update(answer_feedback).where(waits).values(**row, decided_at=now)
    if not (await connection.execute(settled)).rowcount:
        raise CorrectionMissing
