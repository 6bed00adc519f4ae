"""The page of what happened to an account, and the names of its devices."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.ids import read_id
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db
from complianceai.tenancy import actions, queries
from complianceai.tenancy.access import OfAccount
from complianceai.tenancy.account.way_schemas import DeviceName, happening_reply
from complianceai.tenancy.errors import SessionMissing
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.happenings import WAY_WORDS, WHAT_WORDS

router = Router(prefix="/app/account", include_in_schema=False)
SIZE = 50


@router.get("/log")
async def show_log(
    request: Request,
    scope: OfAccount,
    database: Db,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """What happened to the account, the latest first."""
    async with database.reading() as connection:
        found = await queries.list_happenings(connection, scope, limit=SIZE, offset=(number - 1) * SIZE)
        total = await queries.count_happenings(connection, scope)
    return page(
        request,
        "tenancy/log.html",
        happenings=[happening_reply(each) for each in found],
        total=total,
        number=number,
        has_more=number * SIZE < total,
        what_words=WHAT_WORDS,
        way_words=WAY_WORDS,
    )


@router.post("/sessions/{session_id}/name")
async def name_session(request: Request, session_id: str, scope: OfAccount, database: Db) -> Response:
    """The way back; the device goes by the name."""
    identity = read_id(session_id)
    if identity is None:
        raise SessionMissing
    given = read_form(await typed_in(request), DeviceName)
    await actions.name_session(database, scope, identity, given.name or None)
    return RedirectResponse("/app/account/sessions", status_code=303)
