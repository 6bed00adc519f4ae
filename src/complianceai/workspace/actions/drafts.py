"""What somebody types, kept as they go: a text that is not yet a version, answers that are not yet a paper."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.text import in_one_spelling
from complianceai.storage.database import Database
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.content import LONGEST_TEXT
from complianceai.workspace.errors import NotOfText
from complianceai.workspace.policies import check_can_write_documents, check_may
from complianceai.workspace.queries.documents import find_document
from complianceai.workspace.states import Level
from complianceai.workspace.tables import document_drafts, interviews


async def keep_draft(
    database: Database, scope: Scope, document_id: UUID, base: int, text: str, now: datetime
) -> None:
    """Nothing; what the person typed over version `base` is theirs to go on with, and no version.

    Errors: DocumentMissing; NotYourDocument; NotOfText.
    """
    async with database.transaction() as connection:
        document = await find_document(connection, scope, document_id)
        check_may(document.level, Level.EDIT)
        if not document.is_text:
            raise NotOfText
        mine = (document_drafts.c.document_id == document_id) & (
            document_drafts.c.person_id == scope.person.id
        )
        values = {"base": base, "text": in_one_spelling(text)[:LONGEST_TEXT], "updated_at": now}
        keys = {"document_id": document_id, "person_id": scope.person.id}
        await _put(connection, document_drafts, mine, keys, values)


async def drop_draft(database: Database, scope: Scope, document_id: UUID) -> None:
    """Nothing; the person's draft of the document is gone.

    Errors: DocumentMissing.
    """
    async with database.transaction() as connection:
        await find_document(connection, scope, document_id)
        mine = (document_drafts.c.document_id == document_id) & (
            document_drafts.c.person_id == scope.person.id
        )
        await connection.execute(delete(document_drafts).where(mine))


async def keep_answers(  # noqa: PLR0913, PLR0917 - whose answers to what
    database: Database,
    scope: Scope,
    company_id: UUID,
    template_id: str,
    language: str,
    answers: Mapping[str, Any],
    now: datetime,
) -> None:
    """Nothing; the person's answers so far are kept as typed.

    Errors: CompanyMissing; NotYourRole.
    """
    async with database.transaction() as connection:
        check_can_write_documents((await find_company(connection, scope, company_id)).role)
        keys = {"company_id": company_id, "person_id": scope.person.id, "template_id": template_id}
        mine = _mine(keys)
        values = {"language": language, "answers": dict(answers), "updated_at": now}
        await _put(connection, interviews, mine, keys, values)


async def drop_answers(database: Database, scope: Scope, company_id: UUID, template_id: str) -> None:
    """Nothing; the interview begins anew.

    Errors: CompanyMissing.
    """
    async with database.transaction() as connection:
        await find_company(connection, scope, company_id)
        keys = {"company_id": company_id, "person_id": scope.person.id, "template_id": template_id}
        await connection.execute(delete(interviews).where(_mine(keys)))


def _mine(keys: Mapping[str, Any]) -> Any:
    return (
        (interviews.c.company_id == keys["company_id"])
        & (interviews.c.person_id == keys["person_id"])
        & (interviews.c.template_id == keys["template_id"])
    )


async def _put(
    connection: AsyncConnection, table: Any, mine: Any, keys: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    changed = await connection.execute(update(table).where(mine).values(**values))
    if changed.rowcount == 0:
        await connection.execute(insert(table).values(**keys, **values))
