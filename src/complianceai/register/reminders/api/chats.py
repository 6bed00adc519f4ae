"""A company's chats."""

from uuid import UUID

from complianceai.register.reminders.actions.chats import add_chat, remove_chat
from complianceai.register.reminders.asking import Beyond
from complianceai.register.reminders.queries.places import list_chats
from complianceai.register.reminders.replies import ChatReply
from complianceai.register.reminders.schemas import ChatInput
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.queries import find_company

router = Router(prefix="/api/companies/{company_id}/chats", tags=["reminders"])


@router.get("", responses=failures(401, 403, 404, 422))
async def get_chats(company_id: UUID, scope: SignedIn, database: Db) -> SuccessList[ChatReply]:
    """The chats that are told, without their addresses."""
    async with database.reading() as connection:
        company = await find_company(connection, scope, company_id)
        check_may(company.role, Deed.SET_UP)
        found = await list_chats(connection, scope, company_id)
    page = PageOfList(number=1, size=max(len(found), 1), total=len(found))
    return SuccessList(data=[ChatReply.model_validate(each) for each in found], page=page)


@router.post("", status_code=201, responses=failures(401, 403, 404, 409, 413, 422, 503))
async def post_chat(
    company_id: UUID, scope: SignedIn, wanted: ChatInput, database: Db, outside: Beyond, now: Now
) -> Success[ChatReply]:
    """The chat, told from now on."""
    made = await add_chat(database, scope, company_id, wanted.wish(), outside, now)
    return Success(data=ChatReply.model_validate(made))


@router.delete("/{chat_id}", status_code=204, responses=failures(401, 403, 404, 422))
async def delete_chat(company_id: UUID, chat_id: UUID, scope: SignedIn, database: Db, now: Now) -> None:
    """Nothing; the chat is told no more."""
    await remove_chat(database, scope, company_id, chat_id, now)
