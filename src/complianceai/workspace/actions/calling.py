"""Mails to those whom a comment calls, in the transaction of the comment."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.reminders.leaving import leave_path
from complianceai.register.reminders.queries.wants import wishes_of
from complianceai.register.reminders.wants import Wishes
from complianceai.register.tasks.queries.people import Colleague
from complianceai.site.mail import Letter, send
from complianceai.storage.sealing import Sealer
from complianceai.tenancy.queries.addresses import find_addressee
from complianceai.tenancy.scope import Scope
from complianceai.workspace.queries.documents import Document

LONGEST_TEXT = 300
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
    """Nothing; each of them who wants mail of what people do has one, in their own language."""
    called = called[:MOST_CALLED]
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
