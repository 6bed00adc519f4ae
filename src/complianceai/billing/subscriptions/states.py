"""What becomes of a subscription, as tables: Razorpay's states in ours, and what may be asked for in each."""

from collections.abc import Mapping
from enum import StrEnum

from complianceai.site.words import marked


class State(StrEnum):
    """Where a subscription stands."""

    WAITING = "waiting"  # bought, and not yet agreed to at Razorpay
    AGREED = "agreed"  # the mandate is given, and the first period begins later: a trial, or a change to come
    ACTIVE = "active"
    PAST_DUE = "past_due"  # a charge failed, and Razorpay tries again
    UNPAID = "unpaid"  # Razorpay has given up trying
    PAUSED = "paused"
    ENDED = "ended"


class Deed(StrEnum):
    """What its owner may ask for."""

    CHANGE = "change"
    CANCEL = "cancel"
    PAUSE = "pause"
    RESUME = "resume"


# Source: https://razorpay.com/docs/payments/subscriptions/states/
OF_GATEWAY: Mapping[str, State] = {
    "created": State.WAITING,
    "authenticated": State.AGREED,
    "active": State.ACTIVE,
    "pending": State.PAST_DUE,
    "halted": State.UNPAID,
    "paused": State.PAUSED,
    "cancelled": State.ENDED,
    "completed": State.ENDED,
    "expired": State.ENDED,
}
MAY: Mapping[State, frozenset[Deed]] = {
    State.WAITING: frozenset({Deed.CANCEL}),
    State.AGREED: frozenset({Deed.CHANGE, Deed.CANCEL}),
    State.ACTIVE: frozenset({Deed.CHANGE, Deed.CANCEL, Deed.PAUSE}),
    State.PAST_DUE: frozenset({Deed.CANCEL}),
    State.UNPAID: frozenset({Deed.CANCEL}),
    State.PAUSED: frozenset({Deed.CANCEL, Deed.RESUME}),
    State.ENDED: frozenset(),
}
# In these the mandate stands, or may still be given.
LIVE = frozenset(State) - {State.ENDED}
OWING = frozenset({State.PAST_DUE, State.UNPAID})
STATE_WORDS: Mapping[str, str] = {
    State.WAITING: marked("waiting for your agreement at Razorpay"),
    State.AGREED: marked("agreed, begins later"),
    State.ACTIVE: marked("active"),
    State.PAST_DUE: marked("a payment failed"),
    State.UNPAID: marked("unpaid"),
    State.PAUSED: marked("paused"),
    State.ENDED: marked("ended"),
}
PERIOD_WORDS: Mapping[str, str] = {"monthly": marked("monthly"), "yearly": marked("yearly")}
