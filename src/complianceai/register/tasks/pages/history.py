"""What the trail says of one task, in words: names for people, dates as they are written, states as they are called."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from complianceai.base.clock import INDIA
from complianceai.register.tasks.states import PRIORITY_WORDS, STATE_WORDS
from complianceai.register.tasks.words import HISTORY_WORDS, SOMEBODY
from complianceai.site.language import translate
from complianceai.site.numbers import long_date, rupees
from complianceai.site.words import marked
from complianceai.storage.audit import Entry
from complianceai.tenancy.trail.differences import differences_of

# What a row says of itself, beside what changed.
_OF_THE_ROW = {"task", "key", "step", "facts", "facts_hash", "comment", "evidence", "media_type"}
_NOTHING = {None, "", "null"}
_DAYS = {"working_date", "filed_on", "about_on", "expires_on"}
_PEOPLE = {"assignee_id", "reviewer_id"}
_TRUTHS: Mapping[str, str] = {"true": marked("Yes"), "false": marked("No")}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "state": {state.value: words for state, words in STATE_WORDS.items()},
    "priority": {priority.value: words for priority, words in PRIORITY_WORDS.items()},
}


class Fact(NamedTuple):
    """One fact that changed, by what people call it; None is "there was nothing"."""

    name: str
    before: str | None
    after: str | None


class Happened(NamedTuple):
    """One row of a task's history, at an hour of India."""

    entry: Entry
    at: datetime
    facts: list[Fact]


def told_of_row(entry: Entry, names: Mapping[str, str], language: str) -> Happened:
    """The row in a language; `names` are those of people by their id."""
    facts = []
    for path, before, after in differences_of(entry):
        if path in _OF_THE_ROW or "[" in path:
            continue
        said = [_said(path, text, names, language) for text in (before, after)]
        if said[0] != said[1]:
            facts.append(Fact(translate(language, HISTORY_WORDS.get(path, path)), *said))
    return Happened(entry, entry.at.astimezone(INDIA), facts)


def _said(path: str, text: str | None, names: Mapping[str, str], language: str) -> str | None:
    if text is None or text in _NOTHING:
        return None
    if path in _PEOPLE:
        return names.get(text) or translate(language, SOMEBODY)
    if path in _DAYS:
        return long_date(date.fromisoformat(text), language)
    if path == "amount_paise":
        return rupees(Decimal(text) / 100)
    word = _WORDS.get(path, _TRUTHS).get(text)
    return text if word is None else translate(language, word)
