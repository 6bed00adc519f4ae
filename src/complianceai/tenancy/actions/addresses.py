"""Every write of people's e-mail addresses: verified, changed, and changed back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.storage.database import Database
from complianceai.storage.services import Services
from complianceai.tenancy.actions.happenings import note_at_door
from complianceai.tenancy.actions.links import drop_links, use_link
from complianceai.tenancy.actions.passwords import confirm_password
from complianceai.tenancy.actions.people import email_key, hold_person
from complianceai.tenancy.address_errors import EmailIsVerified, LinkOver, MailIsOff
from complianceai.tenancy.browsers import Browser
from complianceai.tenancy.errors import EmailTaken
from complianceai.tenancy.happenings import What
from complianceai.tenancy.links import Purpose
from complianceai.tenancy.queries.addresses import Link, find_addressee
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tables import people, sessions, tokens
from complianceai.tenancy.wishes import wish_for_password, wish_to_move, wish_to_tell_of_move, wish_to_verify

# Whoever waits for a mail asks again; nobody needs twenty.
MAILS = "5/hour"


async def ask_to_verify(services: Services, scope: Scope, now: datetime) -> None:
    """Nothing; another link that verifies the person's address will be sent to it.

    Errors: MailIsOff; TooMany; EmailIsVerified.
    """
    check_mail(services)
    await services.limiter.count("verify", str(scope.person.id), rate=MAILS)
    async with services.database.transaction() as connection:
        person = await find_addressee(connection, scope.person.id)
        if person is None or person.verified_at is not None:
            raise EmailIsVerified
        await wish_to_verify(connection, person.id, now)


async def verify(database: Database, token: str, now: datetime) -> None:
    """Nothing; the address that the link was sent to is known to be its person's, if it is still the account's.

    Errors: LinkOver.
    """
    async with database.transaction() as connection:
        link = await use_link(connection, token, Purpose.VERIFY, now)
        same = (people.c.id == link.person_id) & (people.c.email == link.email)
        if (await connection.execute(update(people).where(same).values(verified_at=now))).rowcount == 0:
            raise LinkOver


async def ask_to_move(services: Services, scope: Scope, email: str, password: str, now: datetime) -> None:
    """Nothing; the new address will be sent a link, and is the account's once that is opened.

    The answer is the same where somebody else has that address. Errors: MailIsOff; InvalidInput for a wrong password;
    ConfirmYourself; TooMany.
    """
    check_mail(services)
    await confirm_password(services, scope, password)
    await services.limiter.count("move", str(scope.person.id), rate=MAILS)
    async with services.database.transaction() as connection:
        await wish_to_move(connection, scope.person.id, email, now)


async def move(database: Database, token: str, browser: Browser, now: datetime) -> None:
    """Nothing; the address that the link was sent to is the account's from now on, and the one before is told.

    Errors: LinkOver; EmailTaken where somebody registered with it meanwhile.
    """
    try:
        async with database.transaction() as connection:
            link = await use_link(connection, token, Purpose.MOVE, now)
            person = await find_addressee(connection, link.person_id)
            if person is None:
                raise LinkOver
            await _give(connection, link, now)
            await note_at_door(
                connection, person.id, What.EMAIL_CHANGED, browser, now, f"{person.email} → {link.email}"
            )
            await wish_to_tell_of_move(connection, person.id, person.email, now)
    except IntegrityError as error:
        raise EmailTaken from error


async def undo_move(database: Database, token: str, browser: Browser, now: datetime) -> None:
    """Nothing; the account has the address of before, and nobody is in it: sessions, tokens and password are gone.

    A link to choose a new password is sent to that address. Who had a second step or passkeys has them still.
    Errors: LinkOver; EmailTaken where somebody else registered with it meanwhile.
    """
    try:
        async with database.transaction() as connection:
            link = await use_link(connection, token, Purpose.UNDO, now)
            await hold_person(connection, link.person_id)
            await _give(connection, link, now)
            mine = people.c.id == link.person_id
            await connection.execute(update(people).where(mine).values(password_hash=""))
            for table in (sessions, tokens):
                await connection.execute(delete(table).where(table.c.person_id == link.person_id))
            await note_at_door(
                connection, link.person_id, What.EMAIL_CHANGED, browser, now, f"→ {link.email}"
            )
            await wish_for_password(connection, email_key(link.email), now)
    except IntegrityError as error:
        raise EmailTaken from error


async def keep_language(database: Database, scope: Scope, language: str) -> None:
    """Nothing; mails to the person are written in that language from now on."""
    async with database.transaction() as connection:
        mine = people.c.id == scope.person.id
        await connection.execute(update(people).where(mine).values(language=language))


async def mark_verified(connection: AsyncConnection, person_id: UUID, now: datetime) -> None:
    """Nothing; mail to the person's address is known to reach them, since now where it was not before."""
    unknown = (people.c.id == person_id) & people.c.verified_at.is_(None)
    await connection.execute(update(people).where(unknown).values(verified_at=now))


def check_mail(services: Services) -> None:
    """Nothing, where this server sends mail.

    Errors: MailIsOff.
    """
    if not services.has_mail:
        raise MailIsOff


async def _give(connection: AsyncConnection, link: Link, now: datetime) -> None:
    """Nothing; the account has the link's address, and links about another one open nothing any more."""
    values = {"email": link.email, "email_key": email_key(link.email), "verified_at": now, "updated_at": now}
    await connection.execute(update(people).where(people.c.id == link.person_id).values(values))
    await drop_links(connection, link.person_id, Purpose.VERIFY, Purpose.MOVE, Purpose.RESET)
