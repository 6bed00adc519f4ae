"""Questions worth asking: of what falls due for the company, of what it is near to, of what its person asks about."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from complianceai import catalogue
from complianceai.base.clock import today_in_india
from complianceai.register.doubts import calendar_of
from complianceai.rules import ProfileFaults
from complianceai.site.language import translate
from complianceai.site.words import marked

MOST, AHEAD_DAYS, BEHIND_DAYS, MOST_OF_A_KIND = 6, 45, 40, 3
DUE = marked("When is {form} due?")
LATE = marked("What does it cost if {form} is late?")
HOW = marked("How is {form} filed?")
CHANGED = marked("What changed for {form}?")
NEXT = marked("What should I do next?")
GENERAL = (
    marked("Do I need GST registration?"),
    marked("When is GSTR-3B due?"),
    marked("What must a new private company file in its first year?"),
    marked("What changed with the Income-tax Act 2025?"),
)


class Suggestion(NamedTuple):
    """A question to ask: its sentence, the form that stands in it, and the key by which it is dismissed."""

    key: str
    sentence: str
    form: str = ""

    def spoken(self, language: str) -> str:
        """The question in a language."""
        return translate(language, self.sentence).format(form=self.form)


def suggestions(
    profile: Mapping[str, Any] | None,
    unsure: frozenset[str],
    topics: Sequence[str],
    dismissed: Sequence[str],
    today: date | None = None,
) -> list[Suggestion]:
    """The questions for a company, the nearest deadline first; without one, those that everybody has."""
    day = today or today_in_india()
    found = _of_company(profile, unsure, topics, day) if profile is not None else _general(topics)
    kept = {each.key: each for each in found if each.key not in dismissed}
    return list(kept.values())[:MOST]


def _of_company(
    profile: Mapping[str, Any], unsure: frozenset[str], topics: Sequence[str], day: date
) -> Iterator[Suggestion]:
    try:
        _, found = calendar_of(
            profile, unsure, day - timedelta(days=BEHIND_DAYS), day + timedelta(days=AHEAD_DAYS)
        )
    except ProfileFaults:
        # A company that is described wrongly has a page that says so; here it has no dates.
        yield Suggestion("next", NEXT)
        return
    ahead = sorted(
        (each for each in found.occurrences if each.due_date >= day and _is_said(each.form)),
        key=lambda each: each.due_date,
    )
    # What this person asks about comes before what merely comes first.
    ahead.sort(key=lambda each: each.obligation_id not in topics)
    for each in ahead[:MOST_OF_A_KIND]:
        yield Suggestion(f"how:{each.obligation_id}", HOW, each.form)
    for each in ahead[:2]:
        yield Suggestion(f"late:{each.obligation_id}", LATE, each.form)
    yield Suggestion("next", NEXT)
    yield from _of_topics(topics)


def _of_topics(topics: Sequence[str]) -> Iterator[Suggestion]:
    law = catalogue.load()
    for duty in (law.obligations[name] for name in topics if name in law.obligations):
        if duty.changes and duty.forms and _is_said(duty.forms[-1].form):
            yield Suggestion(f"changed:{duty.id}", CHANGED, duty.forms[-1].form)
        for near in (law.obligations[name] for name in duty.related if name in law.obligations):
            if near.forms and _is_said(near.forms[-1].form):
                yield Suggestion(f"due:{near.id}", DUE, near.forms[-1].form)


def _general(topics: Sequence[str]) -> Iterator[Suggestion]:
    yield from _of_topics(topics)
    for at, sentence in enumerate(GENERAL):
        yield Suggestion(f"general:{at}", sentence)


def _is_said(form: str) -> bool:
    """Whether people call the form so; a label without a figure is a name of ours."""
    return any(map(str.isdigit, form))
