"""Duties of a company's own: what they are, and a change of one, which moves its tasks."""

from uuid import UUID

from complianceai.register.tasks.actions.custom import change_duty
from complianceai.register.tasks.queries.duties import find_duty, list_duties
from complianceai.register.tasks.replies import DutyReply, duty_reply
from complianceai.register.tasks.schemas import OwnDutyInput
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn

router = Router(prefix="/api/companies/{company_id}/duties", tags=["tasks"])


@router.get("", responses=failures(401, 403, 404, 422))
async def get_duties(company_id: UUID, scope: SignedIn, database: Db) -> SuccessList[DutyReply]:
    """The company's own duties; each date of theirs is a task."""
    async with database.reading() as connection:
        found = await list_duties(connection, scope, company_id)
    data = [duty_reply(each) for each in found]
    return SuccessList(data=data, page=PageOfList(number=1, size=len(data), total=len(data)))


@router.put("/{duty_id}", responses=failures(401, 403, 404, 413, 422))
async def put_duty(
    company_id: UUID, duty_id: UUID, scope: SignedIn, wanted: OwnDutyInput, database: Db, now: Now
) -> Success[DutyReply]:
    """The duty as given; its tasks move with it and show where they stood, and with an end in the past they close."""
    await change_duty(database, scope, company_id, duty_id, wanted.duty(), now)
    async with database.reading() as connection:
        found = await find_duty(connection, scope, company_id, duty_id)
    return Success(data=duty_reply(found))
