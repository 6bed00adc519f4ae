"""Every write of members and invitations, each in one transaction with its row of the trail."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import new_id
from complianceai.site.mail import send
from complianceai.site.words import marked
from complianceai.storage.audit import Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.storage.services import Services
from complianceai.tenancy.actions import email_key, mark_verified
from complianceai.tenancy.errors import TokenTooNarrow
from complianceai.tenancy.growing import NewPerson, ask_guards
from complianceai.tenancy.membership.errors import AlreadyMember, InvitationMissing, LastOwner
from complianceai.tenancy.membership.letters import is_from_mail, letter_of
from complianceai.tenancy.membership.queries import (
    Invitation,
    Member,
    Offer,
    count_owners,
    find_member,
    find_offer,
    is_member,
    is_open,
    open_invitations,
)
from complianceai.tenancy.policies import (
    GUESTS,
    Role,
    can_give_role,
    check_can_give_role,
    check_can_manage_members,
)
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.queries.addresses import check_verified
from complianceai.tenancy.queries.people import id_of_email
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token, new_token
from complianceai.tenancy.tables import invitations, members
from complianceai.tenancy.tokens import ALL_COMPANIES

INVITATION_LASTS = timedelta(days=7)
AUDITOR_NEEDS_A_DATE = marked("An auditor sees the company until a date. Give the last day, today or later.")
ONLY_AUDITORS_END = marked("Only an auditor's time ends by itself. Leave the last day out.")


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody is to be in a company, and for an auditor the last day of it, in India."""

    role: Role
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation, and the token that opens it; it can be told only now."""

    invitation: Invitation
    token: str


async def invite(
    services: Services, scope: Scope, company_id: UUID, email: str, post: Post, now: datetime
) -> Invited:
    """An invitation for whoever has the e-mail, in place of an earlier one for it; a mail brings it there.

    Errors: CompanyMissing; NotYourRole; InvalidInput for a last day that does not fit the role; AlreadyMember.
    """
    invitation = Invitation(new_id(), email, post.role, post.until, now, now + INVITATION_LASTS)
    token = new_token()
    async with services.database.transaction() as connection:
        await _enter(connection, scope, company_id, post.role)
        _check_term(scope, post)
        if await is_member(connection, company_id, email_key(email)):
            raise AlreadyMember
        # Asked again when they come: an invitation keeps no place.
        known = await id_of_email(connection, email_key(email))
        await _ask_guards(connection, company_id, post.role, known, now)
        await _close_earlier(connection, scope, company_id, email, now)
        await _keep_invitation(connection, scope, company_id, invitation, token)
        company = await find_company(connection, scope, company_id)
        letter = await letter_of(connection, services.sealer, scope, company.name, invitation, token)
        await send(connection, services.sealer, letter, now)
        change = Change("invitation.made", None, _told(invitation))
        await add_to_trail(connection, company_id, scope.actor, change, now)
    return Invited(invitation, token)


async def withdraw_invitation(
    database: Database, scope: Scope, company_id: UUID, invitation_id: UUID, now: datetime
) -> None:
    """Nothing; the link opens nothing any more.

    Errors: CompanyMissing; NotYourRole, also for an invitation to a role that one may not give; InvitationMissing.
    """
    async with database.transaction() as connection:
        company_role = await _enter(connection, scope, company_id)
        known = {each.id: each for each in await open_invitations(connection, scope, company_id, now)}
        if invitation_id not in known:
            raise InvitationMissing
        check_can_give_role(company_role, known[invitation_id].role)
        await _close(connection, scope, company_id, known[invitation_id], now)


async def accept_invitation(
    services: Services, scope: Scope, token: str, now: datetime, proof: str = ""
) -> Offer:
    """What the person is now a member of; the link opens nothing any more.

    With the proof that only the mailed link bears, the person's address is verified by this. Where this server sends no
    mail nobody can verify an address, and to have the link is enough.

    Errors: EmailNotVerified; InvitationMissing; AlreadyMember; TokenTooNarrow for a token of named companies, which
    brings in no other.
    """
    if scope.companies is not None:
        raise TokenTooNarrow(needed=ALL_COMPANIES)
    async with services.database.transaction() as connection:
        offer = await find_offer(connection, scope, token, now)
        if is_from_mail(services.sealer, proof, offer.id, scope.person.email, now):
            await mark_verified(connection, scope.person.id, now)
        elif services.has_mail:
            await check_verified(connection, scope)
        await hold_trail(connection, offer.company_id)
        await _use(connection, offer, now)
        if await is_member(connection, offer.company_id, email_key(scope.person.email)):
            raise AlreadyMember
        await _ask_guards(connection, offer.company_id, offer.role, scope.person.id, now)
        row = {"company_id": offer.company_id, "person_id": scope.person.id, "created_at": now}
        await connection.execute(insert(members).values(**row, role=offer.role.value, until=offer.until))
        member = Member(scope.person.id, scope.person.name, scope.person.email, offer.role, offer.until, now)
        change = Change("member.joined", None, _told(member))
        await add_to_trail(connection, offer.company_id, scope.actor, change, now)
    return offer


async def change_member(
    database: Database, scope: Scope, company_id: UUID, person_id: UUID, post: Post, now: datetime
) -> Member:
    """The member in the new role; invitations of theirs to what they may give no longer are withdrawn.

    Errors: CompanyMissing; NotYourRole, where the old role or the new is not one's to give; MemberMissing;
    InvalidInput for a last day that does not fit the role; LastOwner.
    """
    async with database.transaction() as connection:
        company_role = await _enter(connection, scope, company_id, post.role)
        before = await find_member(connection, scope, company_id, person_id)
        check_can_give_role(company_role, before.role)
        _check_term(scope, post)
        if post.role is not Role.OWNER:
            await _check_not_last_owner(connection, scope, company_id, before)
        if before.role in GUESTS:
            await _ask_guards(connection, company_id, post.role, person_id, now)
        theirs = (members.c.company_id == company_id) & (members.c.person_id == person_id)
        await connection.execute(update(members).where(theirs).values(role=post.role.value, until=post.until))
        after = Member(person_id, before.name, before.email, post.role, post.until, before.created_at)
        await _close_theirs(connection, scope, company_id, person_id, now, post.role)
        change = Change("member.changed", _told(before), _told(after))
        await add_to_trail(connection, company_id, scope.actor, change, now)
    return after


async def remove_member(
    database: Database, scope: Scope, company_id: UUID, person_id: UUID, now: datetime
) -> None:
    """Nothing; the person belongs to the company no longer, and what they offered to others is withdrawn.

    Everybody may leave of their own accord. Errors: CompanyMissing; NotYourRole; MemberMissing; LastOwner.
    """
    async with database.transaction() as connection:
        await hold_trail(connection, company_id)
        company = await find_company(connection, scope, company_id)
        is_leaving = person_id == scope.person.id
        if not is_leaving:
            check_can_manage_members(company.role)
        before = await find_member(connection, scope, company_id, person_id)
        if not is_leaving:
            check_can_give_role(company.role, before.role)
        await _check_not_last_owner(connection, scope, company_id, before)
        await _close_theirs(connection, scope, company_id, person_id, now, None)
        # Last of all the trail, which a leaver reaches no less for being gone.
        await _forget(connection, company_id, person_id)
        change = Change("member.left" if is_leaving else "member.removed", _told(before), None)
        await add_to_trail(connection, company_id, scope.actor, change, now)


async def _enter(
    connection: AsyncConnection, scope: Scope, company_id: UUID, given: Role | None = None
) -> Role:
    """The person's own role, where it lets them manage members and give that role; others wait meanwhile."""
    await hold_trail(connection, company_id)
    company = await find_company(connection, scope, company_id)
    check_can_manage_members(company.role)
    if given is not None:
        check_can_give_role(company.role, given)
    return company.role


