"""What is kept of a person as somebody who pays, for the file of everything that is kept of them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.accounts.tables import billing_accounts
from complianceai.billing.usage.tables import billing_usage
from complianceai.tenancy.scope import Scope


async def export_account(connection: AsyncConnection, scope: Scope) -> list[dict[str, Any]]:
    """The person's own account, if they have one, with what was used of it month by month."""
    mine = billing_accounts.c.person_id == scope.person.id
    found = (await connection.execute(select(billing_accounts).where(mine))).mappings().all()
    used = (
        select(billing_usage.c.month, billing_usage.c.kind, billing_usage.c.used)
        .join_from(billing_usage, billing_accounts)
        .where(mine)
        .order_by(billing_usage.c.month, billing_usage.c.kind)
    )
    months = [dict(each) for each in (await connection.execute(used)).mappings()]
    return [{**each, "usage": months} for each in found]
