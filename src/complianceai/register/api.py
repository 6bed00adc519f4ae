"""A company's calendar as JSON."""

from datetime import date
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query
from starlette.responses import Response

from complianceai.base.clock import date_in_india
from complianceai.register.doubts import calendar_of
from complianceai.register.errors import WindowFaulty
from complianceai.register.interview.reading import Answers
from complianceai.register.queries import Described, find_described
from complianceai.register.schemas import CalendarReply, SupposedOut, SupposeInput
from complianceai.register.supposing import suppose, supposed_as_plain
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.register.year import start_year_of, window_of
from complianceai.rules import advise
from complianceai.rules.advice import advice_as_plain
from complianceai.rules.wire import calendar_as_plain
from complianceai.site.days import Day
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn

router = Router(prefix="/api/companies", tags=["calendar"])
MOST_YEARS = 10


@router.get("/{company_id}/calendar", responses={200: {"model": CalendarReply}, **failures(401, 404, 422)})
async def get_calendar(
    company_id: UUID,
    scope: SignedIn,
    database: Db,
    now: Now,
    first: Annotated[
        Day | None, Query(alias="from", description="First day; left out, 1 April of this year.")
    ] = None,
    last: Annotated[
        Day | None, Query(alias="to", description="Last day; left out, the year's 31 March.")
    ] = None,
) -> Response:
    """All due dates of a company in a window, both ends included, in the shape of the command line's `calendar`."""
    async with database.reading() as connection:
        described = await find_described(connection, scope, company_id)
    begin = first or window_of(start_year_of(date_in_india(now)))[0]
    return _reply(described, begin, last or window_of(start_year_of(begin))[1])


@router.post("/{company_id}/what-if", responses=failures(401, 403, 404, 413, 422))
async def suppose_facts(
    company_id: UUID, scope: SignedIn, given: SupposeInput, database: Db, now: Now
) -> Success[SupposedOut]:
    """Which duties other facts would bring, end and move within a year from today; nothing is kept."""
    async with database.reading() as connection:
        described = await find_described(connection, scope, company_id)
    check_may(described.company.role, Deed.SEE_INSIDE)
    before = Answers(dict(described.company.profile), set(described.unsure))
    answers = Answers({**before.profile, **given.profile}, set(described.unsure))
    found = suppose(before, answers, date_in_india(now))
    return Success(data=SupposedOut.model_validate(supposed_as_plain(found)))


def _reply(described: Described, start: date, end: date) -> Response:
    if not start <= end or end.year - start.year > MOST_YEARS:
        raise WindowFaulty(most_years=MOST_YEARS)
    profile, found = calendar_of(described.company.profile, described.unsure, start, end)
    advised = [advice_as_plain(each) for each in advise(found.catalogue, profile, start, end)]
    body = orjson.dumps({"success": True, "data": calendar_as_plain(found, advised)})
    return Response(body, media_type="application/json")
