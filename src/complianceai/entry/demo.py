"""`complianceai demo`: a practice to look around in, made of people and companies that do not exist."""

import asyncio
import secrets
import sys

from complianceai.base.clock import utc_now
from complianceai.base.ids import new_id
from complianceai.entry.errors import AlreadyLivedIn
from complianceai.entry.practice import clients
from complianceai.entry.settings import Settings, load_settings
from complianceai.storage.database import Database
from complianceai.storage.migrate import migrate
from complianceai.tenancy import actions
from complianceai.tenancy.queries import find_person, has_people
from complianceai.tenancy.scope import Scope

DEV = "Dev Raghavan"
EMAIL = "dev@example.com"


def run() -> None:
    """Nothing; the practice is there, and how to sign in to it is on standard output.

    Errors: BadSettings; AlreadyLivedIn; those of `storage.migrate`.
    """
    password, count = asyncio.run(fill(load_settings()))
    sys.stdout.write(
        f"Dev's practice is ready, with {count} companies. Start the product and sign in:\n"
        f"  e-mail    {EMAIL}\n"
        f"  password  {password}\n"
    )


async def fill(settings: Settings) -> tuple[str, int]:
    """The password made for Dev, and how many clients he has; made anew each time, so that none is known beforehand.

    Errors: AlreadyLivedIn where anybody has an account; those of `storage.migrate`.
    """
    database = Database(settings.database)
    try:
        await migrate(database)
        async with database.reading() as connection:
            if await has_people(connection):
                raise AlreadyLivedIn(place=database.place)
        return await _fill(database)
    finally:
        await database.close()


async def _fill(database: Database) -> tuple[str, int]:
    now, password = utc_now(), f"Aa1!{secrets.token_urlsafe(9)}"
    dev = actions.Newcomer(DEV, EMAIL, password, "9876543210")
    signed_in = await actions.register(database, dev, actions.Browser(), now)
    await actions.sign_out(database, signed_in.token)
    async with database.reading() as connection:
        person = await find_person(connection, signed_in.person_id)
    assert person is not None  # noqa: S101 - made a moment ago
    profiles = clients()
    for profile in profiles:
        await actions.create_company(database, Scope(person, new_id()), profile, now)
    return password, len(profiles)
