"""Who pays for what."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.billing.accounts.errors import AccountMissing
from complianceai.billing.accounts.tables import billing_accounts
from complianceai.billing.plans import FREE
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.policies import PracticeRole, Role
from complianceai.tenancy.practice_tables import engagements, practice_members, practices
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import members

_IN_CHARGE = (PracticeRole.PARTNER.value, PracticeRole.ADMINISTRATOR.value)


class Holder(NamedTuple):
    """Who an account is of: a person or a practice, never both."""

    person_id: UUID | None = None
    practice_id: UUID | None = None

    @property
    def is_practice(self) -> bool:
        """Whether it is a practice."""
        return self.practice_id is not None


@dataclass(frozen=True, slots=True)
class Account:
    """Who pays, on which plan since when, and what an invoice says of them."""

    id: UUID
    person_id: UUID | None
    practice_id: UUID | None
    plan: str
    plan_since: datetime
    trial_ends_on: date | None
    legal_name: str | None
    gstin: str | None
    state: str | None
    address: str | None
    email: str | None
    created_at: datetime

    @property
    def holder(self) -> Holder:
        """Whose it is."""
        return Holder(self.person_id, self.practice_id)


class Place(NamedTuple):
    """A holder that somebody decides for, and the practice's name where it is one."""

    holder: Holder
    practice: str | None


async def find_account(connection: AsyncConnection, account_id: UUID) -> Account:
    """The account, whoever asks.

    Errors: AccountMissing.
    """
    found = await fetch_one(
        connection, select(billing_accounts).where(billing_accounts.c.id == account_id), Account
    )
    if found is None:
        raise AccountMissing
    return found


async def account_of(connection: AsyncConnection, holder: Holder) -> Account | None:
    """The holder's account, or None where they never needed one."""
    return await fetch_one(connection, select(billing_accounts).where(is_of(holder)), Account)


def unopened(holder: Holder, now: datetime) -> Account:
    """The account as it would be, were it opened now: to read about it opens nothing."""
    nothing_said = (None, None, None, None, None)
    return Account(new_id(), holder.person_id, holder.practice_id, FREE, now, None, *nothing_said, now)


async def find_own_account(connection: AsyncConnection, scope: Scope, account_id: UUID) -> Account:
    """The account, where the person decides for it: it is theirs, or of a practice that they are in charge of.

    Errors: AccountMissing, also for a token of named companies.
    """
    found = await find_account(connection, account_id)
    if found.holder not in {each.holder for each in await list_places(connection, scope)}:
        raise AccountMissing
    return found


async def list_places(connection: AsyncConnection, scope: Scope) -> list[Place]:
    """Whom the person decides for: themselves, then the practices that they are in charge of, by name."""
    if scope.companies is not None:
        return []
    wanted = (
        select(practices.c.id, practices.c.name)
        .join_from(practices, practice_members)
        .where(scope.practice_membership, practice_members.c.role.in_(_IN_CHARGE))
        .where(practices.c.closed_at.is_(None))
        .order_by(practices.c.name, practices.c.id)
    )
    led = (await connection.execute(wanted)).all()
    return [
        Place(Holder(person_id=scope.person.id), None),
        *(Place(Holder(practice_id=each.id), each.name) for each in led),
    ]


async def holder_of(connection: AsyncConnection, company_id: UUID, today: date) -> Holder | None:
    """Who pays for the company: the practice that looks after it that day, otherwise its owner of longest standing.

    None where nobody is left to pay, and hence to add anything.
    """
    serving = select(engagements.c.practice_id).where(engagements.c.company_id == company_id, is_on(today))
    practice_id = (await connection.execute(serving)).scalar_one_or_none()
    if practice_id is not None:
        return Holder(practice_id=practice_id)
    owners = (
        select(members.c.person_id)
        .where(members.c.company_id == company_id, members.c.role == Role.OWNER.value)
        .order_by(members.c.created_at, members.c.person_id)
        .limit(1)
    )
    person_id = (await connection.execute(owners)).scalar_one_or_none()
    return None if person_id is None else Holder(person_id=person_id)


def companies_of(holder: Holder, today: date) -> Select[tuple[UUID]]:
    """The ids of the companies that the holder pays for that day: `holder_of`, the other way round."""
    if holder.practice_id is not None:
        mine = engagements.c.practice_id == holder.practice_id
        return select(engagements.c.company_id).where(mine, is_on(today))
    earlier = members.alias()
    is_earlier = or_(
        earlier.c.created_at < members.c.created_at,
        and_(earlier.c.created_at == members.c.created_at, earlier.c.person_id < members.c.person_id),
    )
    is_owners = (earlier.c.company_id == members.c.company_id) & (earlier.c.role == Role.OWNER.value)
    return (
        select(members.c.company_id)
        .where(members.c.person_id == holder.person_id, members.c.role == Role.OWNER.value)
        .where(~exists().where(is_owners, is_earlier))
        .where(~exists().where(engagements.c.company_id == members.c.company_id, is_on(today)))
    )


def is_of(holder: Holder) -> ColumnElement[bool]:
    """The condition that an account is the holder's."""
    if holder.practice_id is not None:
        return billing_accounts.c.practice_id == holder.practice_id
    return billing_accounts.c.person_id == holder.person_id


def is_on(today: date) -> ColumnElement[bool]:
    """The condition that an engagement is not over on that day."""
    return engagements.c.closed_at.is_(None) & (
        engagements.c.ends_on.is_(None) | (engagements.c.ends_on >= today)
    )


async def accounts_of(connection: AsyncConnection, scope: Scope) -> list[Account]:
    """The accounts there are of whom the person decides for, their own first."""
    places = [each.holder for each in await list_places(connection, scope)]
    if not places:
        return []
    wanted = select(billing_accounts).where(or_(*(is_of(each) for each in places)))
    found = await fetch_all(connection, wanted, Account)
    return sorted(found, key=lambda account: places.index(account.holder))
