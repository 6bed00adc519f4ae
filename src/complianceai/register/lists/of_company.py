"""The lists of one company, each read whole; its tasks, which may be filtered, are read by `of_tasks`."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.register.evidence.queries import list_of_company
from complianceai.register.lists.model import Listing, worded
from complianceai.register.requests.queries import Asked, list_asked, list_sent
from complianceai.register.spreadsheets.writing import Said, Value
from complianceai.register.tasks.notice_states import NOTICE_WORDS
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.queries.duties import list_duties
from complianceai.register.tasks.queries.notices import list_notices
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import tasks
from complianceai.register.tasks.words import REPEAT_OPTIONS
from complianceai.site.numbers import moment
from complianceai.site.words import marked
from complianceai.storage.audit import Entry
from complianceai.tenancy.membership.queries import list_members
from complianceai.tenancy.policies import ROLE_WORDS
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.trail.pages import DEED_WORDS
from complianceai.tenancy.trail.queries import list_trail

MOST = 20_000
TRAIL_HEADING = (
    marked("Number"), marked("When"), marked("Who"), marked("What"), marked("From where"), marked("SHA-256"),
)  # fmt: skip
_OPEN, _REVOKED, _OVER = marked("open"), marked("revoked"), marked("over")


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for a list of which company, when, and in which language."""

    scope: Scope
    company: Company
    language: str
    now: datetime

    @property
    def base(self) -> str:
        """Where the company's pages begin."""
        return f"/app/companies/{self.company.id}"

    def listing(self, name: str, title: str, heading: tuple[str, ...], rows: list[list[Value]]) -> Listing:
        """The list as the company's own."""
        return Listing(name, title, self.company.name, heading, rows)


Gatherer: TypeAlias = Callable[[AsyncConnection, Asking], Awaitable[Listing]]


async def notices_of(connection: AsyncConnection, asking: Asking) -> Listing:
    """Every notice, the latest received first.

    Errors: NotYourRole.
    """
    _, found, _ = await list_notices(connection, asking.scope, asking.company.id, limit=MOST, offset=0)
    heading = (
        marked("Subject"), marked("Authority"), marked("Section"), marked("Reference"), marked("Dated"),
        marked("Received on"), marked("Reply due"), marked("Hearing on"), marked("Status"), marked("Notes"),
    )  # fmt: skip
    rows: list[list[Value]] = [
        [
            Said(each.subject, href=f"{asking.base}/notices/{each.id}"), each.authority, each.section, each.reference,
            each.dated, each.received_on, each.reply_due, each.hearing_on,
            worded(each.state.value, NOTICE_WORDS[each.state], asking.language), each.notes,
        ]
        for each in found
    ]  # fmt: skip
    return asking.listing("notices", marked("Notices"), heading, rows)


async def duties_of(connection: AsyncConnection, asking: Asking) -> Listing:
    """The duties that the company set itself, in the order in which they first fall due.

    Errors: NotYourRole.
    """
    found = await list_duties(connection, asking.scope, asking.company.id)
    words = dict(REPEAT_OPTIONS)
    heading = (
        marked("Duty"), marked("Due first on"), marked("How often"), marked("Until"), marked("Owed to"),
        marked("Notes"),
    )  # fmt: skip
    rows: list[list[Value]] = [
        [
            Said(each.title, href=f"{asking.base}/duties/{each.id}"), each.first_on,
            worded(each.repeats, words[each.repeats], asking.language), each.ends_on, each.authority, each.notes,
        ]
        for each in found
    ]  # fmt: skip
    return asking.listing("duties", marked("Duties of our own"), heading, rows)


async def evidence_of(connection: AsyncConnection, asking: Asking) -> Listing:
    """Every file that proves a filing, the latest first.

    Errors: NotYourRole.
    """
    found = await list_of_company(connection, asking.scope, asking.company.id, limit=MOST)
    named = await _names(connection, asking, {each.task_id for each in found})
    heading = (
        marked("Task"), marked("File"), marked("The day it is about"), marked("Good until"), marked("Added on"),
        marked("Added by"), marked("Bytes"), marked("SHA-256"),
    )  # fmt: skip
    rows: list[list[Value]] = [
        [
            _task(asking, named, each.task_id), each.name, each.about_on, each.expires_on,
            date_in_india(each.added_at), each.added_by_name, each.size, each.sha256,
        ]
        for each in found
    ]  # fmt: skip
    return asking.listing("evidence", marked("Evidence"), heading, rows)


