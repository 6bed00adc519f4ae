"""Identifiers that sort by the time they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7

__all__ = ["UUID", "new_id", "read_id"]


def new_id() -> UUID:
    """A fresh UUID of version 7: neighbours in time are neighbours in an index, and none can be guessed."""
    return uuid7()


def read_id(text: str) -> UUID | None:
    """The UUID that the text spells in its usual form, or None where it spells none."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None
