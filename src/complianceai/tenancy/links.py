"""What a link in a mail is for, and how long it serves."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """What whoever opens a link may do, once."""

    # The address is theirs.
    VERIFY = "verify"
    # Choose a password without the old one.
    RESET = "reset"
    # The new address is theirs, and is to be the account's.
    MOVE = "move"
    # The address that the account had before is to be its own again.
    UNDO = "undo"


LASTS: Mapping[Purpose, timedelta] = {
    Purpose.VERIFY: timedelta(days=3),
    Purpose.RESET: timedelta(minutes=30),
    Purpose.MOVE: timedelta(hours=24),
    Purpose.UNDO: timedelta(days=7),
}
# Where each leads to; the page asks for a click, since mail scanners open links by themselves.
PATHS: Mapping[Purpose, str] = {
    Purpose.VERIFY: "/verify",
    Purpose.RESET: "/reset",
    Purpose.MOVE: "/email",
    Purpose.UNDO: "/email/undo",
}
