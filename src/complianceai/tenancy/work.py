"""What the worker does about people's accounts: finds out who is meant, makes links, and writes the letters.

It also tells the rooms above of many companies' changes. All else runs in the transaction that marks it as done, so
that a link and the letter it stands in are made once.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.jobs.registry import Registry
from complianceai.jobs.tools import Tools
from complianceai.site.mail import Letter, send
from complianceai.storage.audit import Actor
from complianceai.storage.outbox import Job
from complianceai.storage.rows import fetch_one
from complianceai.tenancy import wishes
from complianceai.tenancy.actions import email_key
from complianceai.tenancy.actions.links import make_link
from complianceai.tenancy.browsers import browser_words
from complianceai.tenancy.followers import tell_followers
from complianceai.tenancy.happenings import WAY_WORDS, WHAT_WORDS, What
from complianceai.tenancy.links import LASTS, PATHS, Purpose
from complianceai.tenancy.queries.addresses import Addressee, find_addressee, find_addressee_by
from complianceai.tenancy.slowing import known_browser
from complianceai.tenancy.tables import happenings


@dataclass(frozen=True, slots=True)
class Told:
    """A happening that its person is to be told of."""

    person_id: UUID
    at: datetime
    what: str
    about: str | None
    address: str | None
    agent: str | None


def add_to(registry: Registry) -> None:
    """Nothing; wishes about accounts are fulfilled from now on."""
    registry.add_inside(wishes.VERIFY, ask_to_verify)
    registry.add_inside(wishes.FORGOT, offer_password)
    registry.add_inside(wishes.MOVE, ask_to_move)
    registry.add_inside(wishes.MOVED, tell_of_move)
    registry.add_inside(wishes.TELL, tell)
    registry.add_outside(wishes.FOLLOW, follow_on)


async def ask_to_verify(connection: AsyncConnection, tools: Tools, job: Job) -> None:
    """Nothing; the person's address was sent a link, unless it is verified by now."""
    person = await _person(connection, job)
    if person is not None and person.verified_at is None:
        await _send_link(connection, tools, person, Purpose.VERIFY, person.email)


async def offer_password(connection: AsyncConnection, tools: Tools, job: Job) -> None:
    """Nothing; whoever has the e-mail was sent a link to choose a password."""
    person = await find_addressee_by(connection, job.payload["email_key"])
    if person is not None:
        await _send_link(connection, tools, person, Purpose.RESET, person.email)


async def ask_to_move(connection: AsyncConnection, tools: Tools, job: Job) -> None:
    """Nothing; the new address was sent a link and the present one told; whoever has the new one was told instead."""
    person, email = await _person(connection, job), str(job.payload["email"])
    if person is None:
        return
    other = await find_addressee_by(connection, email_key(email))
    if other is not None and other.id != person.id:
        await _send(connection, tools, other, "taken", other.email)
        return
    await _send_link(connection, tools, person, Purpose.MOVE, email)
    await _send(connection, tools, person, "moving", person.email, {"address": email})


async def tell_of_move(connection: AsyncConnection, tools: Tools, job: Job) -> None:
    """Nothing; the address of before was sent a link to undo the change."""
    person = await _person(connection, job)
    if person is not None:
        before = str(job.payload["before"])
        await _send_link(connection, tools, person, Purpose.UNDO, before, {"address": person.email})


async def follow_on(tools: Tools, job: Job) -> None:
    """Nothing; whoever keeps something of the companies knows of the change, each in a transaction of its own."""
    person = job.payload["person"]
    actor = Actor(None if person is None else UUID(person), job.payload["name"])
    for company_id in job.payload["companies"]:
        async with tools.database.transaction() as connection:
            await tell_followers(connection, UUID(company_id), actor, tools.clock())


async def tell(connection: AsyncConnection, tools: Tools, job: Job) -> None:
    """Nothing; the person was told what happened, unless they did it in a browser that is known to be theirs."""
    columns = [happenings.c[name] for name in Told.__slots__]
    wanted = select(*columns).where(happenings.c.id == UUID(job.payload["happening"]))
    told = await fetch_one(connection, wanted, Told)
    person = None if told is None else await find_addressee(connection, told.person_id)
    if told is None or person is None or _is_expected(tools, person, told, job):
        return
    about = None if told.what == What.SIGNED_IN else told.about
    values = {
        "what": WHAT_WORDS[told.what],
        "about": about,
        "way": WAY_WORDS.get(told.about or "") if told.what == What.SIGNED_IN else None,
        "at": told.at.isoformat(),
        "browser": browser_words(told.agent) if told.agent else None,
        "place": told.address,
    }
    await _send(connection, tools, person, "told", person.email, values)


def _is_expected(tools: Tools, person: Addressee, told: Told, job: Job) -> bool:
    if told.what != What.SIGNED_IN:
        return False
    # Who has just signed up knows that they are signed in.
    if told.at == person.created_at:
        return True
    mark, account = job.payload["mark"], email_key(person.email)
    return known_browser(tools.sealer, mark, account, told.at) is not None


async def _person(connection: AsyncConnection, job: Job) -> Addressee | None:
    return await find_addressee(connection, UUID(job.payload["person"]))


async def _send_link(
    connection: AsyncConnection,
    tools: Tools,
    person: Addressee,
    purpose: Purpose,
    to: str,
    values: dict[str, str] | None = None,
) -> None:
    now = tools.clock()
    token = await make_link(connection, person.id, purpose, to, now)
    letter = Letter(
        f"tenancy/mail/{purpose.value}.html",
        to,
        person.name,
        person.language,
        values={"path": PATHS[purpose], **(values or {})},
        secrets={"token": token},
        until=now + LASTS[purpose],
    )
    await send(connection, tools.sealer, letter, now)


async def _send(
    connection: AsyncConnection,
    tools: Tools,
    person: Addressee,
    template: str,
    to: str,
    values: dict[str, str | None] | None = None,
) -> None:
    letter = Letter(f"tenancy/mail/{template}.html", to, person.name, person.language, values or {})
    await send(connection, tools.sealer, letter, tools.clock())
