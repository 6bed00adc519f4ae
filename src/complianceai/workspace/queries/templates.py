"""Templates as somebody may use them: the packaged ones, and those that a company made itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai import drafting
from complianceai.base.ids import read_id
from complianceai.drafting.errors import UnknownTemplate
from complianceai.drafting.model import Template
from complianceai.drafting.own import made_template, questions_told
from complianceai.register.tasks.policies import WORKERS
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.policies import Role
from complianceai.tenancy.scope import Scope
from complianceai.workspace.errors import VersionMissing
from complianceai.workspace.rendering import in_time
from complianceai.workspace.tables import own_template_versions, own_templates

OWN = "own-"
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class OwnVersion:
    """One version of a company's own template: its text, or where its Word file lies; questions as they are told."""

    number: int
    author: str
    at: datetime
    note: str
    language: str
    sha256: str
    questions: Sequence[Mapping[str, Any]]
    text: str | None
    name: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A template that a company made itself, and what the person who asks is to the company."""

    id: UUID
    company_id: UUID
    title: str
    kind: str
    is_word: bool
    version: int
    author: str
    created_at: datetime
    updated_at: datetime
    retired_at: datetime | None
    role: Role

    def __post_init__(self) -> None:
        # A row holds plain words.
        object.__setattr__(self, "role", Role(self.role))

    @property
    def address(self) -> str:
        """What it is called where packaged templates are called by their folders."""
        return f"{OWN}{self.id}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A template to draft from; of a company's own the version, whether it is retired, and the hash of a Word file."""

    template: Template
    version: int | None = None
    is_retired: bool = False
    word: str | None = None


async def choose(
    connection: AsyncConnection,
    scope: Scope,
    template_id: str,
    company_id: UUID | None = None,
    number: int | None = None,
) -> Chosen:
    """The template of that name, a company's own as it stands or as its version of that number has it.

    Errors: UnknownTemplate; VersionMissing.
    """
    if not template_id.startswith(OWN):
        return Chosen(await in_time(drafting.template, template_id))
    own = await find_own(connection, scope, template_id, company_id)
    version = await find_own_version(connection, own.id, number or own.version)
    return chosen_of(own, version)


def chosen_of(own: OwnTemplate, version: OwnVersion) -> Chosen:
    """The template that this version of a company's own is."""
    made = made_template(
        own.address,
        own.title,
        own.kind,
        version.language,
        version.text or "",
        questions_told(version.questions),
    )
    return Chosen(made, version.number, own.retired_at is not None, version.sha256 if own.is_word else None)


async def find_own(
    connection: AsyncConnection, scope: Scope, template_id: str, company_id: UUID | None = None
) -> OwnTemplate:
    """The company's own template, where the person works for that company.

    Errors: UnknownTemplate.
    """
    identity = read_id(template_id.removeprefix(OWN))
    wanted = _own(scope, company_id).where(own_templates.c.id == identity)
    found = None if identity is None else await fetch_one(connection, wanted, OwnTemplate)
    if found is None:
        raise UnknownTemplate(template=template_id)
    return found


async def list_own(
    connection: AsyncConnection, scope: Scope, company_id: UUID, *, with_retired: bool = False
) -> list[OwnTemplate]:
    """The company's own templates by title, where the person works for it."""
    wanted = _own(scope, company_id)
    if not with_retired:
        wanted = wanted.where(own_templates.c.retired_at.is_(None))
    ordered = wanted.order_by(own_templates.c.title, own_templates.c.id).limit(MOST_LISTED)
    return await fetch_all(connection, ordered, OwnTemplate)


async def choose_own(connection: AsyncConnection, scope: Scope, company_id: UUID) -> list[Template]:
    """The company's own templates that are not retired, each with its questions."""
    found = {each.id: each for each in await list_own(connection, scope, company_id)}
    same = (own_template_versions.c.template_id == own_templates.c.id) & (
        own_template_versions.c.number == own_templates.c.version
    )
    wanted = (
        select(own_templates.c.id, *_version_columns())
        .join_from(own_templates, own_template_versions, same)
        .where(own_templates.c.company_id == company_id, own_templates.c.retired_at.is_(None))
        .limit(MOST_LISTED)
    )
    rows = {row[0]: OwnVersion(*row[1:]) for row in await connection.execute(wanted)}
    return [chosen_of(own, rows[own.id]).template for own in found.values() if own.id in rows]


async def find_own_version(connection: AsyncConnection, own_id: UUID, number: int) -> OwnVersion:
    """One version of a template that the caller has found.

    Errors: VersionMissing.
    """
    mine = own_template_versions.c.template_id == own_id
    wanted = select(*_version_columns()).where(mine, own_template_versions.c.number == number)
    found = await fetch_one(connection, wanted, OwnVersion)
    if found is None:
        raise VersionMissing(number=number)
    return found


async def list_own_versions(connection: AsyncConnection, own_id: UUID) -> list[OwnVersion]:
    """The versions of a template that the caller has found, the latest first."""
    wanted = select(*_version_columns()).where(own_template_versions.c.template_id == own_id)
    ordered = wanted.order_by(own_template_versions.c.number.desc()).limit(MOST_LISTED)
    return await fetch_all(connection, ordered, OwnVersion)


async def titles_of(
    connection: AsyncConnection, scope: Scope, company_id: UUID
) -> dict[str, Mapping[str, str]]:
    """How every template is called, the company's own among them, by language."""
    titles: dict[str, Mapping[str, str]] = {each.id: each.title for each in await in_time(drafting.templates)}
    own = await list_own(connection, scope, company_id, with_retired=True)
    return titles | {each.address: {"en": each.title, "hi": each.title} for each in own}


def _own(scope: Scope, company_id: UUID | None) -> Select[Any]:
    grants = scope.grants(company_id)
    columns = [own_templates.c[name] for name in OwnTemplate.__slots__ if name != "role"]
    return (
        select(*columns, grants.c.role)
        .join_from(own_templates, grants, grants.c.company_id == own_templates.c.company_id)
        .where(grants.c.role.in_([each.value for each in WORKERS]))
    )


def _version_columns() -> list[Any]:
    return [own_template_versions.c[name] for name in OwnVersion.__slots__]
