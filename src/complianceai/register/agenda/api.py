"""The calendar as JSON."""

from datetime import timedelta
from itertools import groupby
from typing import Annotated
from uuid import UUID

from fastapi import Query

from complianceai.base.errors import InvalidInput
from complianceai.register.agenda.queries import list_entries
from complianceai.register.agenda.schemas import DayReply, entry_reply
from complianceai.register.tasks.keeping import read_in_step
from complianceai.site.days import Day
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.site.words import marked
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn

router = Router(prefix="/api/companies/{company_id}", tags=["tasks"])
MOST_DAYS = timedelta(days=366)
TOO_LONG = marked("The last day comes after the first, at most a year later.")


@router.get("/agenda", responses=failures(401, 403, 404, 422))
async def get_agenda(
    company_id: UUID,
    scope: SignedIn,
    database: Db,
    now: Now,
    first: Annotated[Day, Query(alias="from", description="The first day wanted.")],
    last: Annotated[Day, Query(alias="to", description="The last day wanted, at most a year later.")],
) -> Success[list[DayReply]]:
    """The days on which tasks of the company are last in time, each with its tasks by name and state."""
    if not timedelta() <= last - first <= MOST_DAYS:
        raise InvalidInput({"to": TOO_LONG})
    found = await read_in_step(
        database, company_id, now, lambda connection: list_entries(connection, scope, company_id, first, last)
    )
    days = groupby(found, key=lambda entry: entry.effective_date)
    return Success(
        data=[
            DayReply(date=day, tasks=[entry_reply(entry, scope.today) for entry in entries])
            for day, entries in days
        ]
    )
