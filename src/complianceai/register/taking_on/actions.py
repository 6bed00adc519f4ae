"""Every write of taking clients on by spreadsheet: kept, applied, undone."""

import re
import tempfile
from datetime import datetime
from typing import IO, Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import DomainError
from complianceai.register.actions import keep_unsure
from complianceai.register.spreadsheets.companies_sheet import NAME
from complianceai.register.spreadsheets.reading import Sheet, read_sheet
from complianceai.register.taking_on.comparing import Changed, Looked, New, compare
from complianceai.register.taking_on.errors import ManyNew, SheetGone, UndoneAlready
from complianceai.register.taking_on.queries import (
    TAKEN,
    UNDONE,
    Taking,
    find_taking,
    list_known,
    profile_before,
)
from complianceai.register.taking_on.unsure import unsure_of
from complianceai.storage.audit import Change, add_to_trail, last_entry
from complianceai.storage.database import Database
from complianceai.storage.errors import FileGone
from complianceai.storage.files import Files
from complianceai.storage.pieces import of_file
from complianceai.tenancy.actions import Edit, change_company
from complianceai.tenancy.followers import tell_followers
from complianceai.tenancy.policies import Access
from complianceai.tenancy.practice.actions.engaging import add_client
from complianceai.tenancy.practice.actions.practices import enter
from complianceai.tenancy.practice.policies import PracticeDeed, check_can
from complianceai.tenancy.practice.queries.practices import find_practice
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import companies

MOST_BYTES = 5_000_000
MOST_NEW = 100
_HASH = re.compile("[0-9a-f]{64}")


class Named(NamedTuple):
    """A file that was sent: the practice's id, its hash, and how it is called."""

    practice_id: UUID
    sha256: str
    name: str


async def keep_sheet(
    database: Database, files: Files, scope: Scope, practice_id: UUID, name: str, content: IO[bytes]
) -> Named:
    """What the file is known by; it is a table with a heading that we know, and does nothing yet.

    Errors: PracticeMissing; NotYourPracticeRole; those of `reading.read_sheet` and of `storage.files`.
    """
    await _check(database, scope, practice_id)
    sheet = read_sheet(name, content, NAME)
    content.seek(0)
    kept = await files.keep(str(practice_id), of_file(content), limit_bytes=MOST_BYTES)
    return Named(practice_id, kept.hash, sheet.name)


async def look_at(database: Database, files: Files, scope: Scope, named: Named, language: str) -> Looked:
    """What the file would do now.

    Errors: PracticeMissing; NotYourPracticeRole; SheetGone; ManyNew.
    """
    await _check(database, scope, named.practice_id)
    sheet = await _sheet(files, named)
    async with database.reading() as connection:
        known = await list_known(connection, scope, named.practice_id)
    return _few(compare(sheet, known, language))


async def take_on(database: Database, files: Files, scope: Scope, named: Named, now: datetime) -> Taking:
    """What was done: all rows without a fault, in one piece.

    Errors: PracticeMissing; NotYourPracticeRole; SheetGone; ManyNew; NotYourRole for a client one may not change.
    """
    await _check(database, scope, named.practice_id)
    sheet = await _sheet(files, named)
    async with database.transaction() as connection:
        await enter(connection, scope, named.practice_id, PracticeDeed.ADD_CLIENTS)
        looked = _few(compare(sheet, await list_known(connection, scope, named.practice_id), "en"))
        created = [await _add(connection, scope, named.practice_id, each, now) for each in looked.new]
        edited = [await _change(connection, scope, each, now) for each in looked.changed]
        told = {"file": named.sha256, "name": named.name, "created": created, "edited": edited}
        row = await add_to_trail(connection, named.practice_id, scope.actor, Change(TAKEN, None, told), now)
        return await find_taking(connection, scope, named.practice_id, row.number)


