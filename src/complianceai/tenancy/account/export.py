"""Everything that is kept of a person, as one object."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.audit import audit
from complianceai.tenancy.practice_tables import practice_invitations, practice_members, practices
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import (
    companies,
    elsewhere,
    factors,
    happenings,
    invitations,
    members,
    passkeys,
    sessions,
    tokens,
)

# What opens something is no fact about the person, and would be no safer in a file.
SECRETS = {"token_hash", "secret", "last_step", "public_key", "credential_id", "sign_count"}


Exporter: TypeAlias = Callable[[AsyncConnection, Scope], Awaitable[list[dict[str, Any]]]]

# A room imports only rooms below it, so those above add what is theirs; `entry` says who they are.
_others: dict[str, Exporter] = {}


def export_with(name: str, exporter: Exporter) -> None:
    """Nothing; from now on what a room above keeps of a person stands in their export under that name."""
    _others[name] = exporter


async def export_person(connection: AsyncConnection, scope: Scope) -> dict[str, Any]:
    """The person with their sessions, tokens, companies, invitations and all that they did, in the wire's names."""
    mine, person = scope.person.id, scope.person
    theirs = select(companies.c.name, members).join_from(members, companies)
    statements = {
        "sessions": select(sessions).where(sessions.c.person_id == mine).order_by(sessions.c.created_at),
        "secondFactor": select(factors).where(factors.c.person_id == mine),
        "tokens": select(tokens).where(tokens.c.person_id == mine).order_by(tokens.c.created_at),
        "passkeys": select(passkeys).where(passkeys.c.person_id == mine).order_by(passkeys.c.created_at),
        "accountsElsewhere": select(elsewhere).where(elsewhere.c.person_id == mine).order_by(elsewhere.c.id),
        "happenings": select(happenings).where(happenings.c.person_id == mine).order_by(happenings.c.at),
        "memberships": theirs.where(members.c.person_id == mine).order_by(members.c.created_at),
        "practices": select(practices.c.name, practice_members)
        .join_from(practice_members, practices)
        .where(practice_members.c.person_id == mine)
        .order_by(practice_members.c.created_at),
        "practiceInvitationsMade": select(practice_invitations).where(
            practice_invitations.c.invited_by == mine
        ),
        "companies": select(companies).where(companies.c.created_by == mine, scope.reaches(companies.c.id)),
        "invitationsMade": select(invitations).where(invitations.c.invited_by == mine),
        "deeds": select(audit).where(audit.c.person_id == mine).order_by(audit.c.at),
    }
    told: dict[str, Any] = {
        "person": {name: getattr(person, name) for name in ("id", "name", "email", "phone", "created_at")}
    }
    for name, statement in statements.items():
        rows = (await connection.execute(statement)).mappings()
        told[name] = [{key: value for key, value in row.items() if key not in SECRETS} for row in rows]
    for name, exporter in _others.items():
        told[name] = await exporter(connection, scope)
    return told
