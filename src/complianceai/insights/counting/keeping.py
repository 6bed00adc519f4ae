"""Writing what was done: many actions in one transaction, each by pseudonym, with the sums that follow from them."""

from collections import Counter as Tally
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.base.ids import new_id
from complianceai.insights.counting.kinds import STEPS, Kind, Mode
from complianceai.insights.counting.tables import (
    actions_done,
    active_spans,
    cohorts,
    counting,
    figure_days,
    journeys,
)
from complianceai.insights.spans import SPANS, start_of
from complianceai.insights.upserts import add_missing, add_up
from complianceai.storage.rows import fetch_all
from complianceai.tenancy.tables import people

ACTIONS = "actions"


class Done(NamedTuple):
    """An action on its way to being counted; its person is known by name no longer than that."""

    person_id: UUID
    company_id: UUID | None
    kind: Kind
    at: datetime
    length: int | None = None
    took_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Whom an action is counted as, if at all."""

    person_id: UUID
    created_at: datetime
    pseudonym: UUID | None
    may_count: bool | None


async def keep_actions(
    connection: AsyncConnection, mode: Mode, done: Sequence[Done], agreed: Collection[UUID], now: datetime
) -> int:
    """How many of the actions were counted: those of people who may be; `agreed` have said yes a moment ago."""
    if mode == "off":
        return 0
    whose = {each.person_id for each in done} | set(agreed)
    found = await _known(connection, whose)
    await _name_new(connection, mode, found, agreed, now)
    known = {
        each.person_id: each for each in await _known(connection, whose) if each.pseudonym and each.may_count
    }
    counted = [(known[each.person_id], each) for each in done if each.person_id in known]
    if counted:
        await _keep(connection, counted)
    return len(counted)


async def _known(connection: AsyncConnection, whose: Collection[UUID]) -> list[Known]:
    wanted = (
        select(
            people.c.id.label("person_id"), people.c.created_at, counting.c.pseudonym, counting.c.may_count
        )
        .outerjoin_from(people, counting, counting.c.person_id == people.c.id)
        .where(people.c.id.in_(whose))
    )
    return await fetch_all(connection, wanted, Known)


async def _name_new(
    connection: AsyncConnection, mode: Mode, found: Sequence[Known], agreed: Collection[UUID], now: datetime
) -> None:
    rows = [
        # Random and no hash: nobody who has both lists can tell which pseudonym is whose but by this table.
        {
            "person_id": each.person_id,
            "pseudonym": uuid4(),
            "may_count": True,
            "decided_at": now if each.person_id in agreed else None,
        }
        for each in found
        if each.pseudonym is None and (mode == "on" or each.person_id in agreed)
    ]
    if rows:
        await add_missing(connection, counting, rows)


async def _keep(connection: AsyncConnection, counted: Sequence[tuple[Known, Done]]) -> None:
    rows = [
        {
            "id": new_id(),
            "pseudonym": whom.pseudonym,
            "company_id": each.company_id,
            "kind": each.kind.value,
            "at": each.at,
            "length": each.length,
            "took_ms": each.took_ms,
        }
        for whom, each in counted
    ]
    await connection.execute(insert(actions_done), rows)
    days = Tally((date_in_india(each.at), each.kind.value) for _, each in counted)
    sums = [{"figure": ACTIONS, "on": on, "part": kind, "value": value} for (on, kind), value in days.items()]
    await add_up(connection, figure_days, "value", sums)
    await _keep_journeys(connection, counted)
    await _keep_spans(connection, counted)


async def _keep_journeys(connection: AsyncConnection, counted: Sequence[tuple[Known, Done]]) -> None:
    began = {whom.pseudonym: date_in_india(whom.created_at) for whom, _ in counted}
    await add_missing(
        connection,
        journeys,
        [{"pseudonym": who, "signed_on": on} for who, on in sorted(began.items(), key=str)],
    )
    firsts: dict[tuple[Kind, UUID | None], date] = {}
    for whom, each in counted:
        if each.kind in STEPS:
            key, on = (each.kind, whom.pseudonym), date_in_india(each.at)
            firsts[key] = min(on, firsts.get(key, on))
    for kind, column in STEPS.items():
        rows = [{"who": who, "on_": on} for (other, who), on in firsts.items() if other is kind]
        if rows:
            first = (journeys.c.pseudonym == bindparam("who")) & journeys.c[column].is_(None)
            await connection.execute(update(journeys).where(first).values({column: bindparam("on_")}), rows)


async def _keep_spans(connection: AsyncConnection, counted: Sequence[tuple[Known, Done]]) -> None:
    began = {whom.pseudonym: date_in_india(whom.created_at) for whom, _ in counted}
    lived = {
        (whom.pseudonym, span, start_of(span, date_in_india(each.at)))
        for whom, each in counted
        for span in SPANS
    }
    # To sign up is to be there: so the cohort's own span holds all of it, also whoever agreed to be counted later.
    lived |= {(who, span, start_of(span, on)) for who, on in began.items() for span in SPANS}
    rows = [{"pseudonym": who, "span": span, "starts_on": on} for who, span, on in sorted(lived, key=str)]
    added = await add_missing(connection, active_spans, rows, *active_spans.c)
    # Whoever was active in a span for the first time adds one to their cohort in it, and never a second.
    sums = Tally((span, start_of(span, began[who]), on) for who, span, on in added)
    await add_up(
        connection,
        cohorts,
        "people",
        [{"span": span, "cohort": own, "starts_on": on, "people": n} for (span, own, on), n in sums.items()],
    )
