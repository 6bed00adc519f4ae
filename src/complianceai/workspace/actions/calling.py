"""Those whom a comment calls: the bell rings, and a mail goes out, in the transaction of the comment."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.register.reminders.leaving import leave_path
from complianceai.register.reminders.queries.wants import wishes_of
from complianceai.register.reminders.wants import Channel, Wishes
from complianceai.register.reminders.writing import write_alerts
from complianceai.register.tasks.queries.people import Colleague
from complianceai.site.mail import Letter, send
from complianceai.storage.sealing import Sealer
from complianceai.tenancy.queries.addresses import find_addressee
from complianceai.tenancy.scope import Scope
from complianceai.workspace.queries.documents import Document

LONGEST_TEXT = 300
MENTION = "mention"
MOST_CALLED = 20


async def call(  # noqa: PLR0913, PLR0917 - who calls whom, from where
    connection: AsyncConnection,
    sealer: Sealer,
    scope: Scope,
    document: Document,
    called: Sequence[Colleague],
    text: str,
    now: datetime,
) -> None:
    """Nothing; each of them has an alert, and who wants mail of what people do has one, in their own language."""
    called = called[:MOST_CALLED]
    await _ring(connection, scope, document, called, text, now)
    wishes = await wishes_of(connection, [each.id for each in called])
    for each in called:
        person = await find_addressee(connection, each.id)
        if person is None or not wishes.get(each.id, Wishes()).events_by_mail:
            continue
        values = {
            "who": scope.person.name, "title": document.title, "company": document.company,
            "text": text[:LONGEST_TEXT], "path": f"/app/companies/{document.company_id}/documents/{document.id}",
        }  # fmt: skip
        letter = Letter(
            "workspace/mail/called.html", person.email, person.name, person.language, values,
            leave=leave_path(sealer, each.id, now),
        )  # fmt: skip
        await send(connection, sealer, letter, now)


async def _ring(
    connection: AsyncConnection,
    scope: Scope,
    document: Document,
    called: Sequence[Colleague],
    text: str,
    now: datetime,
) -> None:
    deed_id, said = new_id(), {"who": scope.person.name, "title": document.title, "text": text[:LONGEST_TEXT]}
    rows = [
        {
            "id": new_id(), "recipient_id": each.id, "channel": Channel.APP.value, "key": f"{deed_id}:{MENTION}",
            "kind": MENTION, "company_id": document.company_id, "task_id": None, "document_id": document.id,
            "due_on": None, "said": said, "at": now,
        }
        for each in called
    ]  # fmt: skip
    await write_alerts(connection, rows)
