"""The price of a task on its page, with the form of what it turns on."""

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.pricing.queries import find_price, inputs_of
from complianceai.register.tasks.pages.beside import Beside
from complianceai.register.tasks.policies import may
from complianceai.register.tasks.queries.one import Task
from complianceai.register.tasks.states import OPEN, Deed
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope


async def show_price(
    connection: AsyncConnection,
    request: Request,  # noqa: ARG001 - given to every section alike
    company: Company,
    scope: Scope,
    task: Task,
) -> Beside | None:
    """What lateness costs today and what that turns on, for an open task of which it turns on anything."""
    if task.state not in OPEN or not may(company.role, Deed.SEE_INSIDE) or not inputs_of(task.obligation_id):
        return None
    price = await find_price(connection, scope, company.id, task.id)
    return Beside("register/pricing/price.html", {"price": price, "can_say": may(company.role, Deed.WORK)})
