"""Every write of second factors."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.database import Database
from complianceai.storage.sealing import Sealer
from complianceai.storage.services import Services
from complianceai.tenancy.actions.happenings import note
from complianceai.tenancy.actions.passwords import confirm_password
from complianceai.tenancy.actions.sessions import close_others
from complianceai.tenancy.confirming import check_fresh
from complianceai.tenancy.errors import FactorIsOff, FactorIsOn, WrongCode
from complianceai.tenancy.factors import hash_code, new_codes, new_secret, step_of_code
from complianceai.tenancy.happenings import What
from complianceai.tenancy.queries import Factor, find_factor, find_ways
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.slowing import count_attempt
from complianceai.tenancy.tables import factors, recovery_codes
from complianceai.tenancy.way_errors import PasskeyMissing

PURPOSE = "factor"
# Of a second step that rests on passkeys: no code of an app opens it.
NO_APP = ""


@dataclass(frozen=True, slots=True)
class NewFactor:
    """A secret for the person's app, told once; it is asked for only after its first code was given."""

    secret: str


async def begin_factor(services: Services, scope: Scope, password: str, now: datetime) -> NewFactor:
    """A new secret in place of one that was never confirmed.

    Errors: InvalidInput for a wrong password; TooMany; FactorIsOn.
    """
    await confirm_password(services, scope, password)
    secret, mine = new_secret(), factors.c.person_id == scope.person.id
    async with services.database.transaction() as connection:
        known = await find_factor(connection, scope.person.id)
        if known is not None and known.confirmed_at is not None:
            raise FactorIsOn
        await connection.execute(delete(factors).where(mine))
        row = {"person_id": scope.person.id, "secret": services.sealer.seal(PURPOSE, secret, now)}
        await connection.execute(insert(factors).values(**row, created_at=now, last_step=0))
    return NewFactor(secret)


async def confirm_factor(services: Services, scope: Scope, code: str, now: datetime) -> list[str]:
    """The recovery codes, told once; from now on signing in takes two steps, and other sessions are over.

    Errors: TooMany; FactorIsOff where none was begun; FactorIsOn; WrongCode.
    """
    await count_attempt(services.limiter, f"factor {scope.person.id}", scope.address, str(scope.person.id))
    mine, codes = factors.c.person_id == scope.person.id, new_codes()
    async with services.database.transaction() as connection:
        known = await find_factor(connection, scope.person.id)
        if known is None:
            raise FactorIsOff
        if known.confirmed_at is not None:
            raise FactorIsOn
        step = _step(services.sealer, known, code, now)
        await connection.execute(update(factors).where(mine).values(confirmed_at=now, last_step=step))
        await _keep_codes(connection, scope.person.id, codes)
        await close_others(connection, scope)
        await note(connection, scope, What.STEP_ON, now)
    return codes


async def rest_on_passkeys(services: Services, scope: Scope, now: datetime) -> list[str]:
    """The recovery codes, told once; from now on a password asks for one of the person's passkeys after it.

    Errors: ConfirmYourself; FactorIsOn; PasskeyMissing where they have none.
    """
    check_fresh(scope, now)
    mine, codes = factors.c.person_id == scope.person.id, new_codes()
    async with services.database.transaction() as connection:
        await connection.execute(delete(factors).where(mine, factors.c.confirmed_at.is_(None)))
        ways = await find_ways(connection, scope.person.id)
        if ways is None or ways.passkeys == 0:
            raise PasskeyMissing
        if ways.step_since is not None:
            raise FactorIsOn
        row = {"person_id": scope.person.id, "secret": NO_APP, "created_at": now, "confirmed_at": now}
        await connection.execute(insert(factors).values(**row, last_step=0))
        await _keep_codes(connection, scope.person.id, codes)
        await close_others(connection, scope)
        await note(connection, scope, What.STEP_ON, now)
    return codes


async def renew_codes(services: Services, scope: Scope, password: str) -> list[str]:
    """New recovery codes, told once; those before them open nothing any more.

    Errors: InvalidInput for a wrong password; TooMany; FactorIsOff.
    """
    await confirm_password(services, scope, password)
    codes = new_codes()
    async with services.database.transaction() as connection:
        known = await find_factor(connection, scope.person.id)
        if known is None or known.confirmed_at is None:
            raise FactorIsOff
        await _keep_codes(connection, scope.person.id, codes)
        await note(connection, scope, What.CODES_RENEWED, services.clock())
    return codes


async def end_factor(services: Services, scope: Scope, password: str) -> None:
    """Nothing; signing in takes the password alone.

    Errors: InvalidInput for a wrong password; TooMany.
    """
    await confirm_password(services, scope, password)
    async with services.database.transaction() as connection:
        gone = await connection.execute(delete(factors).where(factors.c.person_id == scope.person.id))
        await _keep_codes(connection, scope.person.id, [])
        if gone.rowcount:
            await note(connection, scope, What.STEP_OFF, services.clock())


async def take_code(
    connection: AsyncConnection, sealer: Sealer, person_id: UUID, code: str, now: datetime
) -> None:
    """Nothing; the code of the app, or a recovery code, has been used and serves no second time.

    Errors: WrongCode.
    """
    theirs = (recovery_codes.c.person_id == person_id) & (recovery_codes.c.code_hash == hash_code(code))
    if (await connection.execute(delete(recovery_codes).where(theirs))).rowcount == 1:
        return
    known = await find_factor(connection, person_id)
    if known is None or known.confirmed_at is None:
        raise WrongCode
    step = _step(sealer, known, code, now)
    # Of two who give one code at the same moment one finds it taken.
    unused = (factors.c.person_id == person_id) & (factors.c.last_step < step)
    # Sealed anew by the key of today, so that an earlier one can be put away in time.
    secret = sealer.seal(PURPOSE, sealer.unseal(PURPOSE, known.secret, now) or "", now)
    taken = await connection.execute(update(factors).where(unused).values(last_step=step, secret=secret))
    if taken.rowcount == 0:
        raise WrongCode


async def secret_being_set_up(database: Database, sealer: Sealer, scope: Scope, now: datetime) -> str | None:
    """The secret that waits for its first code, or None."""
    async with database.reading() as connection:
        known = await find_factor(connection, scope.person.id)
    if known is None or known.confirmed_at is not None:
        return None
    return sealer.unseal(PURPOSE, known.secret, now)


def _step(sealer: Sealer, known: Factor, code: str, now: datetime) -> int:
    secret = sealer.unseal(PURPOSE, known.secret, now)
    step = None if secret is None else step_of_code(secret, code, now, known.last_step)
    if step is None:
        raise WrongCode
    return step


async def _keep_codes(connection: AsyncConnection, person_id: UUID, codes: list[str]) -> None:
    await connection.execute(delete(recovery_codes).where(recovery_codes.c.person_id == person_id))
    rows = [{"person_id": person_id, "code_hash": hash_code(code)} for code in codes]
    if rows:
        await connection.execute(insert(recovery_codes), rows)
