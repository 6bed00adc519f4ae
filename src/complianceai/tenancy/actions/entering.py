"""Signing in with a passkey, alone or after the password, and showing by one again who one is."""

from datetime import datetime

from complianceai.storage.services import Services
from complianceai.tenancy.actions.challenges import Answer, Asked, seal_challenge, take_challenge
from complianceai.tenancy.actions.passkeys import note_doubt, note_showing
from complianceai.tenancy.actions.passwords import mark_confirmed
from complianceai.tenancy.actions.people import SignedInAs
from complianceai.tenancy.actions.sessions import open_session
from complianceai.tenancy.actions.signing_in import holder_of_step
from complianceai.tenancy.browsers import Browser
from complianceai.tenancy.errors import NotByToken
from complianceai.tenancy.happenings import Way
from complianceai.tenancy.passkeys import (
    Party,
    Shown,
    ask_for_known,
    check_known,
    handle_of,
    named_in,
    new_challenge,
)
from complianceai.tenancy.queries import KnownPasskey, find_passkey, list_passkeys
from complianceai.tenancy.scope import Person, Scope
from complianceai.tenancy.way_errors import PasskeyMissing, PasskeyNotTaken, PasskeyRefused

ENTER, STEP, CONFIRM = "enter", "step", "confirm"
NOBODY = "-"


async def ask_for_entry(services: Services, party: Party, step: str | None, now: datetime) -> Asked:
    """What the browser is asked at the door: any passkey for this site; after the password, one of that person's.

    Errors: NotSignedIn where the step is over; PasskeyMissing where that person has none.
    """
    challenge = new_challenge()
    if step is None:
        options = ask_for_known(party, challenge, [], verified=True)
        return Asked(options, seal_challenge(services, ENTER, challenge, NOBODY, now))
    person = await holder_of_step(services, step, now)
    return await _ask_of(services, party, person, STEP, now)


async def enter_by_passkey(
    services: Services, party: Party, answer: Answer, browser: Browser, now: datetime
) -> SignedInAs:
    """A fresh session of whoever the passkey is; their device knew them, so no second step follows.

    Errors: UsedAlready; PasskeyRefused.
    """
    challenge = await take_challenge(services, ENTER, answer.state, NOBODY, now)
    known, shown = await _check(services, party, answer, challenge, verified=True)
    # Found without a name, the passkey itself must say whose it is.
    if named_in(answer.credential)[1] != handle_of(known.person_id.bytes):
        raise PasskeyRefused
    return await _enter(services, known, shown, browser, now, Way.PASSKEY)


async def take_second_step_by_passkey(
    services: Services, party: Party, step: str, answer: Answer, browser: Browser, now: datetime
) -> SignedInAs:
    """A fresh session, for who showed the password within the last five minutes and shows a passkey now.

    Errors: NotSignedIn; UsedAlready; PasskeyRefused.
    """
    person = await holder_of_step(services, step, now)
    challenge = await take_challenge(services, STEP, answer.state, str(person.id), now)
    known, shown = await _check(services, party, answer, challenge, verified=False)
    if known.person_id != person.id:
        raise PasskeyRefused
    return await _enter(services, known, shown, browser, now, Way.PASSWORD_AND_PASSKEY)


async def ask_to_confirm(services: Services, scope: Scope, party: Party, now: datetime) -> Asked:
    """What the browser of somebody signed in is asked to show again who they are.

    Errors: PasskeyMissing where they have none.
    """
    return await _ask_of(services, party, scope.person, CONFIRM, now)


async def confirm_by_passkey(
    services: Services, scope: Scope, party: Party, answer: Answer, now: datetime
) -> str:
    """The session's new token; the person has shown now who they are.

    Errors: NotByToken; UsedAlready; PasskeyNotTaken.
    """
    if scope.session_id is None:
        raise NotByToken
    challenge = await take_challenge(services, CONFIRM, answer.state, str(scope.person.id), now)
    try:
        known, shown = await _check(services, party, answer, challenge, verified=True)
    except PasskeyRefused as error:
        raise PasskeyNotTaken from error
    if known.person_id != scope.person.id:
        raise PasskeyNotTaken
    async with services.database.transaction() as connection:
        if await note_showing(connection, known, shown, now):
            return await mark_confirmed(connection, scope, Way.PASSKEY, now)
    await note_doubt(services.database, known, Browser(scope.address), now)
    raise PasskeyNotTaken


async def _ask_of(services: Services, party: Party, person: Person, purpose: str, now: datetime) -> Asked:
    async with services.database.reading() as connection:
        known = await list_passkeys(connection, person.id)
    if not known:
        raise PasskeyMissing
    challenge = new_challenge()
    names = [each.credential_id for each in known]
    options = ask_for_known(party, challenge, names, verified=purpose == CONFIRM)
    return Asked(options, seal_challenge(services, purpose, challenge, str(person.id), now))


async def _check(
    services: Services, party: Party, answer: Answer, challenge: str, *, verified: bool
) -> tuple[KnownPasskey, Shown]:
    name, _ = named_in(answer.credential)
    async with services.database.reading() as connection:
        known = await find_passkey(connection, name)
    if known is None:
        raise PasskeyRefused
    try:
        return known, check_known(party, answer.credential, challenge, known.public_key, verified=verified)
    except PasskeyNotTaken as error:
        raise PasskeyRefused from error


async def _enter(
    services: Services, known: KnownPasskey, shown: Shown, browser: Browser, now: datetime, way: Way
) -> SignedInAs:
    token = None
    async with services.database.transaction() as connection:
        if await note_showing(connection, known, shown, now):
            token = await open_session(connection, known.person_id, browser, now, way)
    if token is None:
        await note_doubt(services.database, known, browser, now)
        raise PasskeyRefused
    return SignedInAs(known.person_id, token, known.email)
