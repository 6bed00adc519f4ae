"""Help that a person allows: for some hours an operator sees what they see, and each page opened is told to them."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.audit import Change, add_to_trail
from complianceai.storage.database import Database
from complianceai.storage.rows import fetch_one
from complianceai.storage.services import Services
from complianceai.tenancy.actions.happenings import note, note_at_door
from complianceai.tenancy.browsers import Browser
from complianceai.tenancy.confirming import check_fresh
from complianceai.tenancy.happenings import HELPER, What
from complianceai.tenancy.operators.actions import note_deed
from complianceai.tenancy.operators.errors import NoSuchPermit
from complianceai.tenancy.operators.tables import help_permits
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.sessions import hash_token, new_token
from complianceai.tenancy.slowing import count_attempt
from complianceai.tenancy.tables import companies, people, sessions
from complianceai.tenancy.tokens import May

HOURS = (1, 4, 8, 24)
# Ten bytes: within a day and by five attempts a minute nobody guesses it, and it can be read out on the telephone.
CODE_BYTES = 10


@dataclass(frozen=True, slots=True)
class Permit:
    """A permission to help: until when, whether to change anything, and whether somebody has taken it up."""

    id: UUID
    may_change: bool
    ends_at: datetime
    session_id: UUID | None
    helper: str | None


async def allow(database: Database, scope: Scope, hours: int, now: datetime, *, may_change: bool) -> str:
    """The code by which one operator may help, told once; an earlier permission is over.

    Errors: ConfirmYourself.
    """
    check_fresh(scope, now)
    code = secrets.token_hex(CODE_BYTES)
    async with database.transaction() as connection:
        await _end(connection, scope.person.id)
        row = {
            "id": new_id(),
            "person_id": scope.person.id,
            "code_hash": hash_token(code),
            "may_change": may_change,
        }
        await connection.execute(
            insert(help_permits).values(**row, created_at=now, ends_at=now + timedelta(hours=hours))
        )
        await note(connection, scope, What.HELP_ALLOWED, now, f"{hours} h")
    return code


async def withdraw(database: Database, scope: Scope, now: datetime) -> None:
    """Nothing; nobody helps any more, in no open session either."""
    async with database.transaction() as connection:
        if await _end(connection, scope.person.id):
            await note(connection, scope, What.HELP_ENDED, now)


async def find_permit(connection: AsyncConnection, person_id: UUID, now: datetime) -> Permit | None:
    """The permission that the person gave, as long as it lasts."""
    wanted = _permits().where(help_permits.c.person_id == person_id, help_permits.c.ends_at > now)
    return await fetch_one(connection, wanted, Permit)


async def begin(services: Services, scope: Scope, code: str, now: datetime) -> str:
    """The token of a session in which the operator sees what the person sees; it ends with the permission.

    Errors: TooMany; NoSuchPermit, also where somebody has taken it up already.
    """
    mine = str(scope.person.id)
    await count_attempt(services.limiter, f"help {mine}", scope.address, mine)
    token, session_id = new_token(), new_id()
    typed = "".join(each for each in code.lower() if each.isalnum())
    same = (help_permits.c.code_hash == hash_token(typed)) & (help_permits.c.ends_at > now)
    async with services.database.transaction() as connection:
        wanted = select(help_permits.c.id, help_permits.c.person_id, help_permits.c.ends_at)
        found = (await connection.execute(wanted.where(same))).first()
        if found is None or found.person_id == scope.person.id:
            raise NoSuchPermit
        row = {"id": session_id, "token_hash": hash_token(token), "person_id": found.person_id, "way": HELPER}
        times = {"created_at": now, "last_seen_at": now, "expires_at": found.ends_at}
        await connection.execute(insert(sessions).values(**row, **times))
        free = (help_permits.c.id == found.id) & help_permits.c.helper_id.is_(None)
        taken = update(help_permits).where(free).values(helper_id=scope.person.id, session_id=session_id)
        if not (await connection.execute(taken)).rowcount:
            raise NoSuchPermit
        await note_at_door(
            connection, found.person_id, What.HELP_BEGAN, Browser(None), now, scope.person.name
        )
        await note_deed(connection, scope, "help.began", {"person": str(found.person_id)}, now)
    return token


async def held_to_permit(database: Database, scope: Scope, path: str, now: datetime) -> Scope | None:
    """The person's scope as the helper has it, with what was opened told to the person; none where it was withdrawn."""
    async with database.reading() as connection:
        wanted = _permits().where(help_permits.c.session_id == scope.session_id, help_permits.c.ends_at > now)
        found = await fetch_one(connection, wanted, Permit)
    if found is None or found.helper is None:
        return None
    may = frozenset({May.READ, May.WRITE} if found.may_change else {May.READ})
    # Nothing that asks who is there takes the helper for the person.
    held = replace(
        scope, may=may, signed_in_at=None, confirmed_at=None, helper=found.helper, helped_until=found.ends_at
    )
    async with database.transaction() as connection:
        await note_at_door(connection, scope.person.id, What.OPERATOR_LOOKED, Browser(None), now, path)
        company_id = await _company_in(connection, held, path)
        if company_id is not None:
            change = Change("operator.helped", None, {"page": path[:200]})
            await add_to_trail(connection, company_id, held.actor, change, now)
    return held


async def _company_in(connection: AsyncConnection, scope: Scope, path: str) -> UUID | None:
    parts = path.split("/")
    place = parts.index("companies") + 1 if "companies" in parts else len(parts)
    if place >= len(parts):
        return None
    try:
        identity = UUID(parts[place])
    except ValueError:
        return None
    wanted = select(companies.c.id).where(companies.c.id == identity, scope.reaches(companies.c.id))
    found: UUID | None = (await connection.execute(wanted)).scalar_one_or_none()
    return found


def _permits() -> Select[Any]:
    columns = [help_permits.c[name] for name in ("id", "may_change", "ends_at", "session_id")]
    joined = help_permits.outerjoin(people, people.c.id == help_permits.c.helper_id)
    return select(*columns, people.c.name.label("helper")).select_from(joined)


async def _end(connection: AsyncConnection, person_id: UUID) -> int:
    theirs = help_permits.c.person_id == person_id
    open_ones = select(help_permits.c.session_id).where(theirs, help_permits.c.session_id.is_not(None))
    await connection.execute(delete(sessions).where(sessions.c.id.in_(open_ones)))
    return (await connection.execute(delete(help_permits).where(theirs))).rowcount
