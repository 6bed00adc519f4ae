"""How attempts at an account slow whoever makes them, and not its owner.

Attempts are counted before they are judged, so that many at once gain nothing, and for accounts that there are not as
for those that there are. A browser in which the owner signed in before is counted by itself: strangers who keep
failing elsewhere do not keep it waiting.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from complianceai.storage.limits import Limiter
from complianceai.storage.sealing import Sealer

# The sixth attempt waits for up to a minute, the eleventh for a quarter of an hour, the thirty-first for a day.
FROM_ONE_PLACE = ("5/minute", "10/15minutes", "30/day")
# From all places together, so that a thousand addresses are not a thousand times as fast.
FROM_ANYWHERE = ("60/hour", "300/day")
KNOWN_FOR = timedelta(days=365)
PURPOSE = "known browser"


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that has been counted."""

    limiter: Limiter
    caller: tuple[str, ...]

    async def forgive(self) -> None:
        """Nothing; it was right, so those before it are forgotten."""
        for rate in FROM_ONE_PLACE:
            await self.limiter.forget(*self.caller, rate=rate)


async def count_attempt(limiter: Limiter, account: str, address: str | None, known: str | None) -> Attempt:
    """The attempt at the account, counted; `known` names a browser in which its owner signed in before.

    Errors: TooMany, longer the more there were.
    """
    whole = ("attempt", _hash(account))
    place = (*whole, "known", known) if known else (*whole, address or "unknown")
    for rate in FROM_ONE_PLACE:
        await limiter.count(*place, rate=rate)
    if not known:
        for rate in FROM_ANYWHERE:
            await limiter.count(*whole, rate=rate)
    return Attempt(limiter, place)


def mark_browser(sealer: Sealer, account: str, now: datetime) -> str:
    """What a browser keeps so as to be known as one in which the account's owner signed in."""
    return sealer.seal(PURPOSE, f"{_hash(account)} {secrets.token_hex(8)}", now)


def known_browser(sealer: Sealer, mark: str | None, account: str, now: datetime) -> str | None:
    """The name of the browser, or None where its mark is none of ours or of another account."""
    found = sealer.unseal(PURPOSE, mark, now, KNOWN_FOR) if mark else None
    owner, _, name = (found or "").partition(" ")
    return name if owner == _hash(account) else None


def _hash(account: str) -> str:
    return sha256(account.encode()).hexdigest()[:32]