async def _ask_guards(
    connection: AsyncConnection, company_id: UUID, role: Role, person_id: UUID | None, now: datetime
) -> None:
    # Who only answers for the company, or looks at it, is no one more at work in it.
    if role not in GUESTS:
        await ask_guards(connection, NewPerson(company_id=company_id, person_id=person_id), now)


def _check_term(scope: Scope, post: Post) -> None:
    if post.role is Role.AUDITOR and (post.until is None or post.until < scope.today):
        raise InvalidInput({"until": AUDITOR_NEEDS_A_DATE})
    if post.role is not Role.AUDITOR and post.until is not None:
        raise InvalidInput({"until": ONLY_AUDITORS_END})


async def _check_not_last_owner(
    connection: AsyncConnection, scope: Scope, company_id: UUID, member: Member
) -> None:
    if member.role is Role.OWNER and await count_owners(connection, scope, company_id) == 1:
        raise LastOwner


async def _keep_invitation(
    connection: AsyncConnection, scope: Scope, company_id: UUID, invitation: Invitation, token: str
) -> None:
    row = {name: getattr(invitation, name) for name in Invitation.__slots__}
    await connection.execute(
        insert(invitations).values(
            **{**row, "role": invitation.role.value},
            company_id=company_id,
            email_key=email_key(invitation.email),
            token_hash=hash_token(token),
            invited_by=scope.person.id,
        )
    )


async def _use(connection: AsyncConnection, offer: Offer, now: datetime) -> None:
    used = await connection.execute(
        update(invitations).where(invitations.c.id == offer.id, is_open(now)).values(closed_at=now)
    )
    # Of two who open one link at the same moment, the later finds it used.
    if used.rowcount == 0:
        raise InvitationMissing


async def _close_earlier(
    connection: AsyncConnection, scope: Scope, company_id: UUID, email: str, now: datetime
) -> None:
    for each in await open_invitations(connection, scope, company_id, now):
        if email_key(each.email) == email_key(email):
            await _close(connection, scope, company_id, each, now)


async def _close_theirs(
    connection: AsyncConnection,
    scope: Scope,
    company_id: UUID,
    person_id: UUID,
    now: datetime,
    role: Role | None,
) -> None:
    """Nothing; what the person offered to others is withdrawn, unless their role from now on lets them offer it."""
    # Else one who is put out could come in again by a link of their own making.
    for each in await open_invitations(connection, scope, company_id, now, invited_by=person_id):
        if role is None or not can_give_role(role, each.role):
            await _close(connection, scope, company_id, each, now)


async def _close(
    connection: AsyncConnection, scope: Scope, company_id: UUID, invitation: Invitation, now: datetime
) -> None:
    await connection.execute(
        update(invitations).where(invitations.c.id == invitation.id).values(closed_at=now)
    )
    change = Change("invitation.withdrawn", _told(invitation), None)
    await add_to_trail(connection, company_id, scope.actor, change, now)


async def _forget(connection: AsyncConnection, company_id: UUID, person_id: UUID) -> None:
    theirs = (members.c.company_id == company_id) & (members.c.person_id == person_id)
    await connection.execute(delete(members).where(theirs))


def _told(who: Member | Invitation) -> dict[str, Any]:
    """What the trail says of a member or of an invitation."""
    told = {
        "email": who.email,
        "role": who.role.value,
        "until": who.until.isoformat() if who.until else None,
    }
    if isinstance(who, Member):
        return {**told, "person": str(who.person_id), "name": who.name}
    return {**told, "invitation": str(who.id), "expires_at": who.expires_at.isoformat()}