async def requests_of(connection: AsyncConnection, asking: Asking) -> Listing:
    """What clients were asked for, document by document, the latest request first.

    Errors: NotYourRole.
    """
    check_may(asking.company.role, Deed.SEE_INSIDE)
    asked = await list_asked(connection, asking.scope, asking.company.id, limit=MOST)
    sent = await list_sent(connection, asked)
    named = await _names(connection, asking, {each.task_id for each in asked})
    heading = (
        marked("Document"), marked("Task"), marked("Asked on"), marked("Asked by"), marked("Open until"),
        marked("Link"), marked("Files sent"), marked("Last sent on"),
    )  # fmt: skip
    rows: list[list[Value]] = []
    for each in asked:
        state = _state(each, asking.now)
        for item in each.items:
            files = [file for file in sent[each.id] if file.item == item]
            rows.append(
                [
                    item, _task(asking, named, each.task_id), date_in_india(each.created_at), each.asked_by,
                    date_in_india(each.expires_at), worded(state, state, asking.language), len(files),
                    date_in_india(files[-1].sent_at) if files else None,
                ]
            )  # fmt: skip
    return asking.listing("requests", marked("Documents asked for"), heading, rows)


def _state(asked: Asked, now: datetime) -> str:
    if asked.revoked_at is not None:
        return _REVOKED
    return _OPEN if asked.is_open(now) else _OVER


async def people_of(connection: AsyncConnection, asking: Asking) -> Listing:
    """Everybody who belongs to the company, by name.

    Errors: NotYourRole.
    """
    found = await list_members(connection, asking.scope, asking.company.id)
    heading = (marked("Name"), marked("E-mail"), marked("Role"), marked("Since"), marked("Until"))
    rows: list[list[Value]] = [
        [
            each.name, each.email, worded(each.role.value, ROLE_WORDS[each.role], asking.language),
            date_in_india(each.created_at), each.until,
        ]
        for each in found
    ]  # fmt: skip
    return asking.listing("people", marked("People"), heading, rows)


async def trail_of(connection: AsyncConnection, asking: Asking) -> Listing:
    """Who changed what and when, the latest first; what proves it is the export for the verifier.

    Errors: NotYourRole.
    """
    found, _ = await list_trail(connection, asking.scope, asking.company.id, limit=MOST, offset=0)
    return asking.listing("trail", marked("Trail"), TRAIL_HEADING, trail_rows(found, asking.language))


def trail_rows(found: Sequence[Entry], language: str) -> list[list[Value]]:
    """Rows of a trail under `TRAIL_HEADING`."""
    return [
        [
            each.number, Said(each.at.isoformat(), moment(each.at, language)), each.person,
            worded(each.deed, DEED_WORDS.get(each.deed, each.deed), language), each.address, each.hash,
        ]
        for each in found
    ]  # fmt: skip


async def _names(connection: AsyncConnection, asking: Asking, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """What tasks of the company are called."""
    theirs = (tasks.c.company_id == asking.company.id) & asking.scope.reaches(tasks.c.company_id)
    wanted = select(tasks.c.id, tasks.c.form, tasks.c.title, tasks.c.registration, tasks.c.period_label)
    rows = await connection.execute(wanted.where(theirs, tasks.c.id.in_(ids)))
    return {
        row.id: " ".join(filter(None, (row.form or row.title, row.registration, row.period_label)))
        for row in rows
    }


def _task(asking: Asking, named: Mapping[UUID, str], task_id: UUID) -> Said:
    return Said(named.get(task_id, ""), href=f"{asking.base}/tasks/{task_id}")


GATHERERS: Mapping[str, Gatherer] = {
    "notices": notices_of,
    "duties": duties_of,
    "evidence": evidence_of,
    "requests": requests_of,
    "people": people_of,
    "trail": trail_of,
}
