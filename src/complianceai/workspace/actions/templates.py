"""A company's own templates: made, changed by new versions, retired. Nothing is ever written over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import date_in_india
from complianceai.base.ids import new_id
from complianceai.base.text import in_one_spelling
from complianceai.storage.audit import Change, add_to_trail, hold_trail
from complianceai.storage.contents import check_content
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.content import Upload, keep_upload
from complianceai.workspace.actions.vetting import MOST_WORD_BYTES, Sketch, insist, vet
from complianceai.workspace.errors import NoChange, NothingLeft, TemplateChanged
from complianceai.workspace.policies import check_can_make_templates
from complianceai.workspace.queries.templates import (
    MOST_LISTED,
    OWN,
    OwnTemplate,
    OwnVersion,
    find_own,
    find_own_version,
    list_own,
)
from complianceai.workspace.tables import own_template_versions, own_templates


@dataclass(frozen=True, slots=True)
class Wanted:
    """A template as somebody wants it: its text, or a Word file, and what is asked for each field."""

    title: str
    kind: str
    language: str
    text: str = ""
    questions: Mapping[str, Mapping[str, Any]] | None = None
    note: str = ""
    word: Upload | None = None


@dataclass(frozen=True, slots=True)
class _Content:
    """What a version holds besides its author and time."""

    language: str
    sha256: str
    questions: list[dict[str, Any]]
    text: str | None
    name: str | None
    size: int | None


async def make_own(
    database: Database, files: Files, scope: Scope, company_id: UUID, wanted: Wanted, now: datetime
) -> str:
    """What the new template is called among the company's.

    Errors: CompanyMissing; NotYourRole; NothingLeft; InvalidInput, by line and by question; RefusedFile; those of
    `storage.contents` and `storage.files`.
    """
    async with database.reading() as connection:
        check_can_make_templates((await find_company(connection, scope, company_id)).role)
    content = await _content(files, company_id, wanted, None, now)
    identity, who = new_id(), scope.person
    async with database.transaction() as connection:
        await hold_trail(connection, company_id)
        check_can_make_templates((await find_company(connection, scope, company_id)).role)
        if len(await list_own(connection, scope, company_id, with_retired=True)) >= MOST_LISTED:
            raise NothingLeft(most=MOST_LISTED)
        row = {
            "id": identity, "company_id": company_id, "title": wanted.title, "kind": wanted.kind,
            "is_word": content.text is None, "version": 1, "author": who.name, "created_at": now, "updated_at": now,
        }  # fmt: skip
        await connection.execute(insert(own_templates).values(**row))
        await _add_version(connection, scope, identity, 1, content, wanted.note, now)
        await _tell(connection, scope, company_id, identity, wanted.title, 1, "template.made", now)
    return f"{OWN}{identity}"


async def change_own(  # noqa: PLR0913, PLR0917 - which template, over which version, by whom
    database: Database, files: Files, scope: Scope, template_id: str, base: int, wanted: Wanted, now: datetime
) -> int:
    """The number of the new version; papers made before name the one that they were made from.

    Errors: UnknownTemplate; NotYourRole; TemplateChanged; NoChange; as `make_own`.
    """
    async with database.reading() as connection:
        seen = await find_own(connection, scope, template_id)
        check_can_make_templates(seen.role)
        current = await find_own_version(connection, seen.id, seen.version)
    content = await _content(files, seen.company_id, wanted, current if seen.is_word else None, now)
    async with database.transaction() as connection:
        await hold_trail(connection, seen.company_id)
        own = await find_own(connection, scope, template_id)
        check_can_make_templates(own.role)
        current = await find_own_version(connection, own.id, own.version)
        if base != own.version:
            raise TemplateChanged(author=current.author, number=own.version)
        if _is_same(own, current, wanted, content):
            raise NoChange(number=own.version)
        number = own.version + 1
        await _add_version(connection, scope, own.id, number, content, wanted.note, now)
        values = {"title": wanted.title, "kind": wanted.kind, "version": number, "updated_at": now}
        await connection.execute(update(own_templates).where(own_templates.c.id == own.id).values(**values))
        await _tell(connection, scope, own.company_id, own.id, wanted.title, number, "template.changed", now)
    return number


async def retire_own(
    database: Database, scope: Scope, template_id: str, now: datetime, *, retired: bool
) -> None:
    """Nothing; from a retired template nothing new is made, and documents made from it can still be drafted anew.

    Errors: UnknownTemplate; NotYourRole.
    """
    async with database.transaction() as connection:
        seen = await find_own(connection, scope, template_id)
        await hold_trail(connection, seen.company_id)
        own = await find_own(connection, scope, template_id)
        check_can_make_templates(own.role)
        if (own.retired_at is not None) == retired:
            return
        values = {"retired_at": now if retired else None, "updated_at": now}
        await connection.execute(update(own_templates).where(own_templates.c.id == own.id).values(**values))
        deed = "template.retired" if retired else "template.taken_up"
        await _tell(connection, scope, own.company_id, own.id, own.title, own.version, deed, now)


async def _content(
    files: Files, company_id: UUID, wanted: Wanted, before: OwnVersion | None, now: datetime
) -> _Content:
    """What the version holds, once it was found sound; a Word file is safe before it is known.

    Errors: InvalidInput; RefusedFile; those of `storage.contents` and `storage.files`.
    """
    text = in_one_spelling(wanted.text.replace("\r\n", "\n").replace("\r", "\n"))
    word = b""
    if wanted.word is not None:
        check_content(wanted.word.name, wanted.word.content)
        word = wanted.word.content.read(MOST_WORD_BYTES + 1)
    elif before is not None:
        word = b"".join([piece async for piece in files.read(str(company_id), before.sha256)])
    sketch = Sketch(wanted.title, wanted.kind, wanted.language, text, wanted.questions or {}, word)
    questions = insist(await vet(sketch, date_in_india(now)))
    if wanted.word is not None:
        kept = await keep_upload(files, company_id, Upload(wanted.word.name, BytesIO(word)))
        return _Content(wanted.language, kept.sha256, questions, None, kept.name, kept.size)
    if before is not None:
        return _Content(wanted.language, before.sha256, questions, None, before.name, before.size)
    return _Content(wanted.language, sha256(text.encode()).hexdigest(), questions, text, None, None)


def _is_same(own: OwnTemplate, current: OwnVersion, wanted: Wanted, content: _Content) -> bool:
    named = (own.title, own.kind) == (wanted.title, wanted.kind)
    held = (current.sha256, current.language) == (content.sha256, content.language)
    return named and held and list(current.questions) == content.questions


async def _add_version(  # noqa: PLR0913, PLR0917 - what is saved, by whom, as which version
    connection: AsyncConnection,
    scope: Scope,
    own_id: UUID,
    number: int,
    content: _Content,
    note: str,
    now: datetime,
) -> None:
    row = {
        "template_id": own_id, "number": number, "author_id": scope.person.id, "author": scope.person.name, "at": now,
        "note": note, **asdict(content),
    }  # fmt: skip
    await connection.execute(insert(own_template_versions).values(**row))


async def _tell(  # noqa: PLR0913, PLR0917 - what was done with which template
    connection: AsyncConnection,
    scope: Scope,
    company_id: UUID,
    own_id: UUID,
    title: str,
    number: int,
    deed: str,
    now: datetime,
) -> None:
    told = {"template": f"{OWN}{own_id}", "title": title, "version": number}
    await add_to_trail(connection, company_id, scope.actor, Change(deed, None, told), now)
