"""Versions added: saved, restored, uploaded. Nothing is ever written over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.limits import check_storage, take_storage
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.content import (
    Content,
    Upload,
    content_of_text,
    keep_upload,
    size_of,
)
from complianceai.workspace.actions.drafts import keep_draft
from complianceai.workspace.actions.holding import add_maker, hold_document, tell, write_document
from complianceai.workspace.errors import ChangedMeanwhile, NoChange, NotAFile, NotOfText
from complianceai.workspace.policies import check_can_be_written, check_may
from complianceai.workspace.queries.documents import Document, find_document
from complianceai.workspace.queries.versions import find_version
from complianceai.workspace.states import Level
from complianceai.workspace.tables import document_drafts, document_versions

RESTORED = "Restored from version {number}"


@dataclass(frozen=True, slots=True)
class Edit:
    """A text as somebody wrote it over version `base`, and what they say of it."""

    base: int
    text: str
    note: str = ""
    answers: Mapping[str, Any] | None = None
    template_version: int | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a file was filled in from, over version `base`."""

    base: int
    answers: Mapping[str, Any]
    template_version: int | None


async def save_text(database: Database, scope: Scope, document_id: UUID, edit: Edit, now: datetime) -> int:
    """The number of the new version. What cannot be saved stays the person's draft: no word of it is lost.

    Errors: DocumentMissing; NotYourDocument; NotOfText; Settled; InvalidInput; NoChange; ChangedMeanwhile, with both
    texts, where somebody saved a version since `base`.
    """
    seen = await _text_to_edit(database, scope, document_id)
    read = await content_of_text(edit.text, numbered=seen.numbered, answers=edit.answers)
    content = replace(read, template_version=edit.template_version)
    try:
        async with database.transaction() as connection:
            document = await hold_document(connection, scope, document_id, Level.EDIT)
            check_can_be_written(document.state)
            await _check_nobody_was_faster(connection, document, edit, content)
            return await add_version(connection, scope, document, content, edit.note, "edited", now)
    except ChangedMeanwhile:
        await keep_draft(database, scope, document_id, edit.base, edit.text, now)
        raise


async def save_file(  # noqa: PLR0913, PLR0917 - what is kept, of which document, where
    database: Database,
    files: Files,
    scope: Scope,
    document_id: UUID,
    upload: Upload,
    note: str,
    now: datetime,
    drafted: Drafted | None = None,
) -> int:
    """The number of the new version, which is the file; `drafted` where a template was filled in, over which version.

    Errors: DocumentMissing; NotYourDocument; NotAFile; Settled; NoChange; ChangedMeanwhile; OverPlan; those of
    `storage.contents` and `storage.files`.
    """
    async with database.reading() as connection:
        seen = await find_document(connection, scope, document_id)
        check_may(seen.level, Level.EDIT)
        if seen.is_text:
            raise NotAFile
        check_can_be_written(seen.state)
        await check_storage(connection, seen.company_id, size_of(upload.content), now)
    content = await keep_upload(files, seen.company_id, upload)
    if drafted is not None:
        content = replace(content, answers=drafted.answers, template_version=drafted.template_version)
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.EDIT)
        check_can_be_written(document.state)
        current = await find_version(connection, document_id, document.version)
        if current.sha256 == content.sha256:
            raise NoChange(number=current.number)
        if drafted is not None and drafted.base != document.version:
            raise ChangedMeanwhile(
                author=current.author, base_version=drafted.base, current_version=current.number,
                current_text="", your_text="",
            )  # fmt: skip
        return await add_version(connection, scope, document, content, note, "edited", now)


async def restore(
    database: Database, scope: Scope, document_id: UUID, number: int, base: int | None, now: datetime
) -> int:
    """The number of a new version, which says what that one said; the versions between stay.

    Errors: DocumentMissing; NotYourDocument; VersionMissing; Settled; NoChange; ChangedMeanwhile where the current
    version is another than the `base` that was looked at.
    """
    async with database.transaction() as connection:
        document = await hold_document(connection, scope, document_id, Level.EDIT)
        check_can_be_written(document.state)
        old = await find_version(connection, document_id, number)
        current = await find_version(connection, document_id, document.version)
        if current.sha256 == old.sha256:
            raise NoChange(number=current.number)
        if base not in {None, document.version}:
            raise ChangedMeanwhile(
                author=current.author, base_version=base, current_version=current.number,
                current_text=current.text or "", your_text=old.text or "",
            )  # fmt: skip
        content = Content(
            old.sha256, old.text, old.answers, old.name, old.media_type, old.size, old.said, old.template_version
        )  # fmt: skip
        said = RESTORED.format(number=number)
        return await add_version(connection, scope, document, content, said, "restored", now, number)


async def add_version(  # noqa: PLR0913, PLR0917 - what is saved, by whom, as what
    connection: AsyncConnection,
    scope: Scope,
    document: Document,
    content: Content,
    note: str,
    deed: str,
    now: datetime,
    restored_from: int | None = None,
) -> int:
    """The number of the new version, in the transaction of whatever brings it; its author can never approve it.

    The author's own draft is done with.
    """
    number, who = document.version + 1, scope.person
    row = {
        "document_id": document.id, "number": number, "author_id": who.id, "author": who.name, "at": now,
        "note": note, "restored_from": restored_from, **asdict(content),
    }  # fmt: skip
    # A version that is restored is the same file once more.
    if content.size is not None and restored_from is None:
        await take_storage(connection, document.company_id, content.size, now)
    await add_maker(connection, document.id, who.id, now)
    await connection.execute(insert(document_versions).values(**row))
    await write_document(connection, document.id, {"version": number}, now)
    mine = (document_drafts.c.document_id == document.id) & (document_drafts.c.person_id == who.id)
    await connection.execute(delete(document_drafts).where(mine))
    told: dict[str, Any] = {"version": number, "sha256": content.sha256, "note": note}
    if restored_from is not None:
        told["restored_from"] = restored_from
    await tell(connection, scope.actor, document, deed, told, now)
    return number


async def _text_to_edit(database: Database, scope: Scope, document_id: UUID) -> Document:
    async with database.reading() as connection:
        seen = await find_document(connection, scope, document_id)
    check_may(seen.level, Level.EDIT)
    if not seen.is_text:
        raise NotOfText
    return seen


async def _check_nobody_was_faster(
    connection: AsyncConnection, document: Document, edit: Edit, content: Content
) -> None:
    current = await find_version(connection, document.id, document.version)
    if current.sha256 == content.sha256:
        raise NoChange(number=current.number)
    if edit.base != document.version:
        raise ChangedMeanwhile(
            author=current.author, base_version=edit.base, current_version=current.number,
            current_text=current.text or "", your_text=edit.text,
        )  # fmt: skip
