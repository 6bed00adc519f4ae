"""Asking people how something went, seldom, and keeping what they say."""

from collections import Counter as Tally
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import new_id
from complianceai.desk.tables import conversations, messages
from complianceai.insights.counting.keeping import Done
from complianceai.insights.counting.kinds import Kind
from complianceai.insights.surveys.errors import NothingAsked
from complianceai.insights.surveys.offers import Offer
from complianceai.insights.surveys.tables import surveys
from complianceai.insights.surveys.words import ASKED_AFTER, QUESTIONS
from complianceai.site.words import marked
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.switches import Switch, is_on
from complianceai.tenancy.tables import people

AT_MOST_EVERY = timedelta(days=90)
OFF_SCALE = marked("Choose one of the numbers of the scale.")


async def offer_after(
    database: Database, done: Sequence[Done], switches: Mapping[str, Switch], now: datetime
) -> list[Offer]:
    """The questions that are asked after these actions: of nobody who was asked anything in ninety days."""
    after = {
        each.person_id: each.kind
        for each in done
        if each.kind in ASKED_AFTER and is_on(switches, "surveys", each.person_id)
    }
    if not after:
        return []
    async with database.transaction() as connection:
        # Two processes that would ask the same person at once wait for each other here.
        here = select(people.c.id).where(people.c.id.in_(after)).order_by(people.c.id).with_for_update()
        present = set((await connection.execute(here)).scalars())
        recent = select(surveys.c.person_id).where(
            surveys.c.person_id.in_(after), surveys.c.asked_at > now - AT_MOST_EVERY
        )
        present -= set((await connection.execute(recent)).scalars())
        asking = Tally(each.person_id for each in done if each.kind is Kind.QUESTION_ASKED)
        present -= await _asked_before(
            connection, [one for one in present if after[one] is Kind.QUESTION_ASKED], asking
        )
        offers = [Offer(one, new_id(), ASKED_AFTER[after[one]], now) for one in sorted(present)]
        rows = [
            {"id": each.id, "person_id": each.person_id, "question": each.question, "asked_at": now,
             "moment": after[each.person_id].value, "comment": ""}
            for each in offers
        ]  # fmt: skip
        if rows:
            await connection.execute(insert(surveys), rows)
    return offers


async def _asked_before(
    connection: AsyncConnection, whose: Collection[UUID], asking: Mapping[UUID, int]
) -> set[UUID]:
    """Those for whom the answer was not their first."""
    wanted = (
        select(conversations.c.person_id, func.count())
        .join_from(conversations, messages)
        .where(conversations.c.person_id.in_(whose))
        .group_by(conversations.c.person_id)
    )
    return {one for one, number in await connection.execute(wanted) if number > asking[one]}


async def answer(database: Database, scope: Scope, score: int, comment: str, now: datetime) -> None:
    """Nothing; what the person thinks is kept.

    Errors: NothingAsked; InvalidInput for a number that is not on the scale.
    """
    async with database.transaction() as connection:
        waiting = await _waiting(connection, scope)
        scale = QUESTIONS[waiting.question]
        if not scale.lowest <= score <= scale.highest:
            raise InvalidInput({"score": OFF_SCALE})
        given = {"score": score, "comment": comment.strip(), "answered_at": now}
        await connection.execute(update(surveys).where(surveys.c.id == waiting.id).values(**given))


async def dismiss(database: Database, scope: Scope, now: datetime) -> None:
    """Nothing; the question is not asked any more.

    Errors: NothingAsked.
    """
    async with database.transaction() as connection:
        waiting = await _waiting(connection, scope)
        await connection.execute(update(surveys).where(surveys.c.id == waiting.id).values(dismissed_at=now))


async def find_waiting(connection: AsyncConnection, scope: Scope) -> Offer | None:
    """The question that waits for the person, if one does."""
    wanted = (
        select(*(surveys.c[name] for name in Offer.__slots__))
        .where(surveys.c.person_id == scope.person.id)
        .where(surveys.c.answered_at.is_(None), surveys.c.dismissed_at.is_(None))
        .order_by(surveys.c.asked_at.desc())
        .limit(1)
    )
    row = (await connection.execute(wanted)).first()
    return None if row is None else Offer(*row)


async def _waiting(connection: AsyncConnection, scope: Scope) -> Offer:
    found = await find_waiting(connection, scope)
    if found is None:
        raise NothingAsked
    return found
