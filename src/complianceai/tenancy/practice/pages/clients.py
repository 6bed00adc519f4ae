"""The list of a practice's clients."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request
from starlette.responses import Response

from complianceai.base.ids import read_id
from complianceai.site.routing import Router
from complianceai.storage.services import Db
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.policies import Access
from complianceai.tenancy.practice.asking import OnePractice
from complianceai.tenancy.practice.policies import PracticeDeed, can
from complianceai.tenancy.practice.queries.clients import Filters, list_clients, teams_on
from complianceai.tenancy.practice.queries.engagements import list_unseen
from complianceai.tenancy.practice.queries.teams import list_teams
from complianceai.tenancy.practice.showing import show

router = Router(prefix="/app/practices/{practice_id}", include_in_schema=False)
PAGE_SIZE = 50


@router.get("/clients")
async def show_clients(
    request: Request,
    practice: OnePractice,
    scope: SignedIn,
    database: Db,
    q: Annotated[str, Query(max_length=100)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> Response:
    """The clients that the person sees, by name, a page at a time, searched and sieved."""
    filters = _filters(request, q)
    async with database.reading() as connection:
        found, total = await list_clients(
            connection, scope, practice.id, filters, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
        )
        on_them = await teams_on(connection, scope, [each.engagement_id for each in found])
        teams = await list_teams(connection, scope, practice.id)
        sees_unseen = can(practice.role, PracticeDeed.TAKE_OVER)
        unseen = await list_unseen(connection, scope, practice.id) if sees_unseen else []
    chosen = {
        "q": filters.text,
        "team": str(filters.team or ""),
        "access": filters.access.value if filters.access else "",
    }
    return show(
        request,
        "clients",
        practice,
        rows=[(each, on_them.get(each.engagement_id, [])) for each in found],
        total=total,
        number=number,
        pages=-(-total // PAGE_SIZE),
        teams=[(str(each.id), each.name) for each in teams],
        chosen=chosen,
        is_sieved=any(chosen.values()),
        query=urlencode({name: value for name, value in chosen.items() if value}),
        unseen=len(unseen),
    )


def _filters(request: Request, text: str) -> Filters:
    """What is asked for; a form sends what is left open as nothing, and what it cannot send sieves nothing."""
    access = request.query_params.get("access", "")
    team = read_id(request.query_params.get("team", ""))
    return Filters(text.strip(), team, Access(access) if access in set(Access) else None)
