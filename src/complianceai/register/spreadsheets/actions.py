"""Every write of imports: looked at, applied, undone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import IO, Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import DomainError
from complianceai.base.ids import new_id
from complianceai.register.spreadsheets.comparing import compare
from complianceai.register.spreadsheets.errors import ImportDone
from complianceai.register.spreadsheets.queries import Import, find_import, list_known, plain
from complianceai.register.spreadsheets.reading import read_sheet
from complianceai.register.spreadsheets.tables import task_imports
from complianceai.register.spreadsheets.tasks_sheet import ID
from complianceai.register.tasks.actions.holding import hold_company
from complianceai.register.tasks.actions.working import change_task
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.queries.one import Worked, find_worked
from complianceai.register.tasks.queries.people import list_colleagues
from complianceai.register.tasks.states import Deed
from complianceai.site.words import marked
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope

CHANGED_SINCE = marked("It was changed since by somebody, and stays as it is.")
_DAYS, _IDS = {"working_date", "filed_on"}, {"assignee_id", "reviewer_id"}


async def look_at(
    database: Database, scope: Scope, company_id: UUID, name: str, content: IO[bytes], now: datetime
) -> UUID:
    """The id of the import, of which nothing is applied yet.

    Errors: CompanyMissing; NotYourRole; those of `reading.read_sheet`.
    """
    async with database.reading() as connection:
        company = await find_company(connection, scope, company_id)
        check_may(company.role, Deed.WORK)
        known = await list_known(connection, scope, company_id)
        people = await list_colleagues(connection, scope, company_id)
    sheet = read_sheet(name, content, ID)
    compared = compare(sheet, known, people)
    row = {
        "id": new_id(), "company_id": company_id, "name": sheet.name, "person_id": scope.person.id,
        "person": scope.person.name, "created_at": now, "edits": compared.edits, "faults": compared.faults,
    }  # fmt: skip
    async with database.transaction() as connection:
        await connection.execute(insert(task_imports).values(**row))
    return row["id"]  # type: ignore[return-value]


async def apply_import(
    database: Database, scope: Scope, company_id: UUID, import_id: UUID, now: datetime
) -> None:
    """Nothing; the tasks are as the table says, but for those that were changed since or may not be changed so.

    Those stand among the faults, and are no part of what an undoing takes back.
    Errors: CompanyMissing; NotYourRole; ImportMissing; ImportDone.
    """
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.WORK)
        found = await find_import(connection, scope, company_id, import_id)
        if found.applied_at is not None:
            raise ImportDone
        done, refused = await _change(connection, scope, company_id, found, "before", "after", now)
        kept = {"edits": done, "faults": [*found.faults, *refused], "applied_at": now}
        await _keep(connection, import_id, kept)
        await _tell(connection, scope, company_id, "tasks.imported", found, len(done), now)


async def undo_import(
    database: Database, scope: Scope, company_id: UUID, import_id: UUID, now: datetime
) -> None:
    """Nothing; what the import changed is as it was, but for what was changed since, which stands among the faults.

    Errors: CompanyMissing; NotYourRole; ImportMissing; ImportDone.
    """
    async with database.transaction() as connection:
        await hold_company(connection, scope, company_id, Deed.WORK)
        found = await find_import(connection, scope, company_id, import_id)
        if found.applied_at is None or found.undone_at is not None:
            raise ImportDone
        done, refused = await _change(connection, scope, company_id, found, "after", "before", now)
        await _keep(connection, import_id, {"faults": [*found.faults, *refused], "undone_at": now})
        await _tell(connection, scope, company_id, "tasks.import_undone", found, len(done), now)


async def _change(  # noqa: PLR0913, PLR0917 - whose import, from what to what
    connection: AsyncConnection,
    scope: Scope,
    company_id: UUID,
    found: Import,
    start: str,
    end: str,
    now: datetime,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    done, refused = [], []
    for edit in found.edits:
        try:
            worked = await find_worked(connection, scope, company_id, UUID(edit["task"]))
            if _stands(worked, edit[start]) != edit[start]:
                refused.append(_refused(edit, CHANGED_SINCE, {}))
                continue
            await change_task(connection, scope, worked, _typed(edit[end]), now)
        except DomainError as error:
            refused.append(_refused(edit, error.sentence, error.fields))
        else:
            done.append(edit)
    return done, refused


def _stands(worked: Worked, names: Mapping[str, Any]) -> dict[str, Any]:
    task = worked.task
    return {name: plain(task.own_priority if name == "priority" else getattr(task, name)) for name in names}


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in values.items()}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    return date.fromisoformat(value) if name in _DAYS else UUID(value) if name in _IDS else value


def _refused(edit: Mapping[str, Any], sentence: str, fields: Mapping[str, object]) -> dict[str, Any]:
    told = {name: str(value) for name, value in fields.items()}
    return {"cell": str(edit["row"]), "sentence": sentence, "fields": told}


async def _keep(connection: AsyncConnection, import_id: UUID, values: Mapping[str, Any]) -> None:
    await connection.execute(update(task_imports).where(task_imports.c.id == import_id).values(**values))


async def _tell(  # noqa: PLR0913, PLR0917 - what was done with which import
    connection: AsyncConnection,
    scope: Scope,
    company_id: UUID,
    deed: str,
    found: Import,
    rows: int,
    now: datetime,
) -> None:
    told = {"import": str(found.id), "name": found.name, "rows": rows}
    await add_to_trail(connection, company_id, scope.actor, Change(deed, None, told), now)
