"""How people are invited into a practice, and the owners of companies to become its clients."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.site.mail import send
from complianceai.storage.audit import Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.storage.services import Services
from complianceai.tenancy.actions import email_key
from complianceai.tenancy.actions.addresses import mark_verified
from complianceai.tenancy.errors import TokenTooNarrow
from complianceai.tenancy.growing import NewPerson, ask_guards
from complianceai.tenancy.policies import PracticeRole
from complianceai.tenancy.practice.actions.engaging import engage_own
from complianceai.tenancy.practice.actions.people import told_of
from complianceai.tenancy.practice.actions.practices import enter
from complianceai.tenancy.practice.errors import AlreadyColleague, PracticeInvitationMissing
from complianceai.tenancy.practice.letters import is_from_mail, letter_of
from complianceai.tenancy.practice.policies import PracticeDeed, check_can_give_practice_role
from complianceai.tenancy.practice.queries.offers import (
    PracticeInvitation,
    PracticeOffer,
    find_practice_offer,
    is_open,
    open_invitations,
)
from complianceai.tenancy.practice.queries.people import Colleague, has_colleague
from complianceai.tenancy.practice.queries.practices import Practice
from complianceai.tenancy.practice_tables import practice_invitations, practice_members
from complianceai.tenancy.queries.addresses import check_verified
from complianceai.tenancy.queries.people import id_of_email
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token, new_token
from complianceai.tenancy.tokens import ALL_COMPANIES

INVITATION_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class InvitedToPractice:
    """A new invitation, the practice it is from, and the token that opens it; it can be told only now."""

    invitation: PracticeInvitation
    practice: Practice
    token: str


async def invite_colleague(
    services: Services, scope: Scope, practice_id: UUID, email: str, role: PracticeRole, now: datetime
) -> InvitedToPractice:
    """An invitation into the practice for whoever has the e-mail, in place of an earlier one; a mail brings it there.

    Errors: PracticeMissing; NotYourPracticeRole; AlreadyColleague.
    """
    async with services.database.transaction() as connection:
        practice = await enter(connection, scope, practice_id, PracticeDeed.MANAGE_PEOPLE)
        check_can_give_practice_role(practice.role, role)
        if await has_colleague(connection, practice_id, email_key(email)):
            raise AlreadyColleague
        # Asked again when they come: an invitation keeps no place.
        known = await id_of_email(connection, email_key(email))
        await ask_guards(connection, NewPerson(practice_id=practice_id, person_id=known), now)
        return await _invite(connection, services, scope, practice, email, role, now)


async def invite_client(
    services: Services, scope: Scope, practice_id: UUID, email: str, now: datetime
) -> InvitedToPractice:
    """An invitation for the owner of a company to give it into the practice's care; a mail brings it there.

    Errors: PracticeMissing; NotYourPracticeRole.
    """
    async with services.database.transaction() as connection:
        practice = await enter(connection, scope, practice_id, PracticeDeed.ADD_CLIENTS)
        return await _invite(connection, services, scope, practice, email, None, now)


async def withdraw_invitation(
    database: Database, scope: Scope, practice_id: UUID, invitation_id: UUID, now: datetime
) -> None:
    """Nothing; the link opens nothing any more.

    Errors: PracticeMissing; NotYourPracticeRole; PracticeInvitationMissing.
    """
    async with database.transaction() as connection:
        practice = await enter(connection, scope, practice_id, PracticeDeed.ADD_CLIENTS)
        known = {
            each.id: each
            for to_clients in (True, False)
            for each in await open_invitations(connection, scope, practice_id, now, to_clients=to_clients)
        }
        if invitation_id not in known:
            raise PracticeInvitationMissing
        role = known[invitation_id].role
        if role is not None:
            check_can_give_practice_role(practice.role, role)
        await _close(connection, scope, practice_id, known[invitation_id], now)


async def join_practice(
    services: Services, scope: Scope, token: str, now: datetime, proof: str = ""
) -> PracticeOffer:
    """The practice that the person belongs to now; the link opens nothing any more.

    Errors: PracticeInvitationMissing, for a link to become a client as well; EmailNotVerified; AlreadyColleague;
    TokenTooNarrow.
    """
    async with services.database.transaction() as connection:
        offer = await _open(connection, services, scope, token, proof, now)
        if offer.role is None:
            raise PracticeInvitationMissing
        await let_in(connection, scope, offer.practice_id, offer.role, now)
    return offer


async def let_in(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, role: PracticeRole, now: datetime
) -> None:
    """Nothing; the person belongs to the practice, whoever has invited them to that role.

    Errors: AlreadyColleague.
    """
    person = scope.person
    if await has_colleague(connection, practice_id, email_key(person.email)):
        raise AlreadyColleague
    await ask_guards(connection, NewPerson(practice_id=practice_id, person_id=person.id), now)
    row = {"practice_id": practice_id, "person_id": person.id, "role": role.value}
    await connection.execute(insert(practice_members).values(**row, created_at=now))
    joined = Colleague(person.id, person.name, person.email, role, now)
    change = Change("practice_member.joined", None, told_of(joined))
    await add_to_trail(connection, practice_id, scope.actor, change, now)


async def become_client(
    services: Services, scope: Scope, token: str, company_id: UUID, now: datetime, proof: str = ""
) -> PracticeOffer:
    """The practice that looks after the person's company now; the link opens nothing any more.

    Errors: PracticeInvitationMissing, for a link into the practice as well; EmailNotVerified; CompanyMissing;
    NotTheOwner; LookedAfterAlready; TokenTooNarrow.
    """
    async with services.database.transaction() as connection:
        offer = await _open(connection, services, scope, token, proof, now)
        if offer.role is not None:
            raise PracticeInvitationMissing
        await engage_own(connection, scope, offer.practice_id, company_id, now)
    return offer


async def _open(
    connection: AsyncConnection, services: Services, scope: Scope, token: str, proof: str, now: datetime
) -> PracticeOffer:
    """What the link offers; it opens nothing any more, and others who change the practice wait meanwhile."""
    if scope.companies is not None:
        raise TokenTooNarrow(needed=ALL_COMPANIES)
    offer = await find_practice_offer(connection, scope, token, now)
    if is_from_mail(services.sealer, proof, offer.id, scope.person.email, now):
        await mark_verified(connection, scope.person.id, now)
    elif services.has_mail:
        await check_verified(connection, scope)
    await hold_trail(connection, offer.practice_id)
    await _use(connection, offer, now)
    return offer


async def _invite(  # noqa: PLR0913, PLR0917 - who, into what, as what, and by which services
    connection: AsyncConnection,
    services: Services,
    scope: Scope,
    practice: Practice,
    email: str,
    role: PracticeRole | None,
    now: datetime,
) -> InvitedToPractice:
    earlier = await open_invitations(connection, scope, practice.id, now, to_clients=role is None)
    for each in earlier:
        if email_key(each.email) == email_key(email):
            await _close(connection, scope, practice.id, each, now)
    invitation = PracticeInvitation(new_id(), email, role, now, now + INVITATION_LASTS)
    token = new_token()
    row = {name: getattr(invitation, name) for name in PracticeInvitation.__slots__}
    await connection.execute(
        insert(practice_invitations).values(
            **{**row, "role": None if role is None else role.value},
            practice_id=practice.id,
            email_key=email_key(email),
            token_hash=hash_token(token),
            invited_by=scope.person.id,
        )
    )
    letter = await letter_of(connection, services.sealer, scope, practice.name, invitation, token)
    await send(connection, services.sealer, letter, now)
    change = Change("practice_invitation.made", None, _told(invitation))
    await add_to_trail(connection, practice.id, scope.actor, change, now)
    return InvitedToPractice(invitation, practice, token)


async def _use(connection: AsyncConnection, offer: PracticeOffer, now: datetime) -> None:
    mine = practice_invitations.c.id == offer.id
    used = await connection.execute(
        update(practice_invitations).where(mine, is_open(now)).values(closed_at=now)
    )
    # Of two who open one link at the same moment, the later finds it used.
    if used.rowcount == 0:
        raise PracticeInvitationMissing


async def _close(
    connection: AsyncConnection,
    scope: Scope,
    practice_id: UUID,
    invitation: PracticeInvitation,
    now: datetime,
) -> None:
    mine = practice_invitations.c.id == invitation.id
    await connection.execute(update(practice_invitations).where(mine).values(closed_at=now))
    change = Change("practice_invitation.withdrawn", _told(invitation), None)
    await add_to_trail(connection, practice_id, scope.actor, change, now)


def _told(invitation: PracticeInvitation) -> dict[str, Any]:
    return {
        "invitation": str(invitation.id),
        "email": invitation.email,
        "role": "client" if invitation.role is None else invitation.role.value,
        "expires_at": invitation.expires_at.isoformat(),
    }