async def undo(database: Database, scope: Scope, practice_id: UUID, number: int, now: datetime) -> list[UUID]:
    """The companies that stay as they are, since somebody has touched them after; all others are as before.

    Errors: PracticeMissing; NotYourPracticeRole; SheetGone; UndoneAlready; NotYourRole.
    """
    async with database.transaction() as connection:
        await enter(connection, scope, practice_id, PracticeDeed.ADD_CLIENTS)
        taking = await find_taking(connection, scope, practice_id, number)
        if taking.is_undone:
            raise UndoneAlready
        stay = [
            each for each in taking.created if not await _delete(connection, scope, practice_id, each, now)
        ]
        stay += [each for each in taking.edited if not await _revert(connection, scope, each, now)]
        kept = [each["client"] for each in stay]
        told = {"number": number, "name": taking.name, "kept": kept}
        await add_to_trail(connection, practice_id, scope.actor, Change(UNDONE, None, told), now)
    return [UUID(each) for each in kept]


async def _check(database: Database, scope: Scope, practice_id: UUID) -> None:
    async with database.reading() as connection:
        practice = await find_practice(connection, scope, practice_id)
    check_can(practice.role, PracticeDeed.ADD_CLIENTS)


def _few(looked: Looked) -> Looked:
    if len(looked.new) > MOST_NEW:
        raise ManyNew(most=MOST_NEW)
    return looked


async def _sheet(files: Files, named: Named) -> Sheet:
    if not _HASH.fullmatch(named.sha256):
        raise SheetGone
    with tempfile.SpooledTemporaryFile(max_size=MOST_BYTES) as whole:
        try:
            async for piece in files.read(str(named.practice_id), named.sha256):
                whole.write(piece)
        except FileGone:
            raise SheetGone from None
        whole.seek(0)
        return read_sheet(named.name, whole, NAME)


async def _add(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, new: New, now: datetime
) -> dict[str, Any]:
    made = await add_client(connection, scope, practice_id, new.profile, Access.EVERYONE, now)
    await keep_unsure(connection, scope, made.id, unsure_of(new.profile), now)
    await tell_followers(connection, made.id, scope.actor, now)
    return {"client": str(made.id), "number": await _last(connection, made.id)}


async def _change(
    connection: AsyncConnection, scope: Scope, changed: Changed, now: datetime
) -> dict[str, Any]:
    identity = changed.client.id
    await change_company(connection, scope, identity, Edit(new_profile=changed.profile), now)
    edit = await _last(connection, identity)
    await tell_followers(connection, identity, scope.actor, now)
    after = await find_company(connection, scope, identity)
    return {"client": str(identity), "number": edit, "version": after.version}


async def _delete(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, made: dict[str, Any], now: datetime
) -> bool:
    """Whether the company is gone: it is kept as soon as its trail tells of anything after."""
    identity = UUID(made["client"])
    if await _last(connection, identity) != made["number"]:
        return False
    told = {"client": str(identity)}
    await add_to_trail(connection, identity, scope.actor, Change("company.deleted", told, None), now)
    await add_to_trail(connection, practice_id, scope.actor, Change("client.ended", told, None), now)
    await connection.execute(
        delete(companies).where(companies.c.id == identity, scope.reaches(companies.c.id))
    )
    return True


async def _revert(connection: AsyncConnection, scope: Scope, edited: dict[str, Any], now: datetime) -> bool:
    """Whether the company's facts are as they were: they are left where somebody changed them after."""
    identity = UUID(edited["client"])
    before = await profile_before(connection, identity, edited["number"])
    try:
        wanted = Edit(new_profile=before, version=edited["version"])
        await change_company(connection, scope, identity, wanted, now)
    except DomainError:
        return False
    await tell_followers(connection, identity, scope.actor, now)
    return True


async def _last(connection: AsyncConnection, trail_id: UUID) -> int:
    found = await last_entry(connection, trail_id)
    return found.number if found else 0
