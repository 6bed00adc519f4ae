"""What the companies of a token's person may be asked."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from complianceai.base.clock import date_in_india, utc_now
from complianceai.base.errors import DomainError
from complianceai.entry.mcp.law import check_window
from complianceai.register.doubts import calendar_of
from complianceai.register.queries import find_described
from complianceai.register.tasks.asking import STATES
from complianceai.register.tasks.paging import read_page
from complianceai.register.tasks.policies import may
from complianceai.register.tasks.queries.filters import ME, Filters
from complianceai.register.tasks.replies import rows_as_plain
from complianceai.register.tasks.states import Deed
from complianceai.rules.wire import calendar_as_plain
from complianceai.storage.database import Database
from complianceai.tenancy.queries import find_token, list_companies
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tokens import May

MOST = 200
PAGE_SIZE = 50

CompanyId = Annotated[UUID, Field(description="The company's id, as `companies` lists it.")]
StateWanted = Annotated[
    str, Field(pattern=f"^({STATES})$", description="`open`, `closed`, `all` or one state.")
]
DueWanted = Annotated[
    Literal["", "overdue", "7", "30", "later"], Field(description="When it is due, in days.")
]
FirstDay = Annotated[date | None, Field(description="The first last day in time that is wanted.")]
LastDay = Annotated[date | None, Field(description="The last last day in time that is wanted.")]
Mine = Annotated[bool, Field(description="Only what the token's person does or reviews.")]
Words = Annotated[str, Field(max_length=100, description="Words that all occur in the task.")]
PageWanted = Annotated[int, Field(ge=1, le=100_000, description="Fifty tasks a page; the first is 1.")]


def company_tools(
    database: Database, asker: Callable[[], Awaitable[Scope]]
) -> tuple[Callable[..., Any], ...]:
    """The tools through which one person's companies are seen, and nobody else's; `asker` tells who asks each time."""

    async def companies(
        page: Annotated[int, Field(ge=1, le=1000, description="The first page is 1.")] = 1,
    ) -> dict[str, Any]:
        """The companies that this token opens, by name, with their ids; two hundred a page."""
        scope = await asker()
        async with database.reading() as connection:
            found = await list_companies(connection, scope, limit=MOST + 1, offset=(page - 1) * MOST)
        rows = [{"id": str(each.id), "name": each.name, "role": each.role.value} for each in found[:MOST]]
        return {"companies": rows, "hasMore": len(found) > MOST}

    async def company_calendar(company_id: CompanyId, first_day: date, last_day: date) -> dict[str, Any]:
        """Every statutory due date of one of these companies in a window of at most three years, with reasons."""
        check_window(first_day, last_day)
        scope = await asker()
        with _refusals():
            async with database.reading() as connection:
                described = await find_described(connection, scope, company_id)
            _, found = calendar_of(described.company.profile, described.unsure, first_day, last_day)
        return calendar_as_plain(found)

    async def company_tasks(  # noqa: PLR0913 - what an assistant may narrow
        company_id: CompanyId,
        *,
        state: StateWanted = "open",
        due: DueWanted = "",
        first_day: FirstDay = None,
        last_day: LastDay = None,
        mine: Mine = False,
        words: Words = "",
        page: PageWanted = 1,
    ) -> dict[str, Any]:
        """The tasks of one of these companies as they stand: form, period, dates, state, priority, who."""
        scope = await asker()
        filters = Filters(
            state=state, due=due, due_from=first_day, due_to=last_day, assignee=ME if mine else "",
            search=words.replace("\x00", ""),
        )  # fmt: skip
        offset = (page - 1) * PAGE_SIZE
        with _refusals():
            found = await read_page(
                database, scope, company_id, filters, utc_now(), limit=PAGE_SIZE, offset=offset
            )
        rows = rows_as_plain(found.rows, sees_people=may(found.role, Deed.SEE_INSIDE))
        told = {"tasks": rows, "total": found.total, "hasMore": offset + len(rows) < found.total}
        plain: dict[str, Any] = orjson.loads(orjson.dumps(told, default=str))
        return plain

    return companies, company_calendar, company_tasks


async def holder_of(database: Database, token: str) -> Scope:
    """Whoever bears the token now, and no more than it opens.

    Errors: ToolError, also for a token that was revoked meanwhile or may not read.
    """
    now = utc_now()
    async with database.reading() as connection:
        found = await find_token(connection, token, now)
    if found is None or May.READ not in found.scope.may:
        raise ToolError("This token opens nothing here: it never did, is over, was revoked, or may not read.")
    return replace(found.scope, today=date_in_india(now))


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except DomainError as error:
        raise ToolError(str(error)) from error
