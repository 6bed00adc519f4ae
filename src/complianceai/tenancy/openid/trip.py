"""One journey to a provider and back: what the browser takes along, sealed, so that the way back is its own."""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest

from complianceai.storage.sealing import Sealer
from complianceai.tenancy.openid.fetching import Unbelievable

LASTS = timedelta(minutes=10)
PURPOSE = "trip elsewhere"
LONGEST_TARGET = 1000
RECENT_SECONDS = 300


class Errand(StrEnum):
    """What somebody goes to a provider for."""

    ENTER = "enter"
    LINK = "link"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Trip:
    """What is asked of the provider, what for, and where the person wants to go after."""

    errand: Errand
    state: str
    nonce: str
    verifier: str
    target: str
    # The id of the person who was signed in, or nothing.
    whose: str = ""

    @property
    def is_again(self) -> bool:
        """Whether the provider is to ask the person anew who they are."""
        return self.errand is Errand.CONFIRM

    def check_state(self, state: str) -> None:
        """Nothing, where the answer is to this journey of this browser.

        Errors: Unbelievable.
        """
        if not compare_digest(self.state.encode(), state.encode()):
            raise Unbelievable("answers a question that this browser did not ask")

    def check_time(self, signed_in_at: object, now: datetime) -> None:
        """Nothing, where the person need not have signed in anew, or did by what the provider says of it.

        Errors: Unbelievable.
        """
        if not self.is_again or signed_in_at is None:
            return
        if not isinstance(signed_in_at, int | float) or now.timestamp() - signed_in_at > RECENT_SECONDS:
            raise Unbelievable("did not ask anew who it is")


def set_out(errand: Errand, target: str, whose: str = "") -> Trip:
    """A new journey, whose secrets nobody guesses."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Trip(errand, state, nonce, verifier, target if len(target) <= LONGEST_TARGET else "/", whose)


def challenge_of(verifier: str) -> str:
    """What the provider is told of the verifier. Source: RFC 7636, section 4.2, S256."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def pack(sealer: Sealer, trip: Trip, now: datetime) -> str:
    """The journey as a browser takes it along."""
    return sealer.seal(PURPOSE, json.dumps(asdict(trip)), now.astimezone(UTC))


def unpack(sealer: Sealer, packed: str, now: datetime) -> Trip | None:
    """The journey, or None where it is none of ours or took too long."""
    told = sealer.unseal(PURPOSE, packed, now, LASTS)
    if told is None:
        return None
    found = json.loads(told)
    return Trip(**{**found, "errand": Errand(found["errand"])})
