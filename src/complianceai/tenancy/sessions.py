"""The token in a visitor's cookie, and how long what it opens stays open."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

# A practice signs in in the morning and finds itself signed in the next; a forgotten browser does not stay so for ever.
IDLE_LIMIT = timedelta(hours=36)
ABSOLUTE_LIMIT = timedelta(days=14)
# One person's at a time; of more, the one seen longest ago ends.
MOST_AT_ONCE = 20
# To note each request would make every reader a writer.
SEEN_EVERY = timedelta(minutes=5)


def new_token() -> str:
    """A token that nobody guesses: 256 bits of the system's randomness."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What is kept of a token; being random, it needs no salt and no slow hash."""
    return sha256(token.encode()).hexdigest()


def oldest_sight(now: datetime) -> datetime:
    """The instant before which a session that was last seen has been idle for too long."""
    return now - IDLE_LIMIT
