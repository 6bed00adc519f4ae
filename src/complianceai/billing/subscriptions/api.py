"""Subscriptions for programs."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request

from complianceai.billing.accounts.actions import open_account, say_particulars
from complianceai.billing.accounts.errors import AccountMissing
from complianceai.billing.accounts.queries import Account, account_of, list_places
from complianceai.billing.razorpay.serving import till_of
from complianceai.billing.razorpay.till import insist
from complianceai.billing.subscriptions import steering
from complianceai.billing.subscriptions.buying import Wanted, buy
from complianceai.billing.subscriptions.queries import of_account
from complianceai.billing.subscriptions.schemas import (
    ParticularsInput,
    PurchaseInput,
    SubscriptionReply,
    subscription_reply,
)
from complianceai.billing.subscriptions.steering import find_own
from complianceai.billing.subscriptions.syncing import Syncing
from complianceai.site.replies import PageOfList, Success, SuccessList, failures
from complianceai.site.routing import Router
from complianceai.storage.database import Database
from complianceai.storage.services import Db, Now, Seals, root_of
from complianceai.tenancy.access import OfAccount
from complianceai.tenancy.scope import Scope

router = Router(prefix="/api/billing", tags=["billing"])
_REFUSED = failures(401, 403, 404, 409, 422)
_CALLS = {**_REFUSED, **failures(413, 503)}
OfPractice = Annotated[
    UUID | None,
    Query(alias="practiceId", description="A practice that the caller is in charge of; else their own."),
]


@router.put("/particulars", responses={**_REFUSED, **failures(413)})
async def set_particulars(
    scope: OfAccount, said: ParticularsInput, database: Db, now: Now, practice_id: OfPractice = None
) -> Success[ParticularsInput]:
    """What tax invoices say of the caller, or of their practice, from now on."""
    account = await opened(database, scope, practice_id, now)
    await say_particulars(database, scope, account.id, said.said, now)
    return Success(data=said)


@router.get("/subscriptions", responses=_REFUSED)
async def get_subscriptions(
    request: Request, scope: OfAccount, database: Db, practice_id: OfPractice = None
) -> SuccessList[SubscriptionReply]:
    """Everything that was bought, the last first."""
    async with database.reading() as connection:
        places = [each.holder for each in await list_places(connection, scope)]
        holder = next((each for each in places if each.practice_id == practice_id), None)
        account = await account_of(connection, holder) if holder else None
        found = await of_account(connection, account.id) if account else []
    if holder is None:
        raise AccountMissing
    data = [subscription_reply(each, root_of(request)) for each in found]
    return SuccessList(data=data, page=PageOfList(number=1, size=max(1, len(data)), total=len(data)))


@router.post("/subscriptions", status_code=201, responses=_CALLS)
async def add_subscription(
    request: Request,
    scope: OfAccount,
    wanted: PurchaseInput,
    database: Db,
    now: Now,
    practice_id: OfPractice = None,
) -> Success[SubscriptionReply]:
    """What was bought: nothing is charged until its owner has agreed to it at `payAt`."""
    till = insist(till_of(request))
    account = await opened(database, scope, practice_id, now)
    asked = Wanted(wanted.plan, wanted.period, wanted.way)
    made = await buy(database, till, scope, account.id, asked, now)
    return Success(data=subscription_reply(made, root_of(request)))


@router.get("/subscriptions/{subscription_id}", responses=_REFUSED)
async def get_subscription(
    request: Request, subscription_id: UUID, scope: OfAccount, database: Db
) -> Success[SubscriptionReply]:
    """One subscription."""
    async with database.reading() as connection:
        found = await find_own(connection, scope, subscription_id)
    return Success(data=subscription_reply(found, root_of(request)))


@router.post("/subscriptions/{subscription_id}/look", responses=_CALLS)
async def look(
    request: Request, subscription_id: UUID, scope: OfAccount, database: Db, sealer: Seals, now: Now
) -> Success[SubscriptionReply]:
    """The subscription as Razorpay says that it stands by now."""
    till = insist(till_of(request))
    async with database.reading() as connection:
        await find_own(connection, scope, subscription_id)
    found = await Syncing(database, sealer, till).subscription(subscription_id, now)
    return Success(data=subscription_reply(found, root_of(request)))


@router.post("/subscriptions/{subscription_id}/cancel", responses=_CALLS)
async def cancel(
    request: Request, subscription_id: UUID, scope: OfAccount, database: Db, now: Now
) -> Success[SubscriptionReply]:
    """The subscription, which ends with the period that is paid for."""
    found = await steering.cancel(database, scope, subscription_id, now)
    return Success(data=subscription_reply(found, root_of(request)))


@router.post("/subscriptions/{subscription_id}/pause", responses=_CALLS)
async def pause(
    request: Request, subscription_id: UUID, scope: OfAccount, database: Db, sealer: Seals, now: Now
) -> Success[SubscriptionReply]:
    """The subscription paused: nothing is charged until it goes on."""
    till = insist(till_of(request))
    found = await steering.pause(database, sealer, till, scope, subscription_id, now)
    return Success(data=subscription_reply(found, root_of(request)))


@router.post("/subscriptions/{subscription_id}/resume", responses=_CALLS)
async def resume(
    request: Request, subscription_id: UUID, scope: OfAccount, database: Db, sealer: Seals, now: Now
) -> Success[SubscriptionReply]:
    """The subscription going on."""
    till = insist(till_of(request))
    found = await steering.resume(database, sealer, till, scope, subscription_id, now)
    return Success(data=subscription_reply(found, root_of(request)))


async def opened(database: Database, scope: Scope, practice_id: UUID | None, now: Now) -> Account:
    """The account of the person, or of a practice that they are in charge of, opened where it is new.

    Errors: AccountMissing.
    """
    async with database.transaction() as connection:
        places = [each.holder for each in await list_places(connection, scope)]
        holder = next((each for each in places if each.practice_id == practice_id), None)
        if holder is None:
            raise AccountMissing
        return await open_account(connection, holder, now)
