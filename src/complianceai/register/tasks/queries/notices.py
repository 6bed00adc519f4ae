"""Notices and what became of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.errors import NoticeMissing
from complianceai.register.tasks.notice_states import Happening, NoticeState
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import notice_events, notices, tasks
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.queries import Company, find_company
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice from an authority."""

    id: UUID
    authority: str
    section: str
    reference: str
    subject: str
    dated: date
    received_on: date
    reply_due: date | None
    hearing_on: date | None
    state: NoticeState
    notes: str
    created_at: datetime

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "state", NoticeState(self.state))


@dataclass(frozen=True, slots=True)
class NoticeEvent:
    """One thing that became of a notice."""

    id: UUID
    kind: Happening
    on: date
    moved_from: date | None
    moved_to: date | None
    text: str
    person: str | None
    at: datetime

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "kind", Happening(self.kind))


async def list_notices(
    connection: AsyncConnection, scope: Scope, company_id: UUID, *, limit: int, offset: int
) -> tuple[Company, list[Notice], int]:
    """The company, a page of its notices, the latest received first, and how many there are in all.

    Errors: CompanyMissing; NotYourRole.
    """
    company = await find_company(connection, scope, company_id)
    check_may(company.role, Deed.SEE_INSIDE)
    theirs = _theirs(scope, company_id)
    wanted = _wanted().where(theirs).order_by(notices.c.received_on.desc(), notices.c.id)
    count = select(func.count()).select_from(notices).where(theirs)
    total = (await connection.execute(count)).scalar_one()
    return company, await fetch_all(connection, wanted.limit(limit).offset(offset), Notice), total


async def find_notice(connection: AsyncConnection, scope: Scope, company_id: UUID, notice_id: UUID) -> Notice:
    """One notice of a company that the caller has found already.

    Errors: NoticeMissing.
    """
    found = await fetch_one(
        connection, _wanted().where(notices.c.id == notice_id, _theirs(scope, company_id)), Notice
    )
    if found is None:
        raise NoticeMissing
    return found


async def list_events(connection: AsyncConnection, notice_id: UUID) -> list[NoticeEvent]:
    """What became of a notice, the latest first."""
    columns = [notice_events.c[name] for name in NoticeEvent.__slots__]
    wanted = select(*columns).where(notice_events.c.notice_id == notice_id)
    return await fetch_all(
        connection, wanted.order_by(notice_events.c.at.desc(), notice_events.c.id), NoticeEvent
    )


async def tasks_of_notice(connection: AsyncConnection, notice_id: UUID) -> dict[str, UUID]:
    """The ids of the tasks that a notice's dates are: of `reply` and of `hearing`."""
    wanted = select(tasks.c.part, tasks.c.id).where(tasks.c.notice_id == notice_id, tasks.c.lapse.is_(None))
    return {row.part: row.id for row in await connection.execute(wanted)}


def _wanted() -> Any:
    return select(*(notices.c[name] for name in Notice.__slots__))


def _theirs(scope: Scope, company_id: UUID) -> Any:
    return (notices.c.company_id == company_id) & scope.reaches(notices.c.company_id)
