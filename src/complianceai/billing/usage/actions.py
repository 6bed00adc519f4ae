"""What was used, kept in the transaction of whatever uses it."""

from datetime import date
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.usage.queries import Metered
from complianceai.billing.usage.tables import billing_storage, billing_usage


async def add_used(
    connection: AsyncConnection, account_id: UUID, month: date, kind: Metered, count: int
) -> None:
    """Nothing; so many more were used that month, or fewer. The caller holds the account."""
    table = billing_usage
    mine = (table.c.account_id == account_id) & (table.c.month == month) & (table.c.kind == kind.value)
    counted = update(table).where(mine).values(used=table.c.used + count)
    if not (await connection.execute(counted)).rowcount:
        row = {"account_id": account_id, "month": month, "kind": kind.value}
        await connection.execute(insert(table).values(**row, used=max(0, count)))


async def add_stored(connection: AsyncConnection, company_id: UUID, size: int) -> None:
    """Nothing; the company's files take so many bytes more. The caller holds the company's trail."""
    table = billing_storage
    counted = update(table).where(table.c.company_id == company_id).values(bytes=table.c.bytes + size)
    if not (await connection.execute(counted)).rowcount:
        await connection.execute(insert(table).values(company_id=company_id, bytes=size))
