"""Who looks after a company, and who reaches it and why, as JSON."""

from uuid import UUID

from complianceai.base.clock import date_in_india
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.practice.actions import engaging
from complianceai.tenancy.practice.queries.engagements import list_engagements
from complianceai.tenancy.practice.queries.reaching import list_reaching
from complianceai.tenancy.practice.schemas import EngagementReply, ReachingReply
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.schemas import Done

router = Router(prefix="/api/companies/{company_id}", tags=["practices"])


@router.get("/practices", responses=failures(401, 404, 422))
async def list_practices(
    company_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Success[list[EngagementReply]]:
    """The practices that look or looked after the company, the latest first."""
    async with database.reading() as connection:
        await find_company(connection, scope, company_id)
        found = await list_engagements(connection, scope, company_id)
    today = date_in_india(now)
    told = [
        EngagementReply(
            practice_id=each.practice_id,
            practice=each.practice,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            is_on=each.is_on(today),
        )
        for each in found
    ]
    return Success(data=told)


@router.delete("/practice", responses=failures(401, 403, 404, 409, 422))
async def end(company_id: UUID, scope: SignedIn, database: Db, now: Now) -> Done:
    """No practice looks after the company any more."""
    await engaging.end_engagement(database, scope, company_id, now)
    return Done()


@router.get("/reach", responses=failures(401, 403, 404, 422))
async def list_who_reaches(company_id: UUID, scope: SignedIn, database: Db) -> SuccessList[ReachingReply]:
    """Everybody who reaches the company today, and why: directly, by their role in the practice, by name, by a team."""
    async with database.reading() as connection:
        found = await list_reaching(connection, scope, company_id)
    data = [ReachingReply.model_validate(each) for each in found]
    return SuccessList(data=data, page=PageOfList(number=1, size=len(data), total=len(data)))
