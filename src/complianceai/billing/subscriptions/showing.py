"""What the page of a subscription shows: what each plan would cost now, and what may be asked for."""

from datetime import datetime
from typing import NamedTuple

from complianceai.base.errors import DomainError
from complianceai.billing.accounts.queries import Account
from complianceai.billing.plans import Plan, load
from complianceai.billing.razorpay.till import Seller
from complianceai.billing.subscriptions.buying import Price, Wanted, quote
from complianceai.billing.subscriptions.queries import Subscription
from complianceai.billing.subscriptions.states import MAY, Deed, State

WAYS = (("monthly", "mandate"), ("yearly", "mandate"), ("yearly", "once"))


class Offer(NamedTuple):
    """One thing that may be bought now, and its price."""

    plan: Plan
    wanted: Wanted
    price: Price


def offers(seller: Seller, account: Account, bought: list[Subscription], now: datetime) -> list[Offer]:
    """Whatever the account may buy now, by plan."""
    found = []
    for plan in load().values():
        if plan.for_practice and not account.holder.is_practice:
            continue
        for period, way in WAYS:
            wanted = Wanted(plan.name, period, way)
            try:
                found.append(Offer(plan, wanted, quote(seller, account, plan, wanted, bought, now)))
            except DomainError:
                # What cannot be bought is not offered; the action says why to whoever asks for it.
                continue
    return found


def deeds_of(bought: Subscription) -> list[str]:
    """What its owner may ask for on the page."""
    allowed = MAY[bought.state] - {Deed.CHANGE}
    if bought.way == "once":
        allowed &= {Deed.CANCEL} if bought.state is State.WAITING else set()
    if bought.ends_with_period and bought.way == "mandate":
        allowed -= {Deed.CANCEL, Deed.PAUSE}
    return [each.value for each in Deed if each in allowed]
