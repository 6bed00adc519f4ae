"""Every read of a practice's invitations, to people and to the owners of companies."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.actions import email_key
from complianceai.tenancy.policies import PracticeRole
from complianceai.tenancy.practice.errors import PracticeInvitationMissing
from complianceai.tenancy.practice.policies import PracticeDeed, can, can_give_practice_role
from complianceai.tenancy.practice_tables import practice_invitations, practice_members, practices
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token


@dataclass(frozen=True, slots=True)
class PracticeInvitation:
    """An invitation that can still be accepted; without a role it asks for a client."""

    id: UUID
    email: str
    role: PracticeRole | None
    created_at: datetime
    expires_at: datetime

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "role", None if self.role is None else PracticeRole(self.role))


@dataclass(frozen=True, slots=True)
class PracticeOffer:
    """An invitation as the invited person sees it: into a practice, or without a role to become its client."""

    id: UUID
    practice_id: UUID
    practice: str
    role: PracticeRole | None
    inviters_role: PracticeRole
    expires_at: datetime

    def __post_init__(self) -> None:
        # A row holds the plain words.
        object.__setattr__(self, "role", None if self.role is None else PracticeRole(self.role))
        object.__setattr__(self, "inviters_role", PracticeRole(self.inviters_role))

    @property
    def is_good(self) -> bool:
        """Whether whoever made it could make it still."""
        mine = self.inviters_role
        return (
            can(mine, PracticeDeed.ADD_CLIENTS)
            if self.role is None
            else can_give_practice_role(mine, self.role)
        )


async def open_invitations(
    connection: AsyncConnection, scope: Scope, practice_id: UUID, now: datetime, *, to_clients: bool
) -> list[PracticeInvitation]:
    """The practice's invitations that can still be accepted, the latest first."""
    is_to_client = practice_invitations.c.role.is_(None)
    wanted = (
        select(*(practice_invitations.c[name] for name in PracticeInvitation.__slots__))
        .where(practice_invitations.c.practice_id == practice_id, is_open(now))
        .where(is_to_client if to_clients else ~is_to_client)
        .where(scope.is_in(practice_invitations.c.practice_id))
        .order_by(practice_invitations.c.created_at.desc(), practice_invitations.c.id)
    )
    return await fetch_all(connection, wanted, PracticeInvitation)


async def find_practice_offer(
    connection: AsyncConnection, scope: Scope, token: str, now: datetime
) -> PracticeOffer:
    """What the person is invited to by the link with that token.

    Errors: PracticeInvitationMissing, alike for a token of nobody's, one that is used or over, one for another e-mail,
    and one whose maker has left the practice or could not make it any more.
    """
    wanted = (
        select(practice_invitations.c.id, practice_invitations.c.practice_id, practice_invitations.c.role)
        .add_columns(practices.c.name.label("practice"), practice_members.c.role.label("inviters_role"))
        .add_columns(practice_invitations.c.expires_at)
        .join_from(practice_invitations, practices)
        .join(
            practice_members,
            (practice_members.c.practice_id == practice_invitations.c.practice_id)
            & (practice_members.c.person_id == practice_invitations.c.invited_by),
        )
        .where(practice_invitations.c.token_hash == hash_token(token), is_open(now))
        .where(practice_invitations.c.email_key == email_key(scope.person.email))
    )
    found = await fetch_one(connection, wanted, PracticeOffer)
    if found is None or not found.is_good:
        raise PracticeInvitationMissing
    return found


def is_open(now: datetime) -> ColumnElement[bool]:
    """The condition that an invitation can still be accepted."""
    return practice_invitations.c.closed_at.is_(None) & (practice_invitations.c.expires_at > now)
