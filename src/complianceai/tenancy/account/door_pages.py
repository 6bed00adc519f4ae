"""The door opened by a passkey, from the page of sign-in."""

from fastapi import Request
from starlette.responses import Response

from complianceai.base.errors import InvalidInput
from complianceai.site.errors import STATUSES
from complianceai.site.routing import Router
from complianceai.storage.services import Now, services
from complianceai.tenancy import actions
from complianceai.tenancy.access import browser_of, counted
from complianceai.tenancy.account.way_schemas import AnswerForm
from complianceai.tenancy.errors import NotSignedIn
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.pages import lead_in, show_form
from complianceai.tenancy.relying import party_of
from complianceai.tenancy.way_errors import NoPasskeysHere, PasskeyNotTaken, PasskeyRefused, UsedAlready

router = Router(include_in_schema=False)


@router.post("/login/passkey", dependencies=[counted])
async def enter_by_passkey(request: Request, now: Now) -> Response:
    """The way to where the person wanted to go, or the form again."""
    typed = await typed_in(request)
    try:
        given = read_form(typed, AnswerForm)
        signed_in = await _enter(request, given, now)
    except InvalidInput as error:
        return show_form(request, "login", typed, error.faults)
    except PasskeyNotTaken:
        return _again(request, typed, PasskeyRefused())
    except (PasskeyRefused, UsedAlready, NotSignedIn, NoPasskeysHere) as error:
        return _again(request, typed, error)
    return lead_in(request, signed_in, typed, now)


async def _enter(request: Request, given: AnswerForm, now: Now) -> actions.SignedInAs:
    known, party, browser = services(request), party_of(request), browser_of(request)
    if not given.step:
        return await actions.enter_by_passkey(known, party, given.answer(), browser, now)
    return await actions.take_second_step_by_passkey(known, party, given.step, given.answer(), browser, now)


def _again(
    request: Request,
    typed: dict[str, str],
    error: PasskeyRefused | UsedAlready | NotSignedIn | NoPasskeysHere,
) -> Response:
    # After the password, the code is still another way.
    form = "second_step" if typed.get("step") and not isinstance(error, NotSignedIn) else "login"
    return show_form(request, form, {**typed, "passkey": "yes"}, {"whole": str(error)}, STATUSES[error.kind])
