"""Documents begun: drafted from a template, written, or uploaded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.billing.limits import check_storage, take_document
from complianceai.storage.audit import hold_trail
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.tenancy.queries import Company, find_company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.content import (
    Content,
    Upload,
    content_of_text,
    keep_upload,
    size_of,
)
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
    # Of a company's own template.
    template_version: int | None = None


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

    Errors: CompanyMissing; NotYourRole; InvalidInput where the text is no paper; OverPlan.
    """
    content = await content_of_text(text, numbered=begun.numbered, answers=answers)
    async with database.transaction() as connection:
        made = await add_document(connection, scope, company_id, begun, content, now)
        await _end_interview(connection, scope, company_id, begun)
    return made


async def begin_file(  # noqa: PLR0913, PLR0917 - what is kept, for whom, where
    database: Database,
    files: Files,
    scope: Scope,
    company_id: UUID,
    begun: Begun,
    upload: Upload,
    now: datetime,
    answers: Mapping[str, Any] | None = None,
) -> UUID:
    """The id of a new document, whose first version is the file; it is safe before it is known.

    Errors: CompanyMissing; NotYourRole; OverPlan; those of `storage.contents` and `storage.files`.
    """
    async with database.reading() as connection:
        check_can_write_documents((await find_company(connection, scope, company_id)).role)
        await check_storage(connection, company_id, size_of(upload.content), now)
    content = replace(await keep_upload(files, company_id, upload), answers=answers)
    async with database.transaction() as connection:
        made = await add_document(connection, scope, company_id, begun, content, now)
        await _end_interview(connection, scope, company_id, begun)
    return made


async def add_document(
    connection: AsyncConnection,
    scope: Scope,
    company_id: UUID,
    begun: Begun,
    content: Content,
    now: datetime,
) -> UUID:
    """The id of a new document, in the transaction of whatever begins it.

    Errors: CompanyMissing; NotYourRole; OverPlan.
    """
    company = await _held(connection, scope, company_id)
    kind = Kind.FILE if content.text is None else Kind.TEXT
    filled = replace(content, template_version=begun.template_version)
    return await _insert(connection, scope, company, begun, kind, filled, now)


async def _end_interview(connection: AsyncConnection, scope: Scope, company_id: UUID, begun: Begun) -> None:
    if begun.template_id is not None:
        mine = (interviews.c.company_id == company_id) & (interviews.c.person_id == scope.person.id)
        await connection.execute(
            delete(interviews).where(mine, interviews.c.template_id == begun.template_id)
        )


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
    await take_document(connection, company.id, now)
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
