"""`complianceai demo`: a practice to look around in, made of people and companies that do not exist."""

import asyncio
import secrets
import sys

from complianceai.base.clock import utc_now
from complianceai.entry.errors import AlreadyLivedIn
from complianceai.entry.firm import Making, colleagues
from complianceai.entry.settings import Settings, load_settings
from complianceai.entry.workload import Workload
from complianceai.register.tasks import keeping
from complianceai.storage.database import Database
from complianceai.storage.migrate import migrate
from complianceai.tenancy.followers import follow_companies
from complianceai.tenancy.queries import has_people

EMAIL = "dev@example.com"
# Who prepares what Dev approves.
MAKER = "joseph@example.com"


def run() -> None:
    """Nothing; the practice is there, and how to sign in to it is on standard output.

    Errors: BadSettings; AlreadyLivedIn; those of `storage.migrate`.
    """
    password, count = asyncio.run(fill(load_settings()))
    sys.stdout.write(
        f"Dev's practice is ready, with {count} companies. Start the product and sign in:\n"
        f"  e-mail    {EMAIL}\n"
        f"  password  {password}\n"
        f"His colleagues {', '.join(colleagues())} have the same password.\n"
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
    password, now = f"Aa1!{secrets.token_urlsafe(9)}", utc_now()
    follow_companies(keeping.follow)
    practice = Making(database, password, now)
    count = await practice.make()
    await Workload(database, practice.scopes[MAKER], practice.partner, now).fill_all()
    return password, count
