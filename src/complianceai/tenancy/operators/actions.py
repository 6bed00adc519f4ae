"""Every write about those who run the site, and the trail of their looks, which its tenants see."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.audit import Actor, Change, add_to_trail, add_to_trails
from complianceai.storage.database import Database
from complianceai.storage.services import Services
from complianceai.tenancy.actions import Answer, confirm_by_passkey, email_key
from complianceai.tenancy.actions.factors import take_code
from complianceai.tenancy.actions.happenings import note, note_at_door
from complianceai.tenancy.actions.passwords import mark_confirmed
from complianceai.tenancy.browsers import Browser
from complianceai.tenancy.errors import WrongCode
from complianceai.tenancy.happenings import Way, What
from complianceai.tenancy.operators.errors import NobodyToGrant, NoOperator
from complianceai.tenancy.operators.tables import operator_steps, operators
from complianceai.tenancy.passkeys import Party
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.slowing import count_attempt
from complianceai.tenancy.tables import people

# The trail of what operators do, chained like a company's and verified with them.
OPERATORS_TRAIL = UUID("00000000-0000-7000-8000-6f7065726174")
COMMAND_LINE = Actor(None, None)


async def grant(database: Database, email: str, now: datetime) -> bool:
    """Whether the person runs the site only from now on; they are told by mail.

    Errors: NobodyToGrant.
    """
    try:
        async with database.transaction() as connection:
            person_id = await _person_of(connection, email)
            await connection.execute(insert(operators).values(person_id=person_id, granted_at=now))
            await _note_change(connection, person_id, What.OPERATOR_MADE, "operator.granted", now)
    except IntegrityError:
        return False
    return True


async def revoke(database: Database, email: str, now: datetime) -> None:
    """Nothing; the person runs the site no more, in no open session either; they are told by mail.

    Errors: NobodyToGrant; NoOperator.
    """
    async with database.transaction() as connection:
        person_id = await _person_of(connection, email)
        gone = delete(operators).where(operators.c.person_id == person_id)
        if not (await connection.execute(gone)).rowcount:
            raise NoOperator
        await _note_change(connection, person_id, What.OPERATOR_UNMADE, "operator.revoked", now)


async def step_by_code(services: Services, scope: Scope, code: str, now: datetime) -> str:
    """The session's new token; the console is open in it for a while.

    Errors: TooMany; WrongCode.
    """
    mine = str(scope.person.id)
    attempt = await count_attempt(services.limiter, f"operator {mine}", scope.address, mine)
    try:
        async with services.database.transaction() as connection:
            await take_code(connection, services.sealer, scope.person.id, code, now)
            token = await mark_confirmed(connection, scope, Way.CODE, now)
            await _keep_step(connection, scope, now)
    except WrongCode:
        async with services.database.transaction() as connection:
            await note(connection, scope, What.CODE_REFUSED, now)
        raise
    await attempt.forgive()
    return token


async def step_by_passkey(
    services: Services, scope: Scope, party: Party, answer: Answer, now: datetime
) -> str:
    """The session's new token; the console is open in it for a while.

    Errors: UsedAlready; PasskeyNotTaken.
    """
    token = await confirm_by_passkey(services, scope, party, answer, now)
    async with services.database.transaction() as connection:
        await _keep_step(connection, scope, now)
    return token


async def note_look(
    database: Database,
    scope: Scope,
    what: str,
    now: datetime,
    *,
    companies: Collection[UUID] = (),
    people: Collection[UUID] = (),
) -> None:
    """Nothing; each company's trail and each person's log tells that an operator looked, and the operators' trail too.

    `what` names what was looked at, such as "documents", and nothing of what stands there.
    """
    async with database.transaction() as connection:
        await add_look(connection, scope, what, now, companies=companies, people=people)


async def add_look(
    connection: AsyncConnection,
    scope: Scope,
    what: str,
    now: datetime,
    *,
    companies: Collection[UUID] = (),
    people: Collection[UUID] = (),
) -> None:
    """`note_look` as part of a transaction that does more."""
    told = Change("operator.looked", None, {"what": what})
    # Where an operator sits is no tenant's business: their name is, and the request by which the log has the rest.
    seen = Actor(scope.person.id, scope.person.name, None, scope.request_id)
    await add_to_trails(connection, seen, dict.fromkeys(companies, told), now)
    for person_id in people:
        await note_at_door(connection, person_id, What.OPERATOR_LOOKED, Browser(None), now, what)
    named = {"companies": sorted(map(str, companies)), "people": sorted(map(str, people))}
    whole = Change("operator.looked", None, {"what": what, **named})
    await add_to_trail(connection, OPERATORS_TRAIL, scope.actor, whole, now)


async def note_deed(
    connection: AsyncConnection, scope: Scope, deed: str, told: dict[str, object], now: datetime
) -> None:
    """Nothing; the operators' trail tells of something that they did to the site itself."""
    await add_to_trail(connection, OPERATORS_TRAIL, scope.actor, Change(deed, None, told), now)


async def _keep_step(connection: AsyncConnection, scope: Scope, now: datetime) -> None:
    same = operator_steps.c.session_id == scope.session_id
    await connection.execute(delete(operator_steps).where(same))
    await connection.execute(insert(operator_steps).values(session_id=scope.session_id, at=now))


async def _person_of(connection: AsyncConnection, email: str) -> UUID:
    wanted = select(people.c.id).where(people.c.email_key == email_key(email))
    found: UUID | None = (await connection.execute(wanted)).scalar_one_or_none()
    if found is None:
        raise NobodyToGrant
    return found


async def _note_change(
    connection: AsyncConnection, person_id: UUID, what: What, deed: str, now: datetime
) -> None:
    await note_at_door(connection, person_id, what, Browser(None), now)
    change = Change(deed, None, {"person": str(person_id)})
    await add_to_trail(connection, OPERATORS_TRAIL, COMMAND_LINE, change, now)
