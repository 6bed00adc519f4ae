"""A request at its own address, for clients without an account: what is asked, and nothing else of the company."""

from fastapi import Request
from starlette.responses import Response

from complianceai.register.requests.actions import answer
from complianceai.register.requests.queries import find_by_token, list_sent
from complianceai.register.requests.receiving import receive
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.audit import Actor
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import address_of, counted
from complianceai.tenancy.sessions import hash_token

router = Router(prefix="/asked", include_in_schema=False)
# Of one link; a family of accountants with one tray of papers stays far below it.
RATE = "120/hour"


@router.get("/{token}", dependencies=[counted])
async def show(request: Request, token: str, database: Db, now: Now) -> Response:
    """What is asked for, each with its own form."""
    await services(request).limiter.count("asked", hash_token(token), rate=RATE)
    async with database.reading() as connection:
        asked = await find_by_token(connection, token, now)
        sent = (await list_sent(connection, [asked]))[asked.id]
    return page(
        request, "register/requests/asked.html", asked=asked, here=f"/asked/{token}",
        done={each.item for each in sent if each.decision != "refused"},
    )  # fmt: skip


@router.post("/{token}", dependencies=[counted])
async def send(request: Request, token: str, database: Db, now: Now) -> Response:
    """The receipt of what was sent, or why it was not taken."""
    await services(request).limiter.count("asked", hash_token(token), rate=RATE)
    async with database.reading() as connection:
        asked = await find_by_token(connection, token, now)
    return await receive(
        request, asked, Actor(None, None, address_of(request)), answer, f"/asked/{token}", now
    )
