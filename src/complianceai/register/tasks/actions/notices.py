"""Notices from authorities: kept with every reply, hearing and adjournment; their dates are tasks like any other."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.base.errors import InvalidInput
from complianceai.base.ids import new_id
from complianceai.register.tasks.actions.holding import hold_company
from complianceai.register.tasks.errors import NoticeClosed
from complianceai.register.tasks.keeping import bring_in_step
from complianceai.register.tasks.notice_states import HAPPENINGS, Happening, NoticeState
from complianceai.register.tasks.queries.notices import Notice, find_notice
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import notice_events, notices
from complianceai.site.words import marked
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.tenancy.scope import Scope

TO_COME = marked("This day is still to come. Give the day on which it arrived.")
DATED_LATER = marked("It cannot be dated after the day on which it arrived.")
BEYOND = marked("Give a day from the date of the notice until today; a day to come is the new date.")


@dataclass(frozen=True, slots=True)
class Received:
    """What a notice says."""

    authority: str
    subject: str
    dated: date
    received_on: date
    section: str = ""
    reference: str = ""
    reply_due: date | None = None
    hearing_on: date | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """What became of a notice on a day; `moved_to` is the new day of a hearing or a reply."""

    kind: Happening
    on: date
    text: str = ""
    moved_to: date | None = None


async def add_notice(
    database: Database, scope: Scope, company_id: UUID, received: Received, now: datetime
) -> UUID:
    """The id of the new notice, whose dates are tasks at once.

    Errors: CompanyMissing; NotYourRole; InvalidInput; FactsFaulty.
    """
    _check_days(received, now)
    identity = new_id()
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.WORK)
        row = {
            "id": identity, "company_id": company_id, "state": NoticeState.OPEN.value, "created_at": now,
            "created_by": scope.person.id, "updated_at": now,
        }  # fmt: skip
        await connection.execute(insert(notices).values(**row, **asdict(received)))
        change = Change("notice.made", None, {"notice": str(identity), **_told(asdict(received))})
        await add_to_trail(connection, company_id, scope.actor, change, now)
        await bring_in_step(connection, company_id, scope.actor, now)
    return identity


async def change_notice(
    database: Database, scope: Scope, company_id: UUID, notice_id: UUID, received: Received, now: datetime
) -> None:
    """Nothing; the notice says what is given: a correction of what was typed, which leaves no adjournment.

    Errors: CompanyMissing; NotYourRole; InvalidInput; NoticeMissing; FactsFaulty.
    """
    _check_days(received, now)
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.WORK)
        known = await find_notice(connection, scope, company_id, notice_id)
        before = {name: getattr(known, name) for name in Received.__slots__}
        after = asdict(received)
        changed = [name for name in after if after[name] != before[name]]
        if not changed:
            return
        await _write(connection, known, after, now)
        change = Change(
            "notice.changed",
            {"notice": str(notice_id), **_told({name: before[name] for name in changed})},
            {"notice": str(notice_id), **_told({name: after[name] for name in changed})},
        )
        await add_to_trail(connection, company_id, scope.actor, change, now)
        await bring_in_step(connection, company_id, scope.actor, now)


async def add_happening(
    database: Database, scope: Scope, company_id: UUID, notice_id: UUID, happened: Happened, now: datetime
) -> UUID:
    """The id of the new row of the notice's history; a date that it moves moves the task and keeps the old one.

    Errors: CompanyMissing; NotYourRole; InvalidInput; NoticeMissing; NoticeClosed; FactsFaulty.
    """
    identity, effect = new_id(), HAPPENINGS[happened.kind]
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.WORK)
        known = await find_notice(connection, scope, company_id, notice_id)
        if not known.dated <= happened.on <= date_in_india(now):
            raise InvalidInput({"on": BEYOND})
        if known.state is NoticeState.CLOSED and happened.kind is not Happening.REOPENED:
            raise NoticeClosed
        values: dict[str, Any] = {"state": (effect.state or known.state).value}
        moved_from = getattr(known, effect.moves) if effect.moves else None
        if effect.moves and happened.moved_to is not None:
            values[effect.moves] = happened.moved_to
        row = {
            "id": identity, "notice_id": notice_id, "kind": happened.kind.value, "on": happened.on,
            "moved_from": moved_from, "moved_to": happened.moved_to if effect.moves else None,
            "text": happened.text, "person_id": scope.person.id, "person": scope.person.name, "at": now,
        }  # fmt: skip
        await connection.execute(insert(notice_events).values(**row))
        await _write(connection, known, values, now)
        told = {
            "notice": str(notice_id),
            **_told({name: row[name] for name in ("kind", "on", "moved_from", "moved_to", "text")}),
        }
        change = Change("notice.happening", {"notice": str(notice_id), "state": known.state.value}, told)
        await add_to_trail(connection, company_id, scope.actor, change, now)
        await bring_in_step(connection, company_id, scope.actor, now)
    return identity


def _check_days(received: Received, now: datetime) -> None:
    """Nothing, where the days of a notice can be.

    Errors: InvalidInput.
    """
    if received.received_on > date_in_india(now):
        raise InvalidInput({"received_on": TO_COME})
    if received.dated > received.received_on:
        raise InvalidInput({"dated": DATED_LATER})


async def _write(connection: AsyncConnection, known: Notice, values: dict[str, Any], now: datetime) -> None:
    await connection.execute(update(notices).where(notices.c.id == known.id).values(**values, updated_at=now))


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, StrEnum)
        else value
        for name, value in values.items()
    }
