"""A person's own facts, and the end of their account."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.audit import Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.storage.services import Services
from complianceai.tenancy.actions.happenings import note
from complianceai.tenancy.actions.passwords import confirm_password
from complianceai.tenancy.errors import CompaniesWouldGo, LastPartner, NotSignedIn
from complianceai.tenancy.happenings import What
from complianceai.tenancy.queries import find_person, list_own_practices, list_solely_owned
from complianceai.tenancy.scope import Person, Scope
from complianceai.tenancy.tables import companies, invitations, members, people


async def edit_person(
    database: Database, scope: Scope, name: str, phone: str | None, now: datetime
) -> Person:
    """The person by the new name and with the new number.

    Errors: NotSignedIn where the account went meanwhile.
    """
    mine = people.c.id == scope.person.id
    async with database.transaction() as connection:
        await connection.execute(update(people).where(mine).values(name=name, phone=phone, updated_at=now))
        person = await find_person(connection, scope.person.id)
        if person is None:
            raise NotSignedIn
        await note(connection, scope, What.DETAILS_CHANGED, now)
    return person


async def delete_account(
    services: Services, scope: Scope, password: str, going: Collection[UUID], now: datetime
) -> None:
    """Nothing; the person is gone, and with them the companies that only they owned, which `going` names one by one.

    Companies with other owners stay, and those that a practice looks after; each trail keeps what was done in it.
    Errors: InvalidInput for a wrong password; ConfirmYourself where there is none; TooMany; LastPartner;
    CompaniesWouldGo where `going` names others than those.
    """
    await confirm_password(services, scope, password)
    async with services.database.transaction() as connection:
        # Practices before companies, as everywhere: else two would wait for each other.
        await _leave_practices(connection, scope, now)
        mine = await _hold_all(connection, scope)
        own = await list_solely_owned(connection, scope)
        ids = {each.id for each in own}
        if ids != set(going):
            raise CompaniesWouldGo(companies=", ".join(each.name for each in own))
        for company_id in mine:
            await _leave(connection, scope, company_id, now, is_going=company_id in ids)
        await connection.execute(delete(companies).where(companies.c.id.in_(ids)))
        await connection.execute(delete(people).where(people.c.id == scope.person.id))


async def _leave_practices(connection: AsyncConnection, scope: Scope, now: datetime) -> None:
    for each in await list_own_practices(connection, scope):
        await hold_trail(connection, each.id)
    # Asked again: whoever had to wait sees what the other has made of it.
    for each in await list_own_practices(connection, scope):
        if each.is_last_partner:
            raise LastPartner(practice=each.name)
        told = {"person": str(scope.person.id), "name": scope.person.name}
        change = Change("practice_member.left", told, None)
        await add_to_trail(connection, each.id, scope.actor, change, now)


async def _hold_all(connection: AsyncConnection, scope: Scope) -> list[UUID]:
    """The person's companies, none of which anybody else changes until the transaction ends."""
    wanted = select(members.c.company_id).where(members.c.person_id == scope.person.id)
    found = sorted((await connection.execute(wanted)).scalars())
    for company_id in found:
        await hold_trail(connection, company_id)
    return found


async def _leave(
    connection: AsyncConnection, scope: Scope, company_id: UUID, now: datetime, *, is_going: bool
) -> None:
    told: dict[str, Any] = {"person": str(scope.person.id), "name": scope.person.name}
    # What they offered to others goes with them.
    offered = (invitations.c.company_id == company_id) & (invitations.c.invited_by == scope.person.id)
    still_open = offered & invitations.c.closed_at.is_(None)
    withdrawn = (await connection.execute(select(invitations.c.id).where(still_open))).scalars()
    told["invitations"] = sorted(str(each) for each in withdrawn)
    await connection.execute(update(invitations).where(still_open).values(closed_at=now))
    change = Change("company.deleted" if is_going else "member.left", told, None)
    await add_to_trail(connection, company_id, scope.actor, change, now)
