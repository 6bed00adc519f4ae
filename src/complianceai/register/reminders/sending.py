"""Mail of what is to be told, sent by whichever worker is given the job."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update

from complianceai.base.clock import date_in_india
from complianceai.jobs.errors import MailNotSent
from complianceai.jobs.mail import Envelope, message_of
from complianceai.jobs.tools import Tools
from complianceai.register.reminders.leaving import leave_path
from complianceai.register.reminders.queries.told import Telling, still_reach, tellings_of
from complianceai.register.reminders.queries.wants import find_wishes
from complianceai.register.reminders.tables import alerts
from complianceai.register.reminders.telling import AND_MORE, item_of, once_a_task
from complianceai.site.language import translate
from complianceai.site.mail_words import Written, write
from complianceai.storage.outbox import Job
from complianceai.tenancy.queries.addresses import Addressee, find_addressee

# By then the next rung has been told, or its mail waits for the same mail server.
SENT_WITHIN = timedelta(days=3)
MOST_ITEMS = 50
TEMPLATE = "register/reminders/mail.html"


async def send_mail(tools: Tools, job: Job) -> None:
    """Nothing, once the person's mail server has what still holds of the job's alerts; of nothing no mail is sent.

    The Message-ID is the job's: whoever was killed between the server's yes and the mark sends under the same one.
    Errors: MailNotSent.
    """
    if tools.clock() - job.created_at > SENT_WITHIN:
        raise MailNotSent("this reminder could not be sent while it was news", will_pass=False)
    today = date_in_india(tools.clock())
    person, due, gone = await _look_again(tools, job, today)
    if person is not None and due:
        written = _write(person, once_a_task(due), today, tools.public_url)
        message = message_of(
            Envelope(
                id=job.id,
                sender=tools.mail_from,
                to=person.email,
                to_name=person.name,
                subject=written.subject,
                text=written.text,
                html=written.html,
                at=job.created_at,
                leave=tools.public_url + leave_path(tools.sealer, person.id, tools.clock()),
            )
        )
        tools.insist_alive()
        await tools.post.send(message)
    await note_told(tools, [each.id for each in due], [each.id for each in gone])


async def _look_again(
    tools: Tools, job: Job, today: date
) -> tuple[Addressee | None, list[Telling], list[Telling]]:
    """Who is written to, what still holds, and what does not: closed, moved, or no longer theirs to know."""
    person_id = UUID(job.payload["recipient"])
    async with tools.database.reading() as connection:
        person = await find_addressee(connection, person_id)
        wishes = await find_wishes(connection, person_id)
        reached = await still_reach(connection, person_id, today)
        found = await tellings_of(connection, job.id)
    if person is None or person.verified_at is None:
        return None, [], found
    wanted = [each for each in found if (wishes.by_mail if each.due_on else wishes.events_by_mail)]
    due = [each for each in wanted if each.company_id in reached and each.holds]
    kept = {each.id for each in due}
    return person, due, [each for each in found if each.id not in kept]


def _write(person: Addressee, due: list[Telling], today: date, public_url: str) -> Written:
    items = [item_of(each, person.language, today) for each in due[:MOST_ITEMS]]
    more = translate(person.language, AND_MORE).format(count=len(due) - MOST_ITEMS)
    values: dict[str, Any] = {
        "name": person.name,
        "items": items,
        "total": len(due),
        "more": more if len(due) > MOST_ITEMS else "",
    }
    return write(TEMPLATE, person.language, public_url, values)


async def note_told(tools: Tools, told: Collection[UUID], dropped: Collection[UUID]) -> None:
    """Nothing; those alerts are told, and these are told to nobody any more."""
    now = tools.clock()
    async with tools.database.transaction() as connection:
        await connection.execute(update(alerts).where(alerts.c.id.in_(told)).values(sent_at=now))
        await connection.execute(update(alerts).where(alerts.c.id.in_(dropped)).values(dropped_at=now))
