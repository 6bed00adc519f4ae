"""Where a person lets an operator help, and where the operator takes that up."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.site.errors import STATUSES
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import InPerson
from complianceai.tenancy.confirming import check_fresh
from complianceai.tenancy.cookies import keep_token
from complianceai.tenancy.forms import typed_in
from complianceai.tenancy.operators.access import OperatorScope
from complianceai.tenancy.operators.console import console
from complianceai.tenancy.operators.errors import NoSuchPermit
from complianceai.tenancy.operators.helping import HOURS, allow, begin, find_permit, withdraw

router = Router(include_in_schema=False)
HOME = "/app/account/help"
LONGEST_CODE = 60


@router.get(HOME)
async def show(request: Request, scope: InPerson, database: Db, now: Now) -> Response:
    """Whether somebody may help, and the form to allow it."""
    return await _show(request, scope, database, now)


@router.post(HOME)
async def change(request: Request, scope: InPerson, database: Db, now: Now) -> Response:
    """The page with the code, which is told once; or the way back, with the permission over."""
    typed = await typed_in(request)
    if typed.get("deed") == "end":
        await withdraw(database, scope, now)
        return RedirectResponse(HOME, status_code=303)
    check_fresh(scope, now)
    hours = next((each for each in HOURS if str(each) == typed.get("hours")), HOURS[0])
    code = await allow(database, scope, hours, now, may_change=typed.get("may_change") == "yes")
    grouped = "-".join(code[at : at + 4] for at in range(0, len(code), 4))
    return await _show(request, scope, database, now, grouped)


@router.get("/operator/help")
async def ask(request: Request, scope: OperatorScope) -> Response:
    """The question for the code."""
    del scope  # it insists
    return console(request, "tenancy/operator/help.html", faults={})


@router.post("/operator/help")
async def take_up(request: Request, scope: OperatorScope, now: Now) -> Response:
    """The person's own first page, in a session that ends with the permission."""
    typed = await typed_in(request)
    try:
        token = await begin(services(request), scope, typed.get("code", "")[:LONGEST_CODE], now)
    except NoSuchPermit as error:
        told = translate(preferences(request).language, str(error))
        return console(
            request, "tenancy/operator/help.html", status=STATUSES[error.kind], faults={"code": told}
        )
    reply = RedirectResponse("/app", status_code=303)
    keep_token(request, reply, token)
    return reply


async def _show(request: Request, scope: InPerson, database: Db, now: Now, code: str = "") -> Response:
    async with database.reading() as connection:
        permit = await find_permit(connection, scope.person.id, now)
    return page(request, "tenancy/operator/allow.html", permit=permit, code=code, hours=HOURS)
