"""Plan and usage as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from complianceai.billing.plans import load
from complianceai.billing.showing.schemas import (
    OwnPlanReply,
    PlanReply,
    UsageReply,
    own_plan_reply,
    plan_reply,
    usage_reply,
)
from complianceai.billing.showing.standing import standings
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import OfAccount

router = Router(prefix="/api/billing", tags=["billing"])
_REFUSED = failures(401, 403, 404, 422)
OfPractice = Annotated[
    UUID | None,
    Query(alias="practiceId", description="A practice that the caller is in charge of; else their own."),
]


@router.get("/plans")
async def list_plans() -> SuccessList[PlanReply]:
    """Every plan that is sold, for anybody to read."""
    data = [plan_reply(each) for each in load().values()]
    return SuccessList(data=data, page=PageOfList(number=1, size=len(data), total=len(data)))


@router.get("/plan", responses=_REFUSED)
async def get_plan(
    scope: OfAccount, database: Db, now: Now, practice_id: OfPractice = None
) -> Success[OwnPlanReply]:
    """The plan that the caller is on, or their practice."""
    async with database.reading() as connection:
        standing, _ = await standings(connection, scope, practice_id, now)
    return Success(data=own_plan_reply(standing))


@router.get("/usage", responses=_REFUSED)
async def get_usage(
    scope: OfAccount, database: Db, now: Now, practice_id: OfPractice = None
) -> Success[UsageReply]:
    """How much of the plan is used."""
    async with database.reading() as connection:
        standing, _ = await standings(connection, scope, practice_id, now)
    return Success(data=usage_reply(standing))
