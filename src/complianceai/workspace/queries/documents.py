"""Documents as those see them who may."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.policies import Role
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import companies
from complianceai.workspace.errors import DocumentMissing
from complianceai.workspace.policies import IN_CHARGE, SEES, level_of
from complianceai.workspace.states import Kind, Level, State, level_named
from complianceai.workspace.tables import document_shares, document_versions, documents

LONGEST_SEARCH = 100
# So many papers of an event are looked at for answers that another of its papers asks again.
MOST_BEFORE = 20


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a company, and what the person who asks is to both."""

    id: UUID
    company_id: UUID
    title: str
    kind: Kind
    template_id: str | None
    language: str
    numbered: bool
    state: State
    is_private: bool
    expires_on: date | None
    duty_id: UUID | None
    version: int
    revision: int
    created_by: UUID | None
    author: str
    created_at: datetime
    updated_at: datetime
    reason: str | None
    approved_version: int | None
    approved_hash: str | None
    approved_by: UUID | None
    approved_name: str | None
    approved_at: datetime | None
    company: str
    role: Role
    person_id: UUID
    own_share: str | None
    role_share: str | None

    def __post_init__(self) -> None:
        # A row holds plain words.
        object.__setattr__(self, "kind", Kind(self.kind))
        object.__setattr__(self, "state", State(self.state))
        object.__setattr__(self, "role", Role(self.role))

    @property
    def level(self) -> Level:
        """What whoever asks may do with it."""
        return level_of(
            self.role,
            is_private=self.is_private,
            is_author=self.created_by == self.person_id,
            shared=(level_named(self.own_share), level_named(self.role_share)),
        )

    @property
    def is_text(self) -> bool:
        """Whether it is written here, and no file as it came."""
        return self.kind is Kind.TEXT


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents: of one company or all, in a state, with words in the title or in the text."""

    company_id: UUID | None = None
    state: str = ""
    template_id: str = ""
    search: str = ""


async def find_document(
    connection: AsyncConnection, scope: Scope, document_id: UUID, company_id: UUID | None = None
) -> Document:
    """The document, where the person may see it; with a company only where it is that one's.

    Errors: DocumentMissing.
    """
    wanted = _documents_of(scope, company_id).where(documents.c.id == document_id)
    found = await fetch_one(connection, wanted, Document)
    if found is None or found.level is Level.NONE:
        raise DocumentMissing
    return found


async def list_documents(
    connection: AsyncConnection, scope: Scope, wanted: Wanted, *, limit: int, offset: int
) -> tuple[list[Document], int]:
    """The documents that the person sees, the last changed first, and how many there are in all."""
    chosen = _chosen(_documents_of(scope, wanted.company_id), wanted)
    total = select(func.count()).select_from(chosen.subquery())
    ordered = chosen.order_by(documents.c.updated_at.desc(), documents.c.id.desc())
    rows = await fetch_all(connection, ordered.limit(limit).offset(offset), Document)
    return rows, (await connection.execute(total)).scalar_one()


def _documents_of(scope: Scope, company_id: UUID | None) -> Select[Any]:
    grants = scope.grants(company_id)
    # Columns of `documents` by the names of the fields; the others say what the person is.
    own = {"company", "role", "person_id", "own_share", "role_share"}
    columns = [documents.c[name] for name in Document.__slots__ if name not in own]
    mine, ours = (
        _share(document_shares.c.person_id == scope.person.id),
        _share(document_shares.c.role == grants.c.role),
    )
    return (
        select(*columns, companies.c.name.label("company"), grants.c.role)
        .add_columns(_me(scope), mine.label("own_share"), ours.label("role_share"))
        .join_from(documents, grants, grants.c.company_id == documents.c.company_id)
        .join(companies, companies.c.id == documents.c.company_id)
        .where(_visible(scope, grants.c.role))
    )


def _me(scope: Scope) -> ColumnElement[UUID]:
    return literal(scope.person.id, Uuid).label("person_id")


def _share(whose: ColumnElement[bool]) -> Any:
    level = select(document_shares.c.level).where(document_shares.c.document_id == documents.c.id, whose)
    return level.limit(1).correlate_except(document_shares).scalar_subquery()


def _visible(scope: Scope, role: ColumnElement[str]) -> ColumnElement[bool]:
    shared = exists().where(
        document_shares.c.document_id == documents.c.id,
        or_(document_shares.c.person_id == scope.person.id, document_shares.c.role == role),
    )
    return or_(
        role.in_([each.value for each in IN_CHARGE]),
        documents.c.created_by == scope.person.id,
        documents.c.is_private.is_(False) & role.in_([each.value for each in SEES]),
        shared.correlate_except(document_shares),
    )


def _chosen(select_: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.state:
        select_ = select_.where(documents.c.state == wanted.state)
    if wanted.template_id:
        select_ = select_.where(documents.c.template_id == wanted.template_id)
    for word in wanted.search.split():
        same = (document_versions.c.document_id == documents.c.id) & (
            document_versions.c.number == documents.c.version
        )
        within = exists().where(
            same, or_(_holds(document_versions.c.text, word), _holds(document_versions.c.said, word),
                      _holds(document_versions.c.name, word))
        )  # fmt: skip
        select_ = select_.where(or_(_holds(documents.c.title, word), within))
    return select_


def _holds(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    return func.lower(column).contains(word.lower(), autoescape=True)


async def count_documents(connection: AsyncConnection, company_id: UUID) -> int:
    """How many documents a company that the caller has found keeps."""
    wanted = select(func.count()).where(documents.c.company_id == company_id)
    return (await connection.execute(wanted)).scalar_one()


async def answers_before(
    connection: AsyncConnection, scope: Scope, company_id: UUID, template_ids: Collection[str]
) -> list[tuple[str, Mapping[str, Any]]]:
    """What the papers of those templates were drafted from, each with its template, the last drafted first."""
    same = (document_versions.c.document_id == documents.c.id) & (
        document_versions.c.number == documents.c.version
    )
    seen = _documents_of(scope, company_id).subquery()
    wanted = (
        select(documents.c.template_id, document_versions.c.answers)
        .join_from(documents, document_versions, same)
        .join(seen, seen.c.id == documents.c.id)
        .where(documents.c.template_id.in_(template_ids), document_versions.c.text.is_not(None))
        .order_by(documents.c.created_at.desc(), documents.c.id.desc())
        .limit(MOST_BEFORE)
    )
    rows = await connection.execute(wanted)
    return [(template_id, answers) for template_id, answers in rows if answers]
