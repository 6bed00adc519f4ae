"""The cockpit as JSON."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from starlette.responses import Response

from complianceai.register.cockpit.actions import assume
from complianceai.register.cockpit.queries import read_cockpit
from complianceai.register.cockpit.schemas import CockpitReply, LoadInput, cockpit_as_plain
from complianceai.site.replies import Success, failures, json_of
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.practice.queries.practices import find_practice

router = Router(prefix="/api/practices/{practice_id}", tags=["practices"])


@router.get("/cockpit", response_model=Success[CockpitReply], responses=failures(401, 404, 422))
async def get_cockpit(
    practice_id: UUID,
    scope: SignedIn,
    database: Db,
    month: Annotated[date | None, Query(description="Any day of the month; without one, this month.")] = None,
    q: Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")] = "",
) -> Response:
    """The clients that the person sees by their duties of a month, work by person, and the load to come."""
    async with database.reading() as connection:
        await find_practice(connection, scope, practice_id)
        first = (month or scope.today).replace(day=1)
        found = await read_cockpit(connection, scope, practice_id, first, q)
    return json_of({"success": True, "data": cockpit_as_plain(found)})


@router.put("/load", responses=failures(401, 403, 404, 422))
async def put_load(
    practice_id: UUID, wish: LoadInput, scope: SignedIn, database: Db, now: Now
) -> Success[LoadInput]:
    """What the forecast rests on from now on."""
    await assume(database, scope, practice_id, wish.assumed(), now)
    return Success(data=wish)
