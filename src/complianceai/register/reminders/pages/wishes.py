"""How one is told: the page of the account."""

from collections.abc import Mapping

from fastapi import Request
from starlette.responses import Response

from complianceai.base.errors import InvalidInput
from complianceai.register.reminders.actions.wants import set_wishes
from complianceai.register.reminders.queries.wants import find_wishes
from complianceai.register.reminders.schemas import WishesInput
from complianceai.register.reminders.wants import RHYTHM_WORDS, Wishes
from complianceai.register.tasks.pages.common import said
from complianceai.site.numbers import WEEKDAYS
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db
from complianceai.tenancy.access import OfAccount
from complianceai.tenancy.forms import read_form, typed_in

router = Router(prefix="/app/account/reminders", include_in_schema=False)
INVALID = 422
_TICKS = ("by_mail", "events_by_mail")


@router.get("")
async def show_wishes(request: Request, scope: OfAccount, database: Db) -> Response:
    """How one is told, as a form."""
    async with database.reading() as connection:
        wishes = await find_wishes(connection, scope.person.id)
    return _form(request, typed_of(wishes), {})


@router.post("")
async def keep_wishes(request: Request, scope: OfAccount, database: Db) -> Response:
    """The form with what was kept, or with what to mend."""
    typed = await typed_in(request)
    given = {**typed, **{name: typed.get(name) == "yes" for name in _TICKS}}
    try:
        wishes = read_form(given, WishesInput).wishes()
    except InvalidInput as error:
        return _form(request, typed, said(request, error.faults))
    await set_wishes(database, scope, wishes)
    return _form(request, typed_of(wishes), {}, is_kept=True)


def typed_of(wishes: Wishes) -> dict[str, str]:
    """The wishes as a form holds them."""
    return {
        "before": ", ".join(str(each) for each in wishes.before or ()),
        "by_mail": "yes" if wishes.by_mail else "",
        "events_by_mail": "yes" if wishes.events_by_mail else "",
        "rhythm": wishes.rhythm.value,
        "weekday": str(wishes.weekday),
        "digest_at": f"{wishes.digest_at:%H:%M}",
        "quiet_from": f"{wishes.quiet_from:%H:%M}",
        "quiet_until": f"{wishes.quiet_until:%H:%M}",
    }


def _form(
    request: Request, typed: Mapping[str, str], faults: Mapping[str, str], *, is_kept: bool = False
) -> Response:
    return page(
        request,
        "register/reminders/wishes.html",
        status=INVALID if faults else 200,
        typed={name: typed.get(name, "") for name in WishesInput.model_fields},
        faults=faults,
        is_kept=is_kept,
        rhythms=[(each.value, words) for each, words in RHYTHM_WORDS.items()],
        weekdays=[(str(number), name) for number, name in enumerate(WEEKDAYS)],
    )
