"""Every write of accounts elsewhere: coming in by one, linking it, and taking it away again."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.storage.services import Services
from complianceai.tenancy.actions.addresses import mark_verified
from complianceai.tenancy.actions.happenings import note, note_at_door
from complianceai.tenancy.actions.passwords import mark_confirmed
from complianceai.tenancy.actions.people import SignedInAs, email_key, hold_person, welcome
from complianceai.tenancy.actions.sessions import close_others
from complianceai.tenancy.actions.signing_in import ask_for_second_step, enter
from complianceai.tenancy.actions.spending import spend
from complianceai.tenancy.browsers import Browser
from complianceai.tenancy.confirming import check_fresh
from complianceai.tenancy.happenings import Way, What
from complianceai.tenancy.inputs import Email
from complianceai.tenancy.openid.naming import name_of
from complianceai.tenancy.openid.provider import Identity, Provider
from complianceai.tenancy.queries import (
    Linked,
    find_credentials,
    find_linked,
    find_person,
    find_ways,
    list_linked,
)
from complianceai.tenancy.scope import Person, Scope
from complianceai.tenancy.tables import elsewhere
from complianceai.tenancy.way_errors import (
    ElsewhereMissing,
    ElsewhereNotInvited,
    ElsewhereRefused,
    ElsewhereTaken,
    ElsewhereUnverified,
    LastWayIn,
    UsedAlready,
)

PURPOSE = "link elsewhere"
LASTS = timedelta(minutes=10)
_email = TypeAdapter[str](Email)


@dataclass(frozen=True, slots=True)
class LinkFirst:
    """Somebody here has that e-mail: they show that they are that person, once, and the accounts are linked."""

    email: str
    # Serves for `read_pending`.
    pending: str


async def enter_from_elsewhere(
    services: Services, provider: Provider, identity: Identity, browser: Browser, now: datetime
) -> SignedInAs | LinkFirst:
    """A fresh session of whoever has linked the account, or of a new person; or that the two must be linked first.

    Errors: NeedsCode where a second step is on; ElsewhereUnverified; ElsewhereNotInvited; UsedAlready where the same
    person comes twice at one moment.
    """
    async with services.database.reading() as connection:
        linked = await find_linked(connection, identity.issuer, identity.subject)
    if linked is not None:
        return await _enter(services, linked, browser, now)
    email = _verified_email(provider, identity)
    async with services.database.reading() as connection:
        known = await find_credentials(connection, email_key(email))
    # Whoever has the address at the provider need not be whoever has the account here.
    if known is not None:
        return LinkFirst(email, seal_pending(services, identity, "", now))
    return await _sign_up(services, provider, identity, email, browser, now)


def seal_pending(services: Services, identity: Identity, whose: str, now: datetime) -> str:
    """What shows for ten minutes that somebody came from that account; `whose` is the person who was signed in."""
    return services.sealer.seal(PURPOSE, json.dumps({**asdict(identity), "whose": whose}), now)


def read_pending(services: Services, pending: str, whose: str, now: datetime) -> Identity:
    """The account that waits to be linked with that person's, or at the door with whoever has its e-mail.

    Errors: UsedAlready where it is over, or another's.
    """
    told = services.sealer.unseal(PURPOSE, pending, now, LASTS)
    found = json.loads(told) if told else {"whose": None}
    if found.pop("whose") != whose:
        raise UsedAlready
    return Identity(**found)


async def link_at_door(
    services: Services,
    signed_in: SignedInAs,
    identity: Identity,
    pending: str,
    browser: Browser,
    now: datetime,
) -> None:
    """Nothing; whoever has just signed in by their password comes by that account from now on.

    Errors: UsedAlready; ElsewhereRefused where they are not who has its e-mail; ElsewhereTaken.
    """
    async with services.database.reading() as connection:
        person = await find_person(connection, signed_in.person_id)
    if person is None or email_key(person.email) != email_key(identity.email or ""):
        raise ElsewhereRefused(name=identity.issuer)
    await spend(services.database, pending, now, LASTS)
    try:
        async with services.database.transaction() as connection:
            await _keep(connection, person.id, identity, now)
            # It is the person's own address, and the provider has verified it.
            await mark_verified(connection, person.id, now)
            await note_at_door(connection, person.id, What.LINKED, browser, now, identity.email)
    except IntegrityError as error:
        raise ElsewhereTaken from error


async def link(services: Services, scope: Scope, pending: str, now: datetime) -> None:
    """Nothing; the person comes by that account from now on.

    Errors: ConfirmYourself; UsedAlready; ElsewhereTaken.
    """
    check_fresh(scope, now)
    identity = read_pending(services, pending, str(scope.person.id), now)
    await spend(services.database, pending, now, LASTS)
    try:
        async with services.database.transaction() as connection:
            await _keep(connection, scope.person.id, identity, now)
            await note(connection, scope, What.LINKED, now, identity.email)
    except IntegrityError as error:
        raise ElsewhereTaken from error


async def unlink(database: Database, scope: Scope, linked_id: UUID, now: datetime) -> None:
    """Nothing; that account opens nothing here any more, and every other session is over.

    Errors: ConfirmYourself; ElsewhereMissing; LastWayIn.
    """
    check_fresh(scope, now)
    async with database.transaction() as connection:
        await hold_person(connection, scope.person.id)
        known = {each.id: each for each in await list_linked(connection, scope.person.id)}
        if linked_id not in known:
            raise ElsewhereMissing
        ways = await find_ways(connection, scope.person.id)
        if ways is None or ways.how_many == 1:
            raise LastWayIn
        await connection.execute(delete(elsewhere).where(elsewhere.c.id == linked_id))
        await close_others(connection, scope)
        await note(connection, scope, What.UNLINKED, now, known[linked_id].email)


async def confirm_from_elsewhere(services: Services, scope: Scope, identity: Identity, now: datetime) -> str:
    """The session's new token; the person has shown now who they are.

    Errors: ElsewhereMissing where the account is none of theirs.
    """
    async with services.database.transaction() as connection:
        linked = await find_linked(connection, identity.issuer, identity.subject)
        if linked is None or linked.person_id != scope.person.id:
            raise ElsewhereMissing
        return await mark_confirmed(connection, scope, Way.ELSEWHERE, now)


async def _enter(services: Services, linked: Linked, browser: Browser, now: datetime) -> SignedInAs:
    async with services.database.transaction() as connection:
        same = elsewhere.c.id == linked.id
        await connection.execute(update(elsewhere).where(same).values(last_used_at=now))
        ways = await find_ways(connection, linked.person_id)
        person = await find_person(connection, linked.person_id)
    if ways is None or person is None:
        raise UsedAlready
    # What the provider asked for we do not know; the second step here is asked for here.
    if ways.step_since is not None:
        raise await ask_for_second_step(services, person.id, now)
    return await enter(services, person.id, person.email, browser, now, Way.ELSEWHERE)


def _verified_email(provider: Provider, identity: Identity) -> str:
    if identity.email is None or not identity.is_verified:
        raise ElsewhereUnverified(name=provider.name)
    try:
        return _email.validate_python(identity.email)
    except ValidationError as error:
        raise ElsewhereUnverified(name=provider.name) from error


async def _sign_up(
    services: Services, provider: Provider, identity: Identity, email: str, browser: Browser, now: datetime
) -> SignedInAs:
    domain = email.rpartition("@")[2].lower()
    if provider.domains and domain not in provider.domains:
        raise ElsewhereNotInvited(domain=domain)
    person = Person(new_id(), name_of(identity.name, email), email, None, now)
    try:
        async with services.database.transaction() as connection:
            token = await welcome(connection, person, "", browser, now, Way.ELSEWHERE)
            await _keep(connection, person.id, identity, now)
    except IntegrityError as error:
        raise UsedAlready from error
    return SignedInAs(person.id, token, person.email)


async def _keep(connection: AsyncConnection, person_id: UUID, identity: Identity, now: datetime) -> None:
    kept = {"issuer": identity.issuer, "subject": identity.subject}
    email = identity.email[:100] if identity.email else None
    row = {"id": new_id(), "person_id": person_id, **kept, "email": email}
    await connection.execute(insert(elsewhere).values(**row, created_at=now, last_used_at=now))
