"""The page that a mail's "no more of this" leads to."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from complianceai.register.reminders.actions.wants import stop_mail
from complianceai.register.reminders.leaving import PATH, who_leaves
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, Seals
from complianceai.tenancy.access import counted

router = Router(prefix=PATH, dependencies=[counted], include_in_schema=False)
Token = Annotated[str, Query(max_length=500)]
OVER = 404


@router.get("")
async def ask(request: Request, sealer: Seals, now: Now, token: Token = "") -> Response:
    """The question, so that a program that only looks at links ends nothing."""
    is_known = who_leaves(sealer, token, now) is not None
    return _show(request, token, is_known=is_known)


@router.post("")
async def leave(request: Request, sealer: Seals, database: Db, now: Now, token: Token = "") -> Response:
    """The word that no more mail of reminders is sent; a mailbox's own button asks no question before.

    Source: RFC 8058.
    """
    person_id = who_leaves(sealer, token, now)
    if person_id is not None:
        await stop_mail(database, person_id)
    return _show(request, token, is_known=person_id is not None, is_done=person_id is not None)


def _show(request: Request, token: str, *, is_known: bool, is_done: bool = False) -> Response:
    return page(
        request,
        "register/reminders/leave.html",
        status=200 if is_known else OVER,
        token=token,
        is_known=is_known,
        is_done=is_done,
    )
