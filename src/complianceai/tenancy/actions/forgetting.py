"""A forgotten password: a link is asked for, and with it a new one is chosen."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, update

from complianceai.storage.services import Services
from complianceai.tenancy.actions.addresses import check_mail
from complianceai.tenancy.actions.happenings import note_at_door
from complianceai.tenancy.actions.links import drop_links, use_link
from complianceai.tenancy.actions.people import email_key
from complianceai.tenancy.address_errors import LinkOver
from complianceai.tenancy.browsers import Browser
from complianceai.tenancy.happenings import What
from complianceai.tenancy.links import Purpose
from complianceai.tenancy.passwords import hash_new_password
from complianceai.tenancy.queries.addresses import find_addressee, find_link
from complianceai.tenancy.tables import people, sessions
from complianceai.tenancy.wishes import wish_for_password

# For an address that nobody has as for one that somebody has.
MAILS = "3/hour"


async def ask_for_password(services: Services, email: str, now: datetime) -> None:
    """Nothing; whoever has that e-mail, if anybody, will be sent a link.

    Alike and equally fast for every e-mail: who has it is looked up by the worker. Errors: MailIsOff; TooMany.
    """
    check_mail(services)
    key = email_key(email)
    await services.limiter.count("forgot", sha256(key.encode()).hexdigest()[:32], rate=MAILS)
    async with services.database.transaction() as connection:
        await wish_for_password(connection, key, now)


async def choose_password(
    services: Services, token: str, password: str, browser: Browser, now: datetime
) -> None:
    """Nothing; the password is the person's, and every session of theirs is over. A second step stays as it was.

    Whoever opened the link reads the mail of that address, so it is verified by that.
    Errors: LinkOver; InvalidInput where the password is a common one, by which the link is not used up.
    """
    async with services.database.reading() as connection:
        link = await find_link(connection, token, Purpose.RESET, now)
        person = await find_addressee(connection, link.person_id)
    if person is None:
        raise LinkOver
    password_hash = await hash_new_password(password, (person.name, person.email))
    async with services.database.transaction() as connection:
        await use_link(connection, token, Purpose.RESET, now)
        mine = (people.c.id == person.id) & (people.c.email == link.email)
        values = {"password_hash": password_hash, "verified_at": now, "updated_at": now}
        if (await connection.execute(update(people).where(mine).values(values))).rowcount == 0:
            raise LinkOver
        await connection.execute(delete(sessions).where(sessions.c.person_id == person.id))
        await drop_links(connection, person.id, Purpose.MOVE)
        await note_at_door(connection, person.id, What.PASSWORD_CHANGED, browser, now)
