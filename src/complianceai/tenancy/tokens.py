"""Tokens by which programs act for a person: what they may do, and for how long."""

import secrets
from enum import StrEnum

from complianceai.site.words import marked

# Found by whoever searches what was published by mistake.
PREFIX = "cai_"
LONGEST_DAYS = 366


class May(StrEnum):
    """What a token may be used for."""

    READ = "read"
    WRITE = "write"
    ACCOUNT = "account"


MAY_WORDS = {
    May.READ: marked("Read"),
    May.WRITE: marked("Change"),
    May.ACCOUNT: marked("Look after the account itself"),
}
ALL_COMPANIES = marked("All companies")


def new_api_token() -> str:
    """A token that nobody guesses: 256 bits of the system's randomness."""
    return PREFIX + secrets.token_urlsafe(32)


def bearer_of(authorization: str | None) -> str | None:
    """What follows the word Bearer in the header, or None where the header says something else."""
    kind, _, token = (authorization or "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None
