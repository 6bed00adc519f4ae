"""Who looks after a company, who did before, and what of it a practice's partners are told of what they do not see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all
from complianceai.tenancy.policies import Access, PracticeRole, Role
from complianceai.tenancy.practice.queries.clients import is_on
from complianceai.tenancy.practice_tables import client_people, engagements, practice_members, practices
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import companies, members, people


@dataclass(frozen=True, slots=True)
class Engagement:
    """That a practice looks after a company, or did."""

    id: UUID
    practice_id: UUID
    practice: str
    starts_on: date
    ends_on: date | None
    closed_at: datetime | None

    def is_on(self, today: date) -> bool:
        """Whether the practice looks after the company on that day."""
        return self.closed_at is None and (self.ends_on is None or self.ends_on >= today)


@dataclass(frozen=True, slots=True)
class Unseen:
    """A private client that a partner does not see: since when there is one, and who is named for it; not which."""

    engagement_id: UUID
    starts_on: date
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Givable:
    """A company of the person's own that no practice looks after."""

    id: UUID
    name: str


async def list_engagements(connection: AsyncConnection, scope: Scope, company_id: UUID) -> list[Engagement]:
    """The practices that look or looked after the company, the latest first."""
    wanted = (
        select(engagements.c.id, engagements.c.practice_id, practices.c.name.label("practice"))
        .add_columns(engagements.c.starts_on, engagements.c.ends_on, engagements.c.closed_at)
        .join_from(engagements, practices)
        .where(engagements.c.company_id == company_id, scope.reaches(engagements.c.company_id))
        .order_by(engagements.c.created_at.desc(), engagements.c.id.desc())
    )
    return await fetch_all(connection, wanted, Engagement)


async def find_engagement(connection: AsyncConnection, scope: Scope, company_id: UUID) -> Engagement | None:
    """The engagement of whichever practice looks after the company now, or None."""
    found = await list_engagements(connection, scope, company_id)
    return next((each for each in found if each.is_on(scope.today)), None)


async def has_owner(connection: AsyncConnection, company_id: UUID) -> bool:
    """Whether the company has an owner of its own."""
    wanted = select(members.c.person_id).where(
        members.c.company_id == company_id, members.c.role == Role.OWNER.value
    )
    return (await connection.execute(wanted.limit(1))).first() is not None


async def without_owner(connection: AsyncConnection, company_ids: Sequence[UUID]) -> list[UUID]:
    """Those of the companies that have no owner of their own, in the order given."""
    is_owned = members.c.company_id.in_(company_ids) & (members.c.role == Role.OWNER.value)
    owned = set((await connection.execute(select(members.c.company_id).where(is_owned))).scalars())
    return [each for each in company_ids if each not in owned]


async def role_in_its_practice(
    connection: AsyncConnection, scope: Scope, company_id: UUID
) -> PracticeRole | None:
    """What the person is in the practice that looks after the company, or None where they do not belong to it."""
    wanted = (
        select(practice_members.c.role)
        .join_from(practice_members, engagements, engagements.c.practice_id == practice_members.c.practice_id)
        .where(engagements.c.company_id == company_id, is_on(scope.today), scope.practice_membership)
    )
    found = (await connection.execute(wanted)).scalar_one_or_none()
    return None if found is None else PracticeRole(found)


async def list_unseen(connection: AsyncConnection, scope: Scope, practice_id: UUID) -> list[Unseen]:
    """The practice's private clients that the person does not see, the oldest first."""
    wanted = (
        select(engagements.c.id, engagements.c.starts_on, people.c.name)
        .select_from(engagements)
        .outerjoin(client_people, client_people.c.engagement_id == engagements.c.id)
        .outerjoin(people, people.c.id == client_people.c.person_id)
        .where(engagements.c.practice_id == practice_id, scope.is_in(engagements.c.practice_id))
        .where(engagements.c.access == Access.PRIVATE.value, is_on(scope.today))
        .where(~scope.reaches(engagements.c.company_id))
        .order_by(engagements.c.created_at, engagements.c.id, people.c.name)
    )
    named: dict[tuple[UUID, date], list[str]] = {}
    for engagement_id, starts_on, name in await connection.execute(wanted):
        named.setdefault((engagement_id, starts_on), []).extend([] if name is None else [name])
    return [Unseen(identity, starts_on, tuple(names)) for (identity, starts_on), names in named.items()]


async def list_givable(connection: AsyncConnection, scope: Scope) -> list[Givable]:
    """The companies that the person owns and may give into the care of a practice, by name."""
    taken = select(engagements.c.company_id).where(is_on(scope.today))
    wanted = (
        select(companies.c.id, companies.c.name)
        .join_from(companies, members)
        .where(scope.membership, members.c.role == Role.OWNER.value, companies.c.id.not_in(taken))
        .order_by(companies.c.name, companies.c.id)
    )
    return await fetch_all(connection, wanted, Givable)
