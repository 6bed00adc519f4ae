"""The price of a task as JSON."""

from uuid import UUID

from complianceai.register.pricing.actions import give_inputs
from complianceai.register.pricing.queries import find_price
from complianceai.register.pricing.schemas import PriceInput, PriceReply, price_reply
from complianceai.register.tasks.actions.holding import Named
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.scope import Scope

router = Router(prefix="/api/companies/{company_id}/tasks/{task_id}/price", tags=["tasks"])


@router.get("", responses=failures(401, 403, 404, 422))
async def get_price(company_id: UUID, task_id: UUID, scope: SignedIn, database: Db) -> Success[PriceReply]:
    """What the lateness of the task costs, or what must be known to tell."""
    return await _price(company_id, task_id, scope, database)


@router.put("", responses=failures(401, 403, 404, 409, 413, 422))
async def put_price(
    company_id: UUID, task_id: UUID, scope: SignedIn, wanted: PriceInput, database: Db, now: Now
) -> Success[PriceReply]:
    """The task priced by what is said of it, and by nothing that was said before."""
    await give_inputs(database, scope, Named(company_id, task_id), wanted.inputs, now)
    return await _price(company_id, task_id, scope, database)


async def _price(company_id: UUID, task_id: UUID, scope: Scope, database: Db) -> Success[PriceReply]:
    async with database.reading() as connection:
        return Success(data=price_reply(await find_price(connection, scope, company_id, task_id)))
