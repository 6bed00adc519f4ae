"""The day on which a document ends or is renewed, as a duty of the register."""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.actions.custom import OwnDuty, alter_duty, make_duty
from complianceai.tenancy.scope import Scope
from complianceai.workspace.actions.holding import write_document
from complianceai.workspace.queries.documents import Document

LONGEST_TITLE = 200
NOTES = "Made from the document: /app/companies/{company}/documents/{document}"


async def set_duty(
    connection: AsyncConnection, scope: Scope, document: Document, expires_on: date | None, now: datetime
) -> None:
    """Nothing; the register has a task for the day, at its new place where it moved, and none where there is no day.

    Errors: FactsFaulty.
    """
    if expires_on is None and document.duty_id is None:
        return
    if document.duty_id is None:
        assert expires_on is not None  # noqa: S101 - the line above
        made, _ = await make_duty(connection, scope, document.company_id, _duty(document, expires_on), now)
        await write_document(connection, document.id, {"duty_id": made}, now)
        return
    day = expires_on or document.expires_on or now.date()
    # A duty whose last day lies before its first has no task any more.
    duty = _duty(document, day, None if expires_on else day - timedelta(days=1))
    await alter_duty(connection, scope, document.company_id, document.duty_id, duty, now)


def _duty(document: Document, first_on: date, ends_on: date | None = None) -> OwnDuty:
    title = f"Renew or end: {document.title}"[:LONGEST_TITLE]
    notes = NOTES.format(company=document.company_id, document=document.id)
    return OwnDuty(title, first_on, "once", ends_on, "", notes)
