"""Every read of members and invitations."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.actions import email_key
from complianceai.tenancy.membership.errors import InvitationMissing, MemberMissing
from complianceai.tenancy.policies import Role, can_give_role, check_can_manage_members, check_can_see_members
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.reach import is_current, reach, strongest
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token
from complianceai.tenancy.tables import companies, invitations, members, people


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to a company."""

    person_id: UUID
    name: str
    email: str
    role: Role
    until: date | None
    created_at: datetime

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "role", Role(self.role))


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that can still be accepted."""

    id: UUID
    email: str
    role: Role
    until: date | None
    created_at: datetime
    expires_at: datetime

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "role", Role(self.role))


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation as the invited person sees it."""

    id: UUID
    company_id: UUID
    company: str
    role: Role
    until: date | None
    expires_at: datetime
    # What whoever made it is to the company today, or None where that is nothing any more.
    inviters_role: Role | None

    def __post_init__(self) -> None:
        # A row holds the plain words.
        object.__setattr__(self, "role", Role(self.role))
        object.__setattr__(self, "inviters_role", Role(self.inviters_role) if self.inviters_role else None)


async def list_members(connection: AsyncConnection, scope: Scope, company_id: UUID) -> list[Member]:
    """Everybody who belongs to the company, by name; those whose time is over stay listed until they are removed.

    Errors: CompanyMissing; NotYourRole.
    """
    company = await find_company(connection, scope, company_id)
    check_can_see_members(company.role)
    wanted = _members_of(scope, company_id).order_by(func.lower(people.c.name), people.c.id)
    return await fetch_all(connection, wanted, Member)


async def find_member(connection: AsyncConnection, scope: Scope, company_id: UUID, person_id: UUID) -> Member:
    """One who belongs to the company.

    Errors: MemberMissing.
    """
    wanted = _members_of(scope, company_id).where(members.c.person_id == person_id)
    found = await fetch_one(connection, wanted, Member)
    if found is None:
        raise MemberMissing
    return found


async def is_member(connection: AsyncConnection, company_id: UUID, key: str) -> bool:
    """Whether the person of that e-mail belongs to the company."""
    wanted = (
        select(members.c.person_id)
        .join_from(members, people)
        .where(members.c.company_id == company_id, people.c.email_key == key)
    )
    return (await connection.execute(wanted)).first() is not None


async def count_owners(connection: AsyncConnection, scope: Scope, company_id: UUID) -> int:
    """How many owners the company has."""
    owners = (members.c.company_id == company_id) & (members.c.role == Role.OWNER.value)
    wanted = select(func.count()).select_from(members).where(owners, scope.reaches(members.c.company_id))
    return (await connection.execute(wanted)).scalar_one()


async def list_invitations(
    connection: AsyncConnection, scope: Scope, company_id: UUID, now: datetime
) -> list[Invitation]:
    """The company's open invitations, for those who may invite.

    Errors: CompanyMissing; NotYourRole.
    """
    company = await find_company(connection, scope, company_id)
    check_can_manage_members(company.role)
    return await open_invitations(connection, scope, company_id, now)


async def open_invitations(
    connection: AsyncConnection, scope: Scope, company_id: UUID, now: datetime, invited_by: UUID | None = None
) -> list[Invitation]:
    """The company's invitations that can still be accepted, or those of one inviter, the latest first."""
    wanted = (
        select(*(invitations.c[name] for name in Invitation.__slots__))
        .where(invitations.c.company_id == company_id, scope.reaches(invitations.c.company_id))
        .where(is_open(now))
        .order_by(invitations.c.created_at.desc(), invitations.c.id)
    )
    if invited_by is not None:
        wanted = wanted.where(invitations.c.invited_by == invited_by)
    return await fetch_all(connection, wanted, Invitation)


async def find_offer(connection: AsyncConnection, scope: Scope, token: str, now: datetime) -> Offer:
    """What the person is invited to by the link with that token.

    Errors: InvitationMissing, alike for a token of nobody's, one that is used or over, one for another e-mail, and one
    whose maker could not make it any more: their practice may have lost the company, or they their practice.
    """
    named = ("company", "inviters_role")
    columns = [invitations.c[name] for name in Offer.__slots__ if name not in named]
    inviters = (
        select(strongest)
        .where(reach.c.person_id == invitations.c.invited_by, is_current(scope.today))
        .where(reach.c.company_id == invitations.c.company_id)
    )
    wanted = (
        select(*columns, companies.c.name.label("company"))
        .add_columns(inviters.scalar_subquery().label("inviters_role"))
        .join_from(invitations, companies)
        .where(invitations.c.token_hash == hash_token(token))
        .where(invitations.c.email_key == email_key(scope.person.email), is_open(now))
    )
    found = await fetch_one(connection, wanted, Offer)
    if found is None or found.inviters_role is None or not can_give_role(found.inviters_role, found.role):
        raise InvitationMissing
    return found


def is_open(now: datetime) -> ColumnElement[bool]:
    """The condition that an invitation can still be accepted."""
    return invitations.c.closed_at.is_(None) & (invitations.c.expires_at > now)


def _members_of(scope: Scope, company_id: UUID) -> Select[Any]:
    return (
        select(members.c.person_id, people.c.name, people.c.email)
        .add_columns(members.c.role, members.c.until, members.c.created_at)
        .join_from(members, people)
        .where(members.c.company_id == company_id, scope.reaches(members.c.company_id))
    )
