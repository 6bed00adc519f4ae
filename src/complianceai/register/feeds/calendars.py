"""A feed as a calendar of all-day events.

Source: RFC 5545 (iCalendar), RFC 7986 (names, refresh).
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from complianceai.register.feeds.queries import Event
from complianceai.register.tasks.states import STATE_WORDS, State
from complianceai.site.language import translate
from complianceai.site.words import marked

if TYPE_CHECKING:
    from icalendar import Event as CalendarEvent

DOUBTED = marked("The date is not settled ({certainty}); ask before you rely on it.")
MOVED = marked("Moved from {statutory} by {instrument}.")
STANDS = marked("It is {state}.")
OPENS_AT = marked("Open it: {address}")
REFRESH = timedelta(hours=6)


def as_calendar(events: Iterable[Event], *, name: str, hides_names: bool, root: str, language: str) -> bytes:
    """The feed as a calendar program takes it; `root` is the address of the product, to which each event leads."""
    from icalendar import Calendar  # noqa: PLC0415 - a process that serves no feed need not hold it

    made = Calendar()
    made.add("prodid", "-//ComplianceAI//Statutory calendar//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for each in events:
        made.add_component(_event(each, hides_names=hides_names, root=root, language=language))
    whole: bytes = made.to_ical()
    return whole


def _event(each: Event, *, hides_names: bool, root: str, language: str) -> "CalendarEvent":
    from icalendar import Event as CalendarEvent  # noqa: PLC0415 - as above

    made = CalendarEvent()
    made.add("uid", f"{each.id}@complianceai")
    # What the event says depends on its task alone, so its stamp is the task's: a feed without news is the same text.
    made.add("dtstamp", each.updated_at)
    made.add("last-modified", each.updated_at)
    made.add("sequence", each.version)
    made.add("dtstart", each.effective_date)
    made.add("dtend", each.effective_date + timedelta(days=1))
    made.add("summary", _summary(each, hides_names=hides_names))
    made.add("description", _description(each, root, language, hides_names=hides_names))
    made.add("categories", [each.authority, each.certainty])
    made.add("status", "CONFIRMED" if each.certainty == "verified" else "TENTATIVE")
    made.add("transp", "TRANSPARENT")
    made.add("class", "PRIVATE")
    return made


def _summary(each: Event, *, hides_names: bool) -> str:
    done = "✓ " if each.state is State.FILED else ""
    doubt = "" if each.certainty == "verified" else f" [{each.certainty}]"
    parts = (each.form, each.registration, each.period_label, None if hides_names else f"· {each.company}")
    return done + " ".join(part for part in parts if part) + doubt


def _description(each: Event, root: str, language: str, *, hides_names: bool) -> str:
    said = [
        each.title,
        translate(language, STANDS).format(state=translate(language, STATE_WORDS[each.state])),
    ]
    if each.certainty != "verified":
        said.append(translate(language, DOUBTED).format(certainty=each.certainty))
    if each.extended_by and each.statutory_date != each.due_date:
        moved = {"statutory": f"{each.statutory_date:%d.%m.%Y}", "instrument": each.extended_by}
        said.append(translate(language, MOVED).format(**moved))
    if not hides_names:
        said.append(
            translate(language, OPENS_AT).format(
                address=f"{root}/app/companies/{each.company_id}/tasks/{each.id}"
            )
        )
    return "\n".join(said)
