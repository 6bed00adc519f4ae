"""Who comes: registering and signing in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.tenancy.actions.sessions import Browser, open_session
from complianceai.tenancy.errors import EmailTaken, WrongSignIn
from complianceai.tenancy.passwords import hash_new_password, verify_password
from complianceai.tenancy.queries import find_credentials
from complianceai.tenancy.scope import Person
from complianceai.tenancy.tables import people


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who asks for an account, already held to the rules of input."""

    name: str
    email: str
    password: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """Who is signed in from now on, and the token that says so."""

    person_id: UUID
    token: str


async def register(database: Database, newcomer: Newcomer, browser: Browser, now: datetime) -> SignedInAs:
    """A new person, signed in.

    Errors: InvalidInput for a password that is a common one; EmailTaken, also for the later of two who register with
    one e-mail at the same moment.
    """
    # Hashed before anything is looked up, so that the time taken does not tell whether the e-mail is known.
    password_hash = await hash_new_password(newcomer.password, (newcomer.name, newcomer.email))
    person = Person(new_id(), newcomer.name, newcomer.email, newcomer.phone, now)
    try:
        async with database.transaction() as connection:
            await _keep_person(connection, person, password_hash)
            token = await open_session(connection, person.id, browser, now)
    except IntegrityError as error:
        raise EmailTaken from error
    return SignedInAs(person.id, token)


async def sign_in(
    database: Database, email: str, password: str, browser: Browser, now: datetime
) -> SignedInAs:
    """A fresh session; the one that the browser had before is over, so that nobody can have planted it.

    Errors: WrongSignIn, equally and equally slowly for a wrong password and for an e-mail that nobody has.
    """
    async with database.reading() as connection:
        known = await find_credentials(connection, email_key(email))
    is_right, newer_hash = await verify_password(password, known.password_hash if known else None)
    if known is None or not is_right:
        raise WrongSignIn
    async with database.transaction() as connection:
        if newer_hash is not None:
            await connection.execute(
                update(people).where(people.c.id == known.id).values(password_hash=newer_hash)
            )
        token = await open_session(connection, known.id, browser, now)
    return SignedInAs(known.id, token)


def email_key(email: str) -> str:
    """What two spellings of one address have in common."""
    return email.strip().casefold()


async def _keep_person(connection: AsyncConnection, person: Person, password_hash: str) -> None:
    await connection.execute(
        insert(people).values(
            id=person.id,
            name=person.name,
            email=person.email,
            email_key=email_key(person.email),
            phone=person.phone,
            password_hash=password_hash,
            created_at=person.created_at,
            updated_at=person.created_at,
        )
    )
