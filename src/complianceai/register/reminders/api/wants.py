"""How a person and a company want to be reminded."""

from uuid import UUID

from complianceai.register.reminders.actions.wants import plain_settings, set_settings, set_wishes
from complianceai.register.reminders.queries.wants import find_settings, find_wishes
from complianceai.register.reminders.replies import SettingsReply, WishesReply, wishes_reply
from complianceai.register.reminders.schemas import SettingsInput, WishesInput
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import OfAccount, SignedIn
from complianceai.tenancy.queries import find_company

router = Router(prefix="/api", tags=["reminders"])


@router.get("/reminders", responses=failures(401, 403))
async def get_wishes(scope: OfAccount, database: Db) -> Success[WishesReply]:
    """How you are told."""
    async with database.reading() as connection:
        return Success(data=wishes_reply(await find_wishes(connection, scope.person.id)))


@router.put("/reminders", responses=failures(401, 403, 413, 422))
async def put_wishes(scope: OfAccount, wanted: WishesInput, database: Db) -> Success[WishesReply]:
    """How you are told from now on."""
    await set_wishes(database, scope, wanted.wishes())
    return Success(data=wishes_reply(wanted.wishes()))


@router.get("/companies/{company_id}/reminders", responses=failures(401, 403, 404, 422))
async def get_settings(company_id: UUID, scope: SignedIn, database: Db) -> Success[SettingsReply]:
    """How the company's people are reminded."""
    async with database.reading() as connection:
        company = await find_company(connection, scope, company_id)
        check_may(company.role, Deed.SEE_INSIDE)
        found = await find_settings(connection, company_id)
    return Success(data=SettingsReply(**plain_settings(found)))


@router.put("/companies/{company_id}/reminders", responses=failures(401, 403, 404, 413, 422))
async def put_settings(
    company_id: UUID, scope: SignedIn, wanted: SettingsInput, database: Db, now: Now
) -> Success[SettingsReply]:
    """How the company's people are reminded from now on."""
    await set_settings(database, scope, company_id, wanted.settings(), now)
    return Success(data=SettingsReply(**plain_settings(wanted.settings())))
