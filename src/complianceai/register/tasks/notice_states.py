"""What can become of a notice, as data."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from complianceai.site.words import marked


class NoticeState(StrEnum):
    """Where a notice stands."""

    OPEN = "open"
    REPLIED = "replied"
    HEARD = "heard"
    CLOSED = "closed"


class Happening(StrEnum):
    """What can happen with a notice."""

    REPLY = "reply"
    EXTENDED = "extended"
    HEARING_FIXED = "hearing_fixed"
    ADJOURNED = "adjourned"
    HEARD = "heard"
    ORDER = "order"
    CLOSED = "closed"
    REOPENED = "reopened"


class Effect(NamedTuple):
    """What a happening does: the state it leads to, if it leads to one, and the date it moves, if it moves one."""

    words: str
    state: NoticeState | None = None
    moves: str = ""


HAPPENINGS: Mapping[Happening, Effect] = {
    Happening.REPLY: Effect(marked("A reply was sent"), NoticeState.REPLIED),
    Happening.EXTENDED: Effect(marked("More time was given to reply"), None, "reply_due"),
    Happening.HEARING_FIXED: Effect(marked("A hearing was fixed"), None, "hearing_on"),
    Happening.ADJOURNED: Effect(marked("The hearing was adjourned"), None, "hearing_on"),
    Happening.HEARD: Effect(marked("It was heard"), NoticeState.HEARD),
    Happening.ORDER: Effect(marked("An order was made"), None),
    Happening.CLOSED: Effect(marked("It is closed"), NoticeState.CLOSED),
    Happening.REOPENED: Effect(marked("It was opened again"), NoticeState.OPEN),
}
NOTICE_WORDS: Mapping[NoticeState, str] = {
    NoticeState.OPEN: marked("open"),
    NoticeState.REPLIED: marked("replied"),
    NoticeState.HEARD: marked("heard"),
    NoticeState.CLOSED: marked("closed"),
}
