"""Signing in: the password, and the second step where there is one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import structlog
from sqlalchemy import update

from complianceai.base.ids import read_id
from complianceai.storage.services import Services
from complianceai.tenancy.actions.factors import take_code
from complianceai.tenancy.actions.happenings import note_at_door
from complianceai.tenancy.actions.people import SignedInAs, email_key
from complianceai.tenancy.actions.sessions import open_session
from complianceai.tenancy.browsers import Browser
from complianceai.tenancy.errors import NeedsCode, NotSignedIn, WrongCode, WrongSignIn
from complianceai.tenancy.happenings import Way, What
from complianceai.tenancy.passwords import verify_password
from complianceai.tenancy.queries import (
    Credentials,
    find_credentials,
    find_password_hash,
    find_person,
    find_ways,
)
from complianceai.tenancy.scope import Person
from complianceai.tenancy.slowing import count_attempt, known_browser, mark_browser
from complianceai.tenancy.tables import people

log = structlog.get_logger(__name__)

STEP_LASTS = timedelta(minutes=5)
PURPOSE = "second step"


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody signs in with; the code where they know that it will be asked for."""

    email: str
    password: str
    code: str | None = None


async def sign_in(services: Services, given: Given, browser: Browser, now: datetime) -> SignedInAs:
    """A fresh session; the one that the browser had before is over, so that nobody can have planted it.

    Errors: TooMany; WrongSignIn, equally and equally slowly for a wrong password and for an e-mail that nobody has;
    NeedsCode where a second step is on and no code was given, whose `step` serves for `take_second_step`; WrongCode.
    """
    known = await _check_password(services, given, browser, now)
    if known.confirmed_at is None:
        return await enter(services, known.id, given.email, browser, now, Way.PASSWORD)
    if given.code is None:
        raise await ask_for_second_step(services, known.id, now)
    return await _enter_with_code(services, known.id, given.email, browser, now, given.code)


async def ask_for_second_step(services: Services, person_id: UUID, now: datetime) -> NeedsCode:
    """The question for the second step, after the first was taken; `passkey` is whether one of those serves."""
    async with services.database.reading() as connection:
        ways = await find_ways(connection, person_id)
    if ways is None:
        raise NotSignedIn
    step = services.sealer.seal(PURPOSE, f"{person_id} {_mark_of(ways.password_hash)}", now)
    return NeedsCode(step=step, passkey=ways.passkeys > 0)


async def holder_of_step(services: Services, step: str, now: datetime) -> Person:
    """Who took the first step within the last five minutes.

    Errors: NotSignedIn where the step is over, or the password was changed since.
    """
    told = services.sealer.unseal(PURPOSE, step, now, STEP_LASTS) or ""
    person_id = read_id(told.partition(" ")[0])
    if person_id is None:
        raise NotSignedIn
    async with services.database.reading() as connection:
        password_hash = await find_password_hash(connection, person_id)
        person = await find_person(connection, person_id)
    if person is None or password_hash is None or told.partition(" ")[2] != _mark_of(password_hash):
        raise NotSignedIn
    return person


async def take_second_step(
    services: Services, step: str, code: str, browser: Browser, now: datetime
) -> SignedInAs:
    """A fresh session, for who showed the password within the last five minutes and shows the code now.

    Errors: NotSignedIn where the step is over, or the password was changed since; TooMany; WrongCode.
    """
    person = await holder_of_step(services, step, now)
    return await _enter_with_code(services, person.id, person.email, browser, now, code)


async def enter(
    services: Services, person_id: UUID, email: str, browser: Browser, now: datetime, way: Way
) -> SignedInAs:
    """A fresh session of somebody who has shown all that there is to show."""
    async with services.database.transaction() as connection:
        token = await open_session(connection, person_id, browser, now, way)
    return SignedInAs(person_id, token, email)


def mark_for(services: Services, signed_in: SignedInAs, now: datetime) -> str:
    """What makes the browser known from now on as one of the person's."""
    return mark_browser(services.sealer, email_key(signed_in.email), now)


async def _check_password(services: Services, given: Given, browser: Browser, now: datetime) -> Credentials:
    account = email_key(given.email)
    name = known_browser(services.sealer, browser.mark, account, now)
    attempt = await count_attempt(services.limiter, account, browser.address, name)
    async with services.database.reading() as connection:
        known = await find_credentials(connection, account)
    is_right, newer_hash = await verify_password(given.password, known.password_hash if known else None)
    if known is None or not is_right:
        # The account by a hash: by its own name the log would tell who has one.
        mark = sha256(account.encode()).hexdigest()[:16]
        log.warning("sign_in.refused", account=mark, is_known=known is not None, address=browser.address)
        raise WrongSignIn
    await attempt.forgive()
    if newer_hash is not None:
        async with services.database.transaction() as connection:
            mine = people.c.id == known.id
            await connection.execute(update(people).where(mine).values(password_hash=newer_hash))
    return known


async def _enter_with_code(
    services: Services, person_id: UUID, email: str, browser: Browser, now: datetime, code: str
) -> SignedInAs:
    name = known_browser(services.sealer, browser.mark, email_key(email), now)
    attempt = await count_attempt(services.limiter, f"code {email_key(email)}", browser.address, name)
    try:
        async with services.database.transaction() as connection:
            await take_code(connection, services.sealer, person_id, code, now)
            token = await open_session(connection, person_id, browser, now, Way.CODE)
    except WrongCode:
        # Whoever got so far knows the password: its owner should hear of it.
        async with services.database.transaction() as connection:
            await note_at_door(connection, person_id, What.CODE_REFUSED, browser, now)
        raise
    await attempt.forgive()
    return SignedInAs(person_id, token, email)


def _mark_of(password_hash: str) -> str:
    return sha256(password_hash.encode()).hexdigest()[:16]
