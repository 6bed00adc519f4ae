"""Every write of people, sessions and companies, each in one short transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.audit import Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.tenancy.errors import CompanyChanged, EmailTaken, WrongSignIn
from complianceai.tenancy.facts import facts_of
from complianceai.tenancy.passwords import hash_password, verify_password
from complianceai.tenancy.policies import Role, check_can_edit_company
from complianceai.tenancy.queries import Company, find_company, find_credentials
from complianceai.tenancy.scope import Person, Scope
from complianceai.tenancy.sessions import ABSOLUTE_LIMIT, hash_token, new_token, oldest_sight
from complianceai.tenancy.tables import companies, members, people, sessions


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who asks for an account, already held to the rules of input."""

    name: str
    email: str
    password: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a sign-in comes from, and the session that its browser had until now."""

    address: str | None = None
    agent: str | None = None
    old_token: str | None = None


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """Who is signed in from now on, and the token that says so."""

    person_id: UUID
    token: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a company: a new profile, another name, or both; and the version that it was made on, if told."""

    new_profile: Mapping[str, Any] | None = None
    name: str | None = None
    version: int | None = None

    def profile(self, company: Company) -> dict[str, Any]:
        """The company's profile after the change."""
        profile = dict(company.profile if self.new_profile is None else self.new_profile)
        name = self.name or profile.get("name") or company.name
        return {**profile, "name": name}


async def register(database: Database, newcomer: Newcomer, browser: Browser, now: datetime) -> SignedInAs:
    """A new person, signed in.

    Errors: EmailTaken, also for the later of two who register with one e-mail at the same moment.
    """
    # Hashed before anything is looked up, so that the time taken does not tell whether the e-mail is known.
    password_hash = await hash_password(newcomer.password)
    person = Person(new_id(), newcomer.name, newcomer.email, newcomer.phone, now)
    try:
        async with database.transaction() as connection:
            await _keep_person(connection, person, password_hash)
            token = await _open_session(connection, person.id, browser, now)
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
        token = await _open_session(connection, known.id, browser, now)
    return SignedInAs(known.id, token)


async def sign_out(database: Database, token: str) -> None:
    """Nothing; the session of that token is over, here and in every copy of the cookie."""
    async with database.transaction() as connection:
        await connection.execute(delete(sessions).where(sessions.c.token_hash == hash_token(token)))


async def note_sight(database: Database, session_id: UUID, now: datetime) -> None:
    """Nothing; the session has been seen now."""
    async with database.transaction() as connection:
        await connection.execute(update(sessions).where(sessions.c.id == session_id).values(last_seen_at=now))


async def create_company(
    database: Database, scope: Scope, profile: Mapping[str, Any], now: datetime
) -> Company:
    """A new company, owned by the person; its name is the profile's.

    Errors: InvalidInput with the path of each fault of the profile.
    """
    async with database.transaction() as connection:
        return await add_company(connection, scope, profile, now)


async def edit_company(
    database: Database, scope: Scope, company_id: UUID, edit: Edit, now: datetime
) -> Company:
    """The company with the new profile in place of the old.

    Errors: CompanyMissing; NotYourRole; InvalidInput; CompanyChanged where it is no longer at the version given.
    """
    async with database.transaction() as connection:
        return await change_company(connection, scope, company_id, edit, now)


async def add_company(
    connection: AsyncConnection, scope: Scope, profile: Mapping[str, Any], now: datetime
) -> Company:
    """`create_company` as part of a transaction that keeps more."""
    facts = facts_of(profile)
    company = Company(new_id(), facts.name, facts.gstin, facts.profile, 1, now, now, Role.OWNER)
    await _keep_company(connection, scope, company)
    change = Change("company.created", None, {**_told(company), "owner": str(scope.person.id)})
    await add_to_trail(connection, company.id, scope.actor, change, now)
    return company


async def change_company(
    connection: AsyncConnection, scope: Scope, company_id: UUID, edit: Edit, now: datetime
) -> Company:
    """`edit_company` as part of a transaction that keeps more."""
    # Whoever waits here sees what the one before has made of it.
    await hold_trail(connection, company_id)
    company = await find_company(connection, scope, company_id)
    check_can_edit_company(company.role)
    if edit.version not in {None, company.version}:
        raise CompanyChanged(version=company.version)
    facts = facts_of(edit.profile(company))
    await connection.execute(
        update(companies)
        .where(companies.c.id == company_id)
        .values(
            name=facts.name,
            gstin=facts.gstin,
            profile=facts.profile,
            version=company.version + 1,
            updated_at=now,
            updated_by=scope.person.id,
        )
    )
    after = await find_company(connection, scope, company_id)
    change = Change("company.edited", _told(company), _told(after))
    await add_to_trail(connection, company_id, scope.actor, change, now)
    return after


def email_key(email: str) -> str:
    """What two spellings of one address have in common."""
    return email.strip().casefold()


def _told(company: Company) -> dict[str, Any]:
    """What the trail says of a company; its name and GSTIN stand in the profile too, as the person gave them."""
    return {"name": company.name, "version": company.version, "profile": dict(company.profile)}


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


async def _open_session(connection: AsyncConnection, person_id: UUID, browser: Browser, now: datetime) -> str:
    if browser.old_token is not None:
        await connection.execute(
            delete(sessions).where(sessions.c.token_hash == hash_token(browser.old_token))
        )
    is_over = (sessions.c.expires_at <= now) | (sessions.c.last_seen_at <= oldest_sight(now))
    await connection.execute(delete(sessions).where(sessions.c.person_id == person_id, is_over))
    token = new_token()
    await connection.execute(
        insert(sessions).values(
            id=new_id(),
            token_hash=hash_token(token),
            person_id=person_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + ABSOLUTE_LIMIT,
            address=browser.address,
            agent=browser.agent,
        )
    )
    return token


async def _keep_company(connection: AsyncConnection, scope: Scope, company: Company) -> None:
    await connection.execute(
        insert(companies).values(
            id=company.id,
            name=company.name,
            gstin=company.gstin,
            profile=company.profile,
            version=company.version,
            created_at=company.created_at,
            created_by=scope.person.id,
            updated_at=company.updated_at,
            updated_by=scope.person.id,
        )
    )
    await connection.execute(
        insert(members).values(
            company_id=company.id,
            person_id=scope.person.id,
            role=company.role.value,
            created_at=company.created_at,
        )
    )
