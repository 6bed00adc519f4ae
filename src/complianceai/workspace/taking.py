"""A version or a comparison for whoever is signed in, noted as taken along."""

from datetime import datetime
from uuid import UUID

from starlette.responses import Response

from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.looking import note_taken
from complianceai.workspace.errors import NotOfText
from complianceai.workspace.handing_out import letterhead_of, paper_reply, version_as
from complianceai.workspace.queries.documents import Document, find_document
from complianceai.workspace.queries.particulars import facts_for_papers
from complianceai.workspace.queries.versions import Version, find_version
from complianceai.workspace.redlining import redline_as
from complianceai.workspace.rendering import Format


async def take_version(  # noqa: PLR0913, PLR0917 - which version of what, for whom, as what
    database: Database,
    files: Files,
    scope: Scope,
    document_id: UUID,
    number: int | None,
    kind: Format,
    now: datetime,
    *,
    is_archived: bool = False,
) -> Response:
    """The version, or without a number the current one, for keeping.

    Errors: DocumentMissing; VersionMissing; TookTooLong; those of `storage.files`.
    """
    async with database.reading() as connection:
        document = await find_document(connection, scope, document_id)
        version = await find_version(connection, document_id, number or document.version)
        company = await find_company(connection, scope, document.company_id)
        facts = await facts_for_papers(connection, company)
    reply = await version_as(
        files, document, version, kind, letterhead=letterhead_of(facts), is_archived=is_archived
    )
    told = {"version": version.number, "format": kind if document.is_text else "file"}
    await note_taken(database, scope, document, told, now)
    return reply


async def two_versions(
    database: Database, scope: Scope, document_id: UUID, numbers: tuple[int, int]
) -> tuple[Document, Version, Version]:
    """The document with both versions.

    Errors: DocumentMissing; VersionMissing; NotOfText.
    """
    async with database.reading() as connection:
        document = await find_document(connection, scope, document_id)
        old = await find_version(connection, document_id, numbers[0])
        new = await find_version(connection, document_id, numbers[1])
    if old.text is None or new.text is None:
        raise NotOfText
    return document, old, new


async def take_comparison(
    database: Database,
    scope: Scope,
    document_id: UUID,
    numbers: tuple[int, int],
    kind: Format,
    now: datetime,
) -> Response:
    """What changed from the one to the other, for keeping.

    Errors: as `two_versions`; TookTooLong.
    """
    document, old, new = await two_versions(database, scope, document_id, numbers)
    content = await redline_as(kind, document, old, new)
    told = {"from": old.number, "to": new.number, "format": kind}
    await note_taken(database, scope, document, told, now)
    return paper_reply(content, kind, f"{document.title} v{old.number}-v{new.number}")
