"""Every read of invoices: those of the accounts that a person decides for."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.accounts.queries import accounts_of
from complianceai.billing.invoices.errors import InvoiceMissing
from complianceai.billing.invoices.making import Issued
from complianceai.billing.invoices.tables import tax_invoices
from complianceai.storage.rows import fetch_all, fetch_one
from complianceai.tenancy.scope import Scope


async def list_issued(
    connection: AsyncConnection, scope: Scope, *, limit: int, offset: int = 0
) -> list[Issued]:
    """Invoices and credit notes of every account that the person decides for, the last first."""
    ids = [each.id for each in await accounts_of(connection, scope)]
    wanted = select(*(tax_invoices.c[name] for name in Issued.__slots__))
    mine = wanted.where(tax_invoices.c.account_id.in_(ids))
    ordered = mine.order_by(tax_invoices.c.issued_at.desc(), tax_invoices.c.number.desc())
    return await fetch_all(connection, ordered.limit(limit).offset(offset), Issued)


async def count_issued(connection: AsyncConnection, scope: Scope) -> int:
    """How many `list_issued` would find."""
    ids = [each.id for each in await accounts_of(connection, scope)]
    wanted = select(func.count()).select_from(tax_invoices).where(tax_invoices.c.account_id.in_(ids))
    return int((await connection.execute(wanted)).scalar_one())


async def find_issued(connection: AsyncConnection, scope: Scope, invoice_id: UUID) -> Issued:
    """The invoice or credit note.

    Errors: InvoiceMissing.
    """
    ids = [each.id for each in await accounts_of(connection, scope)]
    wanted = select(*(tax_invoices.c[name] for name in Issued.__slots__))
    mine = (tax_invoices.c.id == invoice_id) & tax_invoices.c.account_id.in_(ids)
    found = await fetch_one(connection, wanted.where(mine), Issued)
    if found is None:
        raise InvoiceMissing
    return found
