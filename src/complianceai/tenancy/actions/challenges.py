"""What a browser is asked about passkeys, and its answers: each answers one question, once, soon."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from complianceai.storage.services import Services
from complianceai.tenancy.actions.spending import spend
from complianceai.tenancy.passkeys import ANSWER_WITHIN
from complianceai.tenancy.way_errors import UsedAlready


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser is asked, and what it sends back with the answer."""

    options: dict[str, Any]
    state: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser answered, and what it was given with the question."""

    state: str
    credential: dict[str, Any]


def seal_challenge(services: Services, purpose: str, challenge: str, whose: str, now: datetime) -> str:
    """What shows that the challenge is ours, what for and whose; nobody can read or change it."""
    return services.sealer.seal(f"passkey {purpose}", f"{challenge} {whose}", now)


async def take_challenge(services: Services, purpose: str, state: str, whose: str, now: datetime) -> str:
    """The challenge that was asked for that purpose of that person; it serves no second time, whatever comes of it.

    Errors: UsedAlready, also where its time is over, or it was meant for something or somebody else.
    """
    told = services.sealer.unseal(f"passkey {purpose}", state, now, ANSWER_WITHIN) or ""
    challenge, _, known = told.partition(" ")
    if not challenge or known != whose:
        raise UsedAlready
    await spend(services.database, f"challenge {challenge}", now, 2 * ANSWER_WITHIN)
    return challenge
