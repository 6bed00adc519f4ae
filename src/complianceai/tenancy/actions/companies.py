"""Every write of companies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.audit import Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.tenancy.errors import CompanyChanged, TokenTooNarrow
from complianceai.tenancy.facts import facts_of
from complianceai.tenancy.followers import tell_followers
from complianceai.tenancy.growing import NewCompany, ask_guards
from complianceai.tenancy.policies import Role, check_can_edit_company
from complianceai.tenancy.queries import Company, find_company
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import companies, members
from complianceai.tenancy.tokens import ALL_COMPANIES


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a company: a new profile, another name, or both; and the version that it was made on, if told."""

    new_profile: Mapping[str, Any] | None = None
    name: str | None = None
    version: int | None = None

    def profile(self, company: Company) -> dict[str, Any]:
        """The company's profile after the change."""
        profile = dict(company.profile if self.new_profile is None else self.new_profile)
        name = self.name or profile.get("name") or company.name
        return {**profile, "name": name}


async def create_company(
    database: Database, scope: Scope, profile: Mapping[str, Any], now: datetime
) -> Company:
    """A new company, owned by the person; its name is the profile's.

    Errors: InvalidInput with the path of each fault of the profile.
    """
    async with database.transaction() as connection:
        company = await add_company(connection, scope, profile, now)
        await tell_followers(connection, company.id, scope.actor, now)
        return company


async def edit_company(
    database: Database, scope: Scope, company_id: UUID, edit: Edit, now: datetime
) -> Company:
    """The company with the new profile in place of the old.

    Errors: CompanyMissing; NotYourRole; InvalidInput; CompanyChanged where it is no longer at the version given.
    """
    async with database.transaction() as connection:
        company = await change_company(connection, scope, company_id, edit, now)
        await tell_followers(connection, company_id, scope.actor, now)
        return company


async def add_company(
    connection: AsyncConnection,
    scope: Scope,
    profile: Mapping[str, Any],
    now: datetime,
    *,
    is_owned: bool = True,
) -> Company:
    """`create_company` as part of a transaction that keeps more, and tells the followers when it has.

    One that is not owned has no people yet: whoever asks for it puts it into the care of a practice.
    Errors: those of `growing.ask_guards`, as everywhere that a company is added.
    """
    if scope.companies is not None:
        raise TokenTooNarrow(needed=ALL_COMPANIES)
    facts = facts_of(profile)
    if is_owned:
        await ask_guards(connection, NewCompany(owner_id=scope.person.id), now)
    company = Company(new_id(), facts.name, facts.gstin, facts.profile, 1, now, now, Role.OWNER)
    await _keep_company(connection, scope, company)
    if is_owned:
        await _keep_owner(connection, scope, company)
    owner = {"owner": str(scope.person.id) if is_owned else None}
    change = Change("company.created", None, {**_told(company), **owner})
    await add_to_trail(connection, company.id, scope.actor, change, now)
    return company


async def change_company(
    connection: AsyncConnection, scope: Scope, company_id: UUID, edit: Edit, now: datetime
) -> Company:
    """`edit_company` as part of a transaction that keeps more, and tells the followers when it has."""
    # Whoever waits here sees what the one before has made of it.
    await hold_trail(connection, company_id)
    company = await find_company(connection, scope, company_id)
    check_can_edit_company(company.role)
    if edit.version not in {None, company.version}:
        raise CompanyChanged(version=company.version)
    facts = facts_of(edit.profile(company))
    await connection.execute(
        update(companies)
        .where(companies.c.id == company_id)
        .values(
            name=facts.name,
            gstin=facts.gstin,
            profile=facts.profile,
            version=company.version + 1,
            updated_at=now,
            updated_by=scope.person.id,
        )
    )
    after = await find_company(connection, scope, company_id)
    change = Change("company.edited", _told(company), _told(after))
    await add_to_trail(connection, company_id, scope.actor, change, now)
    return after


def _told(company: Company) -> dict[str, Any]:
    """What the trail says of a company; its name and GSTIN stand in the profile too, as the person gave them."""
    return {"name": company.name, "version": company.version, "profile": dict(company.profile)}


async def _keep_company(connection: AsyncConnection, scope: Scope, company: Company) -> None:
    await connection.execute(
        insert(companies).values(
            id=company.id,
            name=company.name,
            gstin=company.gstin,
            profile=company.profile,
            version=company.version,
            created_at=company.created_at,
            created_by=scope.person.id,
            updated_at=company.updated_at,
            updated_by=scope.person.id,
        )
    )


async def _keep_owner(connection: AsyncConnection, scope: Scope, company: Company) -> None:
    await connection.execute(
        insert(members).values(
            company_id=company.id,
            person_id=scope.person.id,
            role=company.role.value,
            created_at=company.created_at,
        )
    )
