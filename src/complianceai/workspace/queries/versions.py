"""Versions of a document that the caller has found, and what somebody typed without saving it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.workspace.errors import VersionMissing
from complianceai.workspace.tables import document_drafts, document_makers, document_versions, interviews

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """A version without its content; the size of a file is in bytes."""

    number: int
    author_id: UUID | None
    author: str
    at: datetime
    note: str
    sha256: str
    restored_from: int | None
    name: str | None
    media_type: str | None
    size: int | None
    template_version: int | None


@dataclass(frozen=True, slots=True)
class Version(Listed):
    """A version whole: the source of a text with its answers, or where a file lies and what was read in it."""

    text: str | None
    answers: Mapping[str, Any] | None
    said: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed since version `base`."""

    base: int
    text: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Interview:
    """The answers to a template so far, as they were typed."""

    template_id: str
    language: str
    answers: Mapping[str, Any]
    updated_at: datetime


_LISTED = (
    "number", "author_id", "author", "at", "note", "sha256", "restored_from", "name", "media_type", "size",
    "template_version",
)  # fmt: skip
_WHOLE = (*_LISTED, "text", "answers", "said")


async def list_versions(
    connection: AsyncConnection, document_id: UUID, *, limit: int = MOST_LISTED, offset: int = 0
) -> list[Listed]:
    """The versions, the latest first."""
    wanted = select(*(document_versions.c[name] for name in _LISTED)).where(
        document_versions.c.document_id == document_id
    )
    ordered = wanted.order_by(document_versions.c.number.desc()).limit(limit).offset(offset)
    return await fetch_all(connection, ordered, Listed)


async def last_answers(connection: AsyncConnection, document_id: UUID) -> tuple[int, Mapping[str, Any]]:
    """The latest version that was drafted from answers, and these; 0 and none where no version was."""
    mine = document_versions.c.document_id == document_id
    wanted = select(document_versions.c.number, document_versions.c.answers).where(mine)
    # Nothing answered is JSON's own null on one engine: which it is is asked of the value.
    rows = await connection.execute(wanted.order_by(document_versions.c.number.desc()).limit(MOST_LISTED))
    return next(((number, answers) for number, answers in rows if answers), (0, {}))


async def count_versions(connection: AsyncConnection, document_id: UUID) -> int:
    """How many versions there are."""
    wanted = select(func.count()).where(document_versions.c.document_id == document_id)
    return (await connection.execute(wanted)).scalar_one()


async def find_version(connection: AsyncConnection, document_id: UUID, number: int) -> Version:
    """The version of that number.

    Errors: VersionMissing.
    """
    wanted = select(*(document_versions.c[name] for name in _WHOLE)).where(
        document_versions.c.document_id == document_id, document_versions.c.number == number
    )
    found = await fetch_one(connection, wanted, Version)
    if found is None:
        raise VersionMissing(number=number)
    return found


async def list_makers(connection: AsyncConnection, document_id: UUID) -> list[UUID]:
    """Everybody who wrote on the document."""
    wanted = select(document_makers.c.person_id).where(document_makers.c.document_id == document_id)
    return list((await connection.execute(wanted)).scalars())


async def find_draft(connection: AsyncConnection, document_id: UUID, person_id: UUID) -> Draft | None:
    """What the person typed and did not save, if anything."""
    columns = (document_drafts.c.base, document_drafts.c.text, document_drafts.c.updated_at)
    mine = (document_drafts.c.document_id == document_id) & (document_drafts.c.person_id == person_id)
    return await fetch_one(connection, select(*columns).where(mine), Draft)


async def find_interview(
    connection: AsyncConnection, company_id: UUID, person_id: UUID, template_id: str
) -> Interview | None:
    """The person's answers to the template so far, if any."""
    wanted = _interviews(company_id, person_id).where(interviews.c.template_id == template_id)
    return await fetch_one(connection, wanted, Interview)


async def list_interviews(connection: AsyncConnection, company_id: UUID, person_id: UUID) -> list[Interview]:
    """The interviews that the person began and has not finished, the latest first."""
    ordered = _interviews(company_id, person_id).order_by(interviews.c.updated_at.desc())
    return await fetch_all(connection, ordered.limit(MOST_LISTED), Interview)


def _interviews(company_id: UUID, person_id: UUID) -> Any:
    columns = (interviews.c.template_id, interviews.c.language, interviews.c.answers, interviews.c.updated_at)
    return select(*columns).where(interviews.c.company_id == company_id, interviews.c.person_id == person_id)
