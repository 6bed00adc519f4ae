"""The page of a person's calendar feeds."""

from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.base.ids import read_id
from complianceai.register.feeds.actions import make_feed, revoke_feed
from complianceai.register.feeds.errors import FeedMissing
from complianceai.register.feeds.queries import list_feeds
from complianceai.register.feeds.schemas import FeedWish
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, root_of
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.practice.queries.practices import list_practices
from complianceai.tenancy.queries import list_companies

router = Router(prefix="/app/feeds", include_in_schema=False)
PLACE = "/app/feeds"
_BLANK = {"name": "", "of": "", "hides_names": ""}


@router.get("")
async def show_feeds(request: Request, scope: SignedIn, database: Db) -> Response:
    """The person's feeds, and how to make another."""
    return await _feeds(request, scope, database)


@router.post("")
async def make(request: Request, scope: SignedIn, database: Db, now: Now) -> Response:
    """The new feed's address, told once, or what to mend."""
    typed = await typed_in(request)
    kind, _, identity = typed.get("of", "").partition(":")
    given = {"name": typed.get("name", ""), "hides_names": typed.get("hides_names") == "yes"}
    if kind in {"company", "practice"}:
        given[f"{kind}_id"] = identity
    try:
        made = await make_feed(database, scope, read_form(given, FeedWish).wish(), now)
    except InvalidInput as error:
        return await _feeds(request, scope, database, typed=_BLANK | typed, faults=error.faults, status=422)
    except DomainError as error:
        told = translate(preferences(request).language, error.sentence).format_map(error.fields)
        return await _feeds(request, scope, database, typed=_BLANK | typed, faults={"of": told}, status=422)
    address = f"{root_of(request)}/feeds/{made.token}.ics"
    return await _feeds(request, scope, database, address=address)


@router.post("/{feed_id}/revoke")
async def revoke(feed_id: str, scope: SignedIn, database: Db) -> Response:
    """The way back to the feeds, of which this one is none any more."""
    identity = read_id(feed_id)
    if identity is None:
        raise FeedMissing
    await revoke_feed(database, scope, identity)
    return RedirectResponse(PLACE, status_code=303)


async def _feeds(request: Request, scope: Any, database: Db, *, status: int = 200, **shown: Any) -> Response:
    async with database.reading() as connection:
        found = await list_feeds(connection, scope)
        companies = await list_companies(connection, scope, limit=200)
        practices = await list_practices(connection, scope)
    choices = [(f"practice:{each.id}", each.name) for each in practices]
    choices += [(f"company:{each.id}", each.name) for each in companies]
    names = {each.id: each.name for each in companies} | {each.id: each.name for each in practices}
    return page(
        request, "register/feeds.html", status=status, feeds=found, choices=choices, names=names,
        **{"typed": _BLANK, "faults": {}, "address": None, **shown},
    )  # fmt: skip
