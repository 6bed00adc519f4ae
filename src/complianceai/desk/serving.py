"""An answer at an address of its own, for whoever has it: question, answer, sources and date, and nothing else."""

from fastapi import Request
from starlette.responses import Response

from complianceai.desk.queries import find_shared
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import counted
from complianceai.tenancy.sessions import hash_token

router = Router(include_in_schema=False)
RATE = "240/hour"


@router.get("/answers/{token}", dependencies=[counted])
async def show_answer(request: Request, token: str, database: Db, now: Now) -> Response:
    """The answer as it was told on its day."""
    await services(request).limiter.count("answer", hash_token(token), rate=RATE)
    async with database.reading() as connection:
        found = await find_shared(connection, token, now)
    # A search engine that was told of the link must not tell others.
    return page(request, "desk/shared.html", each=found, headers={"X-Robots-Tag": "noindex"})
