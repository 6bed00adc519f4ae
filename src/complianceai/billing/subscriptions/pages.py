"""The page on which a plan is bought and changed, and the one on which it is agreed to."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import DomainError, InvalidInput
from complianceai.base.ids import read_id
from complianceai.billing.accounts.actions import say_particulars
from complianceai.billing.accounts.errors import AccountMissing
from complianceai.billing.accounts.queries import account_of, list_places, unopened
from complianceai.billing.plans import plan_named
from complianceai.billing.razorpay.serving import till_of
from complianceai.billing.razorpay.till import Till, insist
from complianceai.billing.subscriptions import steering
from complianceai.billing.subscriptions.api import opened
from complianceai.billing.subscriptions.buying import Wanted, buy
from complianceai.billing.subscriptions.errors import SubscriptionMissing
from complianceai.billing.subscriptions.queries import Subscription, of_account
from complianceai.billing.subscriptions.schemas import ParticularsInput, PurchaseInput
from complianceai.billing.subscriptions.showing import deeds_of, offers
from complianceai.billing.subscriptions.states import PERIOD_WORDS, STATE_WORDS, State
from complianceai.billing.subscriptions.steering import find_own
from complianceai.billing.subscriptions.syncing import Syncing
from complianceai.rules.words import STATE_NAMES
from complianceai.site.errors import STATUSES
from complianceai.site.headers import POLICY
from complianceai.site.language import translate
from complianceai.site.numbers import rupees_of
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Db, Now, Seals, root_of
from complianceai.tenancy.access import OfAccount
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.scope import Scope

router = Router(prefix="/app/account/subscription", include_in_schema=False)
HOME = "/app/account/subscription"


async def _one(subscription_id: str) -> UUID:
    found = read_id(subscription_id)
    if found is None:
        raise SubscriptionMissing
    return found


OneSubscription = Annotated[UUID, Depends(_one)]


@router.get("")
async def show(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """What was bought, what may be bought now and at what price, and what invoices say of the account."""
    return await _show(request, scope, database, now, request.query_params.get("practice", ""))


@router.post("")
async def choose(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """The way to the page on which it is agreed to, or back with why not."""
    typed = await typed_in(request)
    chosen = dict(zip(("plan", "period", "way"), typed.get("choice", "").split(":"), strict=False))
    practice = typed.get("practice", "")
    try:
        wanted = read_form(chosen, PurchaseInput)
        account = await opened(database, scope, _practice(practice), now)
        asked = Wanted(wanted.plan, wanted.period, wanted.way)
        made = await buy(database, insist(till_of(request)), scope, account.id, asked, now)
    except AccountMissing:
        raise
    except DomainError as error:
        return await _show(request, scope, database, now, practice, error=error)
    return RedirectResponse(f"{HOME}/{made.id}", status_code=303)


@router.post("/particulars")
async def say(request: Request, scope: OfAccount, database: Db, now: Now) -> Response:
    """The way back, with what invoices say kept; or the form with what to mend."""
    typed = await typed_in(request)
    practice = typed.get("practice", "")
    account = await opened(database, scope, _practice(practice), now)
    try:
        said = read_form(typed, ParticularsInput)
    except InvalidInput as error:
        return await _show(request, scope, database, now, practice, typed=typed, error=error)
    await say_particulars(database, scope, account.id, said.said, now)
    return RedirectResponse(HOME + (f"?practice={practice}" if practice else ""), status_code=303)


@router.get("/{subscription_id}")
async def show_one(
    request: Request, subscription_id: OneSubscription, scope: OfAccount, database: Db
) -> Response:
    """One subscription: the way to Razorpay while it waits for that, and what may be asked of it."""
    async with database.reading() as connection:
        found = await find_own(connection, scope, subscription_id)
    return await _one_page(request, found)


@router.post("/{subscription_id}")
async def do(
    request: Request,
    subscription_id: OneSubscription,
    scope: OfAccount,
    database: Db,
    sealer: Seals,
    now: Now,
) -> Response:
    """The way back to the page, with the deed done; or the page with why not."""
    deed = (await typed_in(request)).get("deed", "look")
    async with database.reading() as connection:
        found = await find_own(connection, scope, subscription_id)
    try:
        if deed == "cancel":
            await steering.cancel(database, scope, subscription_id, now)
        else:
            till = insist(till_of(request))
            deeds = {"pause": steering.pause, "resume": steering.resume}
            if steer := deeds.get(deed):
                await steer(database, sealer, till, scope, subscription_id, now)
            else:
                await Syncing(database, sealer, till).subscription(subscription_id, now)
    except DomainError as error:
        return await _one_page(request, found, error)
    return RedirectResponse(f"{HOME}/{subscription_id}", status_code=303)


async def _show(  # noqa: PLR0913 - whose page, with what was typed and why not
    request: Request,
    scope: Scope,
    database: Db,
    now: Now,
    practice: str,
    *,
    typed: Mapping[str, str] | None = None,
    error: DomainError | None = None,
) -> Response:
    till = till_of(request)
    async with database.reading() as connection:
        places = await list_places(connection, scope)
        holder = next(
            (each.holder for each in places if each.holder.practice_id == _practice(practice)), None
        )
        if holder is None:
            raise AccountMissing
        account = await account_of(connection, holder) or unopened(holder, now)
        bought = await of_account(connection, account.id)
    names = ("legal_name", "gstin", "state", "address", "email")
    language = preferences(request).language
    faults = dict(error.faults) if isinstance(error, InvalidInput) else {}
    return page(
        request,
        "billing/subscription.html",
        status=STATUSES[error.kind] if error else 200,
        is_selling=till is not None,
        account=account,
        places=places,
        practice=practice,
        bought=[each for each in bought if each.state is not State.ENDED][:10],
        offers=offers(till.seller, account, bought, now) if till else [],
        states=sorted(STATE_NAMES.items(), key=lambda each: each[1]),
        typed=typed or {name: getattr(account, name) or "" for name in names},
        faults={name: translate(language, told) for name, told in faults.items()},
        refusal=_told(request, error) if error and not faults else "",
        is_complete=bool(account.legal_name and account.address and (account.state or account.gstin)),
        **_words(),
    )


async def _one_page(request: Request, bought: Subscription, error: DomainError | None = None) -> Response:
    till = till_of(request)
    is_order = till is not None and bought.way == "once" and bought.state is State.WAITING
    reply = page(
        request,
        "billing/subscription_one.html",
        status=STATUSES[error.kind] if error else 200,
        bought=bought,
        deeds=deeds_of(bought),
        link=_safe(bought.short_url, till),
        checkout=_checkout(request, till, bought) if till and is_order and bought.gateway_id else None,
        refusal=_told(request, error) if error else "",
        **_words(),
    )
    if till and is_order:
        # This one page may send its form to Razorpay, and no other page may.
        own = "form-action 'self'"
        reply.headers["Content-Security-Policy"] = POLICY.replace(own, f"{own} {_origin(till)}")
    return reply


def _checkout(request: Request, till: Till, bought: Subscription) -> dict[str, object]:
    """Razorpay's hosted checkout: where the form goes, and what it carries; nothing of it is secret."""
    here = root_of(request)
    fields = {
        "key_id": till.key_id,
        "order_id": bought.gateway_id,
        "amount": bought.charged_first_paise,
        "currency": "INR",
        "name": till.seller.name,
        "description": plan_named(bought.plan).titles.en,
        "callback_url": f"{here}/billing/paid/{bought.id}",
        "cancel_url": f"{here}{HOME}/{bought.id}",
    }
    return {"action": f"{till.base_url}/v1/checkout/embedded", "fields": fields}


def _safe(link: str | None, till: Till | None) -> str | None:
    """Razorpay's link, where it is one of the web that is encrypted, or of the stand-in that was set up instead."""
    if link is None or till is None:
        return None
    return link if link.startswith(("https://", f"{till.base_url}/")) else None


def _origin(till: Till) -> str:
    parts = urlsplit(till.base_url)
    return f"{parts.scheme}://{parts.netloc}"


def _practice(text: str) -> UUID | None:
    found = read_id(text) if text else None
    if text and found is None:
        raise AccountMissing
    return found


def _told(request: Request, error: DomainError) -> str:
    return translate(preferences(request).language, error.sentence).format_map(error.fields)


def _words() -> dict[str, Any]:
    return {
        "plan_named": plan_named,
        "rupees_of": rupees_of,
        "state_words": STATE_WORDS,
        "period_words": PERIOD_WORDS,
    }
