"""What is asked of the client, on the page of a task."""

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.requests.queries import list_asked, list_sent
from complianceai.register.tasks.pages.beside import Beside
from complianceai.register.tasks.policies import can_change_filing, may
from complianceai.register.tasks.queries.one import Task
from complianceai.register.tasks.states import Deed
from complianceai.storage.services import services
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope


async def show_requests(
    connection: AsyncConnection, request: Request, company: Company, scope: Scope, task: Task
) -> Beside | None:
    """The requests of the task with what was sent; none for whoever does not see inside."""
    if not may(company.role, Deed.SEE_INSIDE):
        return None
    asked = await list_asked(connection, scope, company.id, task.id)
    sent = await list_sent(connection, asked)
    now = services(request).clock()
    can_ask = may(company.role, Deed.WORK) and can_change_filing(
        task.state, task.approved_by, scope.person.id
    )
    shown = [(each, sent[each.id], each.is_open(now)) for each in asked]
    return Beside("register/requests/beside.html", {"asked": shown, "can_ask": can_ask})
