"""Every write of passkeys."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.storage.services import Services
from complianceai.tenancy.actions.challenges import Answer, Asked, seal_challenge, take_challenge
from complianceai.tenancy.actions.happenings import note, note_at_door
from complianceai.tenancy.actions.people import hold_person
from complianceai.tenancy.actions.sessions import close_others
from complianceai.tenancy.browsers import Browser
from complianceai.tenancy.confirming import check_fresh
from complianceai.tenancy.happenings import What
from complianceai.tenancy.passkeys import (
    MOST_PASSKEYS,
    NewPasskey,
    Party,
    Shown,
    ask_for_new,
    new_challenge,
    read_new,
)
from complianceai.tenancy.queries import KnownPasskey, Passkey, find_ways, list_passkeys
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import passkeys
from complianceai.tenancy.way_errors import (
    LastWayIn,
    PasskeyMissing,
    PasskeyNeeded,
    PasskeyNotTaken,
    TooManyPasskeys,
)

ADD = "add"


async def ask_for_passkey(services: Services, scope: Scope, party: Party, now: datetime) -> Asked:
    """What the browser needs to make a passkey for the person.

    Errors: ConfirmYourself; TooManyPasskeys.
    """
    check_fresh(scope, now)
    async with services.database.reading() as connection:
        known = await list_passkeys(connection, scope.person.id)
    _check_room(known)
    challenge = new_challenge()
    options = ask_for_new(party, scope.person, challenge, [each.credential_id for each in known])
    return Asked(options, seal_challenge(services, ADD, challenge, str(scope.person.id), now))


async def add_passkey(
    services: Services, scope: Scope, party: Party, name: str, answer: Answer, now: datetime
) -> Passkey:
    """The new passkey, by which the person signs in from now on.

    Errors: ConfirmYourself; UsedAlready; PasskeyNotTaken; TooManyPasskeys.
    """
    check_fresh(scope, now)
    challenge = await take_challenge(services, ADD, answer.state, str(scope.person.id), now)
    made = read_new(party, answer.credential, challenge)
    try:
        async with services.database.transaction() as connection:
            await hold_person(connection, scope.person.id)
            _check_room(await list_passkeys(connection, scope.person.id))
            kept = await _keep(connection, scope, name, made, now)
            await note(connection, scope, What.PASSKEY_ADDED, now, name)
    except IntegrityError as error:
        raise PasskeyNotTaken from error
    return kept


async def rename_passkey(database: Database, scope: Scope, passkey_id: UUID, name: str) -> None:
    """Nothing; the passkey goes by the new name.

    Errors: PasskeyMissing.
    """
    mine = (passkeys.c.person_id == scope.person.id) & (passkeys.c.id == passkey_id)
    async with database.transaction() as connection:
        if (await connection.execute(update(passkeys).where(mine).values(name=name))).rowcount == 0:
            raise PasskeyMissing


async def remove_passkey(database: Database, scope: Scope, passkey_id: UUID, now: datetime) -> None:
    """Nothing; the passkey opens nothing any more, and every other session is over.

    Errors: ConfirmYourself; PasskeyMissing; LastWayIn; PasskeyNeeded.
    """
    check_fresh(scope, now)
    async with database.transaction() as connection:
        await hold_person(connection, scope.person.id)
        known = {each.id: each for each in await list_passkeys(connection, scope.person.id)}
        if passkey_id not in known:
            raise PasskeyMissing
        ways = await find_ways(connection, scope.person.id)
        if ways is None or ways.how_many == 1:
            raise LastWayIn
        if ways.needs_passkey and len(known) == 1:
            raise PasskeyNeeded
        await connection.execute(delete(passkeys).where(passkeys.c.id == passkey_id))
        # Whoever has the lost device may be signed in already.
        await close_others(connection, scope)
        await note(connection, scope, What.PASSKEY_REMOVED, now, known[passkey_id].name)


async def note_showing(connection: AsyncConnection, known: KnownPasskey, shown: Shown, now: datetime) -> bool:
    """Whether the device counted on, or counts nothing; its passkey has been used now.

    A counter that stands still or goes back is the sign of a copy.
    Source: Web Authentication, Level 3, section 7.2, step 22.
    """
    if max(shown.sign_count, known.sign_count) > 0 and shown.sign_count <= known.sign_count:
        return False
    same = (passkeys.c.id == known.id) & (passkeys.c.sign_count == known.sign_count)
    values = {"is_synced": shown.is_synced, "is_backed_up": shown.is_backed_up, "last_used_at": now}
    # Of two that show one count at the same moment one is the copy.
    used = await connection.execute(
        update(passkeys).where(same).values(sign_count=shown.sign_count, **values)
    )
    return used.rowcount == 1


async def note_doubt(database: Database, known: KnownPasskey, browser: Browser, now: datetime) -> None:
    """Nothing; the person's log tells that a passkey of theirs may have been copied."""
    async with database.transaction() as connection:
        await note_at_door(connection, known.person_id, What.PASSKEY_DOUBTED, browser, now, known.name)


def _check_room(known: list[Passkey]) -> None:
    if len(known) >= MOST_PASSKEYS:
        raise TooManyPasskeys(most=MOST_PASSKEYS)


async def _keep(
    connection: AsyncConnection, scope: Scope, name: str, made: NewPasskey, now: datetime
) -> Passkey:
    kept = Passkey(new_id(), name, made.credential_id, made.is_synced, made.is_backed_up, now, None)
    row = {each: getattr(kept, each) for each in Passkey.__slots__}
    secret = {"public_key": made.public_key, "sign_count": made.sign_count}
    await connection.execute(insert(passkeys).values(person_id=scope.person.id, **row, **secret))
    return kept
