"""What the companies of a token's person may be asked."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from complianceai.base.errors import DomainError
from complianceai.entry.mcp.law import check_window
from complianceai.register.doubts import calendar_of
from complianceai.register.queries import find_described
from complianceai.rules.wire import calendar_as_plain
from complianceai.storage.database import Database
from complianceai.tenancy.queries import list_companies
from complianceai.tenancy.scope import Scope

MOST = 200

CompanyId = Annotated[UUID, Field(description="The company's id, as `companies` lists it.")]


def company_tools(database: Database, scope: Scope) -> tuple[Callable[..., Any], ...]:
    """The tools through which this person's companies are seen, and nobody else's."""

    async def companies(
        page: Annotated[int, Field(ge=1, le=1000, description="The first page is 1.")] = 1,
    ) -> dict[str, Any]:
        """The companies that this token opens, by name, with their ids; two hundred a page."""
        async with database.reading() as connection:
            found = await list_companies(connection, scope, limit=MOST + 1, offset=(page - 1) * MOST)
        rows = [{"id": str(each.id), "name": each.name, "role": each.role.value} for each in found[:MOST]]
        return {"companies": rows, "hasMore": len(found) > MOST}

    async def company_calendar(company_id: CompanyId, first_day: date, last_day: date) -> dict[str, Any]:
        """Every statutory due date of one of these companies in a window of at most three years, with reasons."""
        check_window(first_day, last_day)
        try:
            async with database.reading() as connection:
                described = await find_described(connection, scope, company_id)
            _, found = calendar_of(described.company.profile, described.unsure, first_day, last_day)
        except DomainError as error:
            raise ToolError(str(error)) from error
        return calendar_as_plain(found)

    return companies, company_calendar
