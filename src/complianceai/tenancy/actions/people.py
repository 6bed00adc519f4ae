"""Who comes for the first time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.storage.deeds import Deed, note_done
from complianceai.tenancy.actions.happenings import note_at_door
from complianceai.tenancy.actions.sessions import open_session
from complianceai.tenancy.browsers import Browser
from complianceai.tenancy.errors import EmailTaken
from complianceai.tenancy.happenings import Way, What
from complianceai.tenancy.passwords import hash_new_password
from complianceai.tenancy.scope import Person
from complianceai.tenancy.tables import people
from complianceai.tenancy.wishes import wish_to_verify


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who asks for an account, already held to the rules of input."""

    name: str
    email: str
    password: str
    phone: str | None = None
    # Whether their steps may be counted: nobody is taken to agree by saying nothing.
    may_count: bool = False


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """Who is signed in from now on, and the token that says so."""

    person_id: UUID
    token: str
    email: str


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
            token = await welcome(connection, person, password_hash, browser, now, Way.PASSWORD)
            if newcomer.may_count:
                note_done(connection, Deed("counting.agreed", person.id, None, now))
    except IntegrityError as error:
        raise EmailTaken from error
    return SignedInAs(person.id, token, person.email)


def email_key(email: str) -> str:
    """What two spellings of one address have in common."""
    return email.strip().casefold()


async def welcome(
    connection: AsyncConnection, person: Person, password_hash: str, browser: Browser, now: datetime, way: Way
) -> str:
    """The token of the first session of a new person; without a hash they have no password."""
    # A provider elsewhere has verified the address before it says whose it is.
    verified_at = now if way is Way.ELSEWHERE else None
    await _keep_person(connection, person, password_hash, browser.language, verified_at)
    if verified_at is None:
        await wish_to_verify(connection, person.id, now)
    await note_at_door(connection, person.id, What.SIGNED_UP, browser, now)
    return await open_session(connection, person.id, browser, now, way)


async def hold_person(connection: AsyncConnection, person_id: UUID) -> None:
    """Nothing; until the transaction ends nobody else changes the ways into that person's account.

    Otherwise two changes at one moment could each take the last way but one.
    """
    await connection.execute(update(people).where(people.c.id == person_id).values(id=person_id))


async def _keep_person(
    connection: AsyncConnection,
    person: Person,
    password_hash: str,
    language: str,
    verified_at: datetime | None,
) -> None:
    await connection.execute(
        insert(people).values(
            id=person.id,
            name=person.name,
            email=person.email,
            email_key=email_key(person.email),
            phone=person.phone,
            password_hash=password_hash,
            language=language,
            verified_at=verified_at,
            created_at=person.created_at,
            updated_at=person.created_at,
        )
    )
