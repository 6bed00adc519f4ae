"""Documents begun: drafted from a template, written, or uploaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.audit import hold_trail
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.tenancy.queries import Company, find_company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.content import Content, Upload, content_of_text, keep_upload
from complianceai.workspace.actions.renewing import set_duty
from complianceai.workspace.actions.versions import add_version
from complianceai.workspace.policies import check_can_write_documents
from complianceai.workspace.queries.documents import find_document
from complianceai.workspace.states import Kind, State
from complianceai.workspace.tables import documents, interviews


@dataclass(frozen=True, slots=True)
class Begun:
    """What a new document is, before it has a version."""

    title: str
    language: str = "en"
    template_id: str | None = None
    numbered: bool = False
    is_private: bool = False
    expires_on: date | None = None


async def begin_text(  # noqa: PLR0913, PLR0917 - what is written, for whom, from which answers
    database: Database,
    scope: Scope,
    company_id: UUID,
    begun: Begun,
    text: str,
    now: datetime,
    answers: Mapping[str, Any] | None = None,
) -> UUID:
    """The id of a new document, whose first version is the text.

    Errors: CompanyMissing; NotYourRole; InvalidInput where the text is no paper.
    """
    content = await content_of_text(text, numbered=begun.numbered, answers=answers)
    async with database.transaction() as connection:
        company = await _held(connection, scope, company_id)
        made = await _insert(connection, scope, company, begun, Kind.TEXT, content, now)
        if begun.template_id is not None:
            done = (interviews.c.company_id == company_id) & (interviews.c.person_id == scope.person.id)
            await connection.execute(
                delete(interviews).where(done, interviews.c.template_id == begun.template_id)
            )
    return made


async def begin_file(  # noqa: PLR0913, PLR0917 - what is kept, for whom, where
    database: Database,
    files: Files,
    scope: Scope,
    company_id: UUID,
    begun: Begun,
    upload: Upload,
    now: datetime,
) -> UUID:
    """The id of a new document, whose first version is the file; it is safe before it is known.

    Errors: CompanyMissing; NotYourRole; those of `storage.contents` and `storage.files`.
    """
    async with database.reading() as connection:
        check_can_write_documents((await find_company(connection, scope, company_id)).role)
    content = await keep_upload(files, company_id, upload)
    async with database.transaction() as connection:
        company = await _held(connection, scope, company_id)
        return await _insert(connection, scope, company, begun, Kind.FILE, content, now)


async def _held(connection: AsyncConnection, scope: Scope, company_id: UUID) -> Company:
    await hold_trail(connection, company_id)
    company = await find_company(connection, scope, company_id)
    check_can_write_documents(company.role)
    return company


async def _insert(  # noqa: PLR0913, PLR0917 - all that a document begins with
    connection: AsyncConnection,
    scope: Scope,
    company: Company,
    begun: Begun,
    kind: Kind,
    content: Content,
    now: datetime,
) -> UUID:
    identity, who = new_id(), scope.person
    row = {
        "id": identity, "company_id": company.id, "title": begun.title, "kind": kind.value,
        "template_id": begun.template_id, "language": begun.language, "numbered": begun.numbered,
        "state": State.DRAFT.value, "is_private": begun.is_private, "expires_on": begun.expires_on,
        "version": 0, "revision": 1, "created_by": who.id, "author": who.name, "created_at": now,
        "updated_at": now,
    }  # fmt: skip
    await connection.execute(insert(documents).values(**row))
    document = await find_document(connection, scope, identity)
    await add_version(connection, scope, document, content, "", "made", now)
    await set_duty(connection, scope, document, begun.expires_on, now)
    return identity
