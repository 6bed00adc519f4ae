"""Every write of programs' tokens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.tenancy.actions.happenings import note
from complianceai.tenancy.confirming import check_fresh
from complianceai.tenancy.errors import TokenMissing
from complianceai.tenancy.happenings import What
from complianceai.tenancy.queries import ApiToken, find_company
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token
from complianceai.tenancy.tables import tokens
from complianceai.tenancy.tokens import May, new_api_token


@dataclass(frozen=True, slots=True)
class Wish:
    """A token as somebody wants it; without companies it reaches all of theirs, now and later."""

    name: str
    may: Collection[May]
    days: int
    companies: Collection[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A new token, and the characters of it; they can be told only now."""

    kept: ApiToken
    token: str


async def make_token(database: Database, scope: Scope, wish: Wish, now: datetime) -> Made:
    """A token for a program of the person's.

    Errors: ConfirmYourself; CompanyMissing for a company that is not theirs.
    """
    check_fresh(scope, now)
    token, ends = new_api_token(), now + timedelta(days=wish.days)
    scopes = " ".join(each for each in May if each in wish.may)
    async with database.transaction() as connection:
        for company_id in wish.companies or ():
            await find_company(connection, scope, company_id)
        ids = None if wish.companies is None else sorted({str(each) for each in wish.companies})
        kept = ApiToken(new_id(), wish.name, scopes, ids, now, ends, None)
        row = {name: getattr(kept, name) for name in ApiToken.__slots__}
        await connection.execute(
            insert(tokens).values(**row, person_id=scope.person.id, token_hash=hash_token(token))
        )
        await note(connection, scope, What.TOKEN_MADE, now, wish.name)
    return Made(kept, token)


async def revoke_token(database: Database, scope: Scope, token_id: UUID, now: datetime) -> None:
    """Nothing; the token opens nothing any more.

    Errors: TokenMissing.
    """
    mine = (tokens.c.person_id == scope.person.id) & (tokens.c.id == token_id)
    async with database.transaction() as connection:
        name = (await connection.execute(select(tokens.c.name).where(mine))).scalar_one_or_none()
        if name is None:
            raise TokenMissing
        await connection.execute(delete(tokens).where(mine))
        await note(connection, scope, What.TOKEN_REVOKED, now, name)


async def note_use(database: Database, token_id: UUID, now: datetime) -> None:
    """Nothing; the token has been used now."""
    async with database.transaction() as connection:
        await connection.execute(update(tokens).where(tokens.c.id == token_id).values(last_used_at=now))
