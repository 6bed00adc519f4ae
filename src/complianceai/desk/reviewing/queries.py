"""Every read of the review: what waits without anybody's words, one correction with them, and what others became."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.desk.review import OPEN
from complianceai.desk.tables import answer_feedback, conversations, messages, review_cases
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.tables import companies, members, people

SIZE, MOST_CASES, MOST_NAMES = 50, 1000, 200


@dataclass(frozen=True, slots=True)
class Listed:
    """A correction of the queue, without a word that anybody wrote."""

    message_id: UUID
    topic: str
    reason: str
    has_correction: bool
    language: str
    provider: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Marked:
    """One correction as it was written, and whose it is."""

    message_id: UUID
    person_id: UUID
    company_id: UUID | None
    question: str
    answer: str
    topic: str
    provider: str
    reason: str
    correction: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """What a correction became."""

    id: UUID
    outcome: str
    question: str
    asked_on: date
    must: Sequence[Sequence[str]]
    rule: str
    words: str
    note: str
    score_before: int
    score_after: int | None
    score_now: int | None
    is_right: bool | None
    created_at: datetime


async def list_marked(connection: AsyncConnection, *, number: int) -> tuple[list[Listed], int]:
    """A page of the corrections that wait, the oldest first, and how many there are."""
    waits = answer_feedback.c.state == OPEN
    has_correction = (answer_feedback.c.correction != "").label("has_correction")
    wanted = (
        select(
            messages.c.id.label("message_id"), messages.c.topic, answer_feedback.c.reason, has_correction,
            messages.c.language, messages.c.provider, answer_feedback.c.created_at,
        )
        .join_from(answer_feedback, messages)
        .where(waits)
        .order_by(answer_feedback.c.created_at, messages.c.id)
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    )  # fmt: skip
    total = select(func.count()).select_from(answer_feedback).where(waits)
    return await fetch_all(connection, wanted, Listed), (await connection.execute(total)).scalar_one()


async def find_marked(connection: AsyncConnection, message_id: UUID) -> Marked | None:
    """The correction of that message, while it waits."""
    wanted = (
        select(
            messages.c.id.label("message_id"), conversations.c.person_id, conversations.c.company_id,
            messages.c.question, messages.c.answer["answer"].as_string().label("answer"), messages.c.topic,
            messages.c.provider, answer_feedback.c.reason, answer_feedback.c.correction,
            messages.c.created_at.label("asked_at"),
        )
        .join_from(answer_feedback, messages)
        .join(conversations)
        .where(messages.c.id == message_id, answer_feedback.c.state == OPEN)
    )  # fmt: skip
    return await fetch_one(connection, wanted, Marked)


async def names_around(connection: AsyncConnection, marked: Marked) -> dict[str, list[str]]:
    """The names that must not be read in the correction: the company's, and those of all who work in it."""
    colleagues = select(members.c.person_id).where(members.c.company_id == marked.company_id)
    whose = or_(people.c.id == marked.person_id, people.c.id.in_(colleagues))
    found = await connection.execute(select(people.c.name).where(whose).limit(MOST_NAMES))
    company = await connection.execute(select(companies.c.name).where(companies.c.id == marked.company_id))
    return {"PERSON": list(found.scalars()), "COMPANY": list(company.scalars())}


async def list_cases(connection: AsyncConnection) -> list[Case]:
    """What corrections became, the last first."""
    columns: list[Any] = [review_cases.c[name] for name in Case.__slots__]
    wanted = select(*columns).order_by(review_cases.c.created_at.desc(), review_cases.c.id.desc())
    return await fetch_all(connection, wanted.limit(MOST_CASES), Case)
