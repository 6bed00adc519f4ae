"""What papers say of a company, told once for all of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update

from complianceai.storage.audit import Change, add_to_trail, hold_trail
from complianceai.storage.database import Database
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope
from complianceai.workspace.policies import check_can_write_documents
from complianceai.workspace.queries.particulars import find_particulars
from complianceai.workspace.tables import paper_particulars


async def keep_particulars(
    database: Database, scope: Scope, company_id: UUID, told: Mapping[str, Any], now: datetime
) -> None:
    """Nothing; papers drafted from now on say so.

    Errors: CompanyMissing; NotYourRole.
    """
    async with database.transaction() as connection:
        await hold_trail(connection, company_id)
        company = await find_company(connection, scope, company_id)
        check_can_write_documents(company.role)
        before = await find_particulars(connection, company_id)
        if before == told:
            return
        values = {"told": dict(told), "updated_at": now}
        mine = paper_particulars.c.company_id == company_id
        changed = await connection.execute(update(paper_particulars).where(mine).values(**values))
        if changed.rowcount == 0:
            await connection.execute(insert(paper_particulars).values(company_id=company_id, **values))
        change = Change("papers.described", before or None, dict(told))
        await add_to_trail(connection, company_id, scope.actor, change, now)
