"""People and companies as an operator looks for them: veiled in lists, told in full where the look leaves a trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, Subquery, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.accounts.tables import billing_accounts
from complianceai.billing.usage.tables import billing_storage
from complianceai.register.tasks.tables import tasks
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.actions import email_key
from complianceai.tenancy.tables import companies, factors, members, people, sessions
from complianceai.workspace.tables import documents

SIZE = 50
SHOWN_LETTERS = 3


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of a list."""

    id: UUID
    name: str
    email: str
    created_at: datetime
    companies: int
    documents: int


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One company of a list."""

    id: UUID
    name: str
    created_at: datetime
    members: int
    documents: int


@dataclass(frozen=True, slots=True)
class PersonTold:
    """A person as an operator who helps them needs to know them."""

    id: UUID
    name: str
    email: str
    language: str
    verified_at: datetime | None
    created_at: datetime
    step_since: datetime | None
    last_seen_at: datetime | None
    plan: str | None


@dataclass(frozen=True, slots=True)
class CompanyTold:
    """A company as an operator who helps its people needs to know it."""

    id: UUID
    name: str
    gstin: str | None
    created_at: datetime
    updated_at: datetime
    members: int
    tasks: int
    documents: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Tie:
    """What somebody is to a company: by the one's page the other's name."""

    id: UUID
    name: str
    role: str


def veiled(text: str) -> str:
    """A name or address of which the first letters of each word are left: enough to know it by, too little to tell."""
    if "@" in text:
        before, _, after = text.partition("@")
        return f"{before[:SHOWN_LETTERS]}…@{after}"
    return " ".join(
        word if len(word) <= SHOWN_LETTERS else f"{word[:SHOWN_LETTERS]}…" for word in text.split()
    )


async def list_people(
    connection: AsyncConnection, wanted: str, *, number: int
) -> tuple[list[PersonRow], int]:
    """A page of the people whose name or address the words are in, the newest first, and how many there are."""
    found = _has(people.c.name, people.c.email_key, wanted)
    page = select(people.c.id, people.c.name, people.c.email, people.c.created_at).where(found)
    ordered = _page(page, people.c.created_at, people.c.id, number)
    mine = members.c.person_id == ordered.c.id
    papers = _count(
        select(func.count())
        .select_from(documents.join(members, members.c.company_id == documents.c.company_id))
        .where(mine)
    )
    counted: Select[Any] = select(
        *ordered.c, _count(select(func.count()).select_from(members).where(mine)).label("companies")
    )
    rows = await fetch_all(
        connection,
        counted.add_columns(papers.label("documents")).order_by(ordered.c.created_at.desc(), ordered.c.id),
        PersonRow,
    )
    return rows, await _total(connection, people.c.id, found)


async def list_companies(
    connection: AsyncConnection, wanted: str, *, number: int
) -> tuple[list[CompanyRow], int]:
    """A page of the companies whose name or GSTIN the words are in, the newest first, and how many there are."""
    found = _has(companies.c.name, func.lower(func.coalesce(companies.c.gstin, "")), wanted)
    page = select(companies.c.id, companies.c.name, companies.c.created_at).where(found)
    ordered = _page(page, companies.c.created_at, companies.c.id, number)
    counted: Select[Any] = select(
        *ordered.c,
        _count(select(func.count()).where(members.c.company_id == ordered.c.id)).label("members"),
        _count(select(func.count()).where(documents.c.company_id == ordered.c.id)).label("documents"),
    ).order_by(ordered.c.created_at.desc(), ordered.c.id)
    return await fetch_all(connection, counted, CompanyRow), await _total(connection, companies.c.id, found)


async def find_person_told(connection: AsyncConnection, person_id: UUID) -> PersonTold | None:
    """The person, or None where there is none."""
    seen = select(func.max(sessions.c.last_seen_at)).where(sessions.c.person_id == people.c.id)
    wanted = (
        select(
            *(people.c[name] for name in ("id", "name", "email", "language", "verified_at", "created_at")),
            factors.c.confirmed_at.label("step_since"),
            seen.scalar_subquery().label("last_seen_at"),
            billing_accounts.c.plan,
        )
        .outerjoin_from(people, factors, factors.c.person_id == people.c.id)
        .outerjoin(billing_accounts, billing_accounts.c.person_id == people.c.id)
        .where(people.c.id == person_id)
    )
    return await fetch_one(connection, wanted, PersonTold)


async def find_company_told(connection: AsyncConnection, company_id: UUID) -> CompanyTold | None:
    """The company, or None where there is none."""
    numbers = (
        _count(select(func.count()).where(table.c.company_id == companies.c.id)).label(name)
        for name, table in (("members", members), ("tasks", tasks), ("documents", documents))
    )
    wanted = (
        select(
            *(companies.c[name] for name in ("id", "name", "gstin", "created_at", "updated_at")),
            *numbers,
            func.coalesce(billing_storage.c.bytes, 0).label("bytes"),
        )
        .outerjoin_from(companies, billing_storage, billing_storage.c.company_id == companies.c.id)
        .where(companies.c.id == company_id)
    )
    return await fetch_one(connection, wanted, CompanyTold)


async def ties_of_person(connection: AsyncConnection, person_id: UUID) -> list[Tie]:
    """The companies that the person is a member of, by name."""
    wanted = select(companies.c.id, companies.c.name, members.c.role).join_from(members, companies)
    return await fetch_all(
        connection, wanted.where(members.c.person_id == person_id).order_by(companies.c.name).limit(SIZE), Tie
    )


async def ties_of_company(connection: AsyncConnection, company_id: UUID) -> list[Tie]:
    """The members of the company, by name."""
    wanted = select(people.c.id, people.c.name, members.c.role).join_from(members, people)
    return await fetch_all(
        connection, wanted.where(members.c.company_id == company_id).order_by(people.c.name).limit(SIZE), Tie
    )


def _has(name: ColumnElement[str], key: ColumnElement[str], wanted: str) -> ColumnElement[bool]:
    words = email_key(wanted)
    if not words:
        return true()
    return func.lower(name).contains(words, autoescape=True) | key.startswith(words, autoescape=True)


def _page(
    wanted: Select[Any], at: ColumnElement[datetime], key: ColumnElement[UUID], number: int
) -> Subquery:
    # Counted for those of the page alone.
    return wanted.order_by(at.desc(), key).limit(SIZE).offset((number - 1) * SIZE).subquery()


def _count(wanted: Select[Any]) -> ScalarSelect[int]:
    return wanted.scalar_subquery()


async def _total(connection: AsyncConnection, key: ColumnElement[UUID], found: ColumnElement[bool]) -> int:
    return int((await connection.execute(select(func.count(key)).where(found))).scalar_one())
