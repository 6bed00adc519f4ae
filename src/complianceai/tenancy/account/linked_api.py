"""A person's accounts elsewhere as JSON; they are linked in a browser, where the provider can be seen."""

from uuid import UUID

from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import InPerson, OfAccount
from complianceai.tenancy.account.way_schemas import LinkedReply, linked_reply
from complianceai.tenancy.schemas import Done

router = Router(prefix="/api/auth/elsewhere", tags=["account"])


@router.get("", responses=failures(401, 403))
async def list_linked(scope: OfAccount, database: Db) -> Success[list[LinkedReply]]:
    """The person's accounts elsewhere, the oldest first."""
    async with database.reading() as connection:
        found = await queries.list_linked(connection, scope.person.id)
    return Success(data=[linked_reply(each) for each in found])


@router.delete("/{linked_id}", responses=failures(401, 403, 404, 409, 422))
async def unlink(scope: InPerson, linked_id: UUID, database: Db, now: Now) -> Done:
    """That account opens nothing here any more."""
    await actions.unlink(database, scope, linked_id, now)
    return Done()
