"""Every read of programs' tokens."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.scope import Person, Scope
from complianceai.tenancy.sessions import hash_token
from complianceai.tenancy.tables import people, tokens
from complianceai.tenancy.tokens import May


@dataclass(frozen=True, slots=True)
class Token:
    """A token that is good now, and whose it is."""

    token_id: UUID
    scopes: str
    company_ids: list[str] | None
    last_used_at: datetime | None
    id: UUID
    name: str
    email: str
    phone: str | None
    created_at: datetime

    @property
    def scope(self) -> Scope:
        """The scope of the token's person, no wider than the token."""
        person = Person(self.id, self.name, self.email, self.phone, self.created_at)
        return Scope(
            person, token_id=self.token_id, may=_may(self.scopes), companies=_companies(self.company_ids)
        )


@dataclass(frozen=True, slots=True)
class ApiToken:
    """One of a person's tokens as they see it; the token itself is shown once and kept nowhere."""

    id: UUID
    name: str
    scopes: str
    company_ids: list[str] | None
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None

    @property
    def may(self) -> list[May]:
        """What it may be used for, the narrower first."""
        return [each for each in May if each in _may(self.scopes)]


async def find_token(connection: AsyncConnection, token: str, now: datetime) -> Token | None:
    """The token of those characters, or None where it never was, was revoked or is over."""
    wanted = (
        select(tokens.c.id.label("token_id"), tokens.c.scopes, tokens.c.company_ids, tokens.c.last_used_at)
        .add_columns(*(people.c[name] for name in Person.__slots__))
        .join_from(tokens, people)
        .where(tokens.c.token_hash == hash_token(token), tokens.c.expires_at > now)
    )
    return await fetch_one(connection, wanted, Token)


async def list_tokens(connection: AsyncConnection, scope: Scope) -> list[ApiToken]:
    """The person's tokens, the newest first, those that are over as well."""
    wanted = (
        select(*(tokens.c[name] for name in ApiToken.__slots__))
        .where(tokens.c.person_id == scope.person.id)
        .order_by(tokens.c.created_at.desc(), tokens.c.id)
    )
    return await fetch_all(connection, wanted, ApiToken)


def _may(scopes: str) -> frozenset[May]:
    return frozenset(May(each) for each in scopes.split())


def _companies(company_ids: list[str] | None) -> frozenset[UUID] | None:
    return None if company_ids is None else frozenset(UUID(each) for each in company_ids)
