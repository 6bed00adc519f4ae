"""Which plan an account has by what it bought, and what it is worth a month. Pure: rows and an instant in."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from complianceai.billing.plans import FREE, load
from complianceai.billing.subscriptions.proration import worth_a_month
from complianceai.billing.subscriptions.queries import Subscription
from complianceai.billing.subscriptions.states import OWING, State

# After a charge failed the plan is kept for so long, while Razorpay and our mails try to have it paid.
GRACE = timedelta(days=14)


class Standing(NamedTuple):
    """A plan by its name, and what it is worth a month without GST. Units: paise."""

    plan: str
    mrr_paise: int


NOTHING = Standing(FREE, 0)


def standing_of(bought: Iterable[Subscription], now: datetime) -> Standing:
    """The largest plan that is paid for, agreed to on trial, or within grace."""
    every = {each.id: each for each in bought}
    held = [each for each in every.values() if is_held(each, now)]
    if not held:
        return NOTHING
    best = max(held, key=_rank)
    return Standing(best.plan, _worth(best, every))


def is_held(bought: Subscription, now: datetime) -> bool:
    """Whether it gives its plan at that instant."""
    if bought.state is State.ACTIVE:
        return bought.way == "mandate" or _is_before_end(bought, now)
    if bought.state in OWING:
        return bought.past_due_since is None or now < bought.past_due_since + GRACE
    if bought.state in {State.PAUSED, State.ENDED}:
        # What was paid for is had until its end.
        return _is_before_end(bought, now)
    return bought.state is State.AGREED


def is_on_trial(bought: Subscription, every: Mapping[UUID, Subscription]) -> bool:
    """Whether nothing was paid for it yet: neither a period of its own, nor the one that it waits to follow."""
    if bought.starts_at is None or bought.current_end != bought.starts_at or bought.upfront_gross_paise:
        return False
    followed = every.get(bought.replaces_id) if bought.replaces_id else None
    return followed is None or is_on_trial(followed, every)


def _worth(bought: Subscription, every: Mapping[UUID, Subscription]) -> int:
    """What will not be charged again is worth nothing, nor is a trial before it is paid."""
    if bought.state in {State.PAUSED, State.ENDED} or is_on_trial(bought, every):
        return 0
    return worth_a_month(bought.net_paise, bought.period)


def _rank(bought: Subscription) -> tuple[int, bool, datetime]:
    plan = load().get(bought.plan)
    return (plan.position if plan else 0, bought.state is State.ACTIVE, bought.created_at)


def _is_before_end(bought: Subscription, now: datetime) -> bool:
    return bought.current_end is not None and now < bought.current_end
