"""The catalogue as a reader browses it: found by words, grouped, with the age of each check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from complianceai.catalogue import Catalogue, Obligation

STALE_AFTER_DAYS = 180


class Wanted(NamedTuple):
    """What a reader looks for; an empty text asks for all."""

    words: str = ""
    authority: str = ""
    certainty: str = ""

    def takes(self, each: Obligation) -> bool:
        """Whether a duty is among what is looked for."""
        if self.authority not in ("", each.authority.key) or self.certainty not in ("", each.certainty):
            return False
        text = searched_text(each)
        return all(word in text for word in plain(self.words).split())


EVERYTHING = Wanted()


def plain(text: str) -> str:
    """Words without what people write differently: GSTR-3B, gstr 3b and GSTR3B are one."""
    return text.casefold().replace("-", "")


def searched_text(each: Obligation) -> str:
    """Everything of a duty that a reader may type to find it."""
    forms = " ".join(form.form for form in each.forms)
    parts = (
        each.id,
        forms,
        forms.replace(" ", ""),
        each.title.en,
        each.title.hi,
        each.summary.en,
        *each.aliases,
    )
    return plain(" ".join(parts))


def labels(each: Obligation) -> tuple[str, ...]:
    """The labels of a duty's forms, each once."""
    return tuple(dict.fromkeys(form.form for form in each.forms))


def found(law: Catalogue, wanted: Wanted) -> tuple[Obligation, ...]:
    """The duties looked for, by authority and title."""
    chosen = filter(wanted.takes, law.obligations.values())
    return tuple(sorted(chosen, key=lambda each: (each.authority.label, each.title.en)))


def is_stale(each: Obligation, today: date) -> bool:
    """Whether nobody has checked a duty against its sources for half a year."""
    return (today - each.checked_on).days > STALE_AFTER_DAYS


class Change(NamedTuple):
    """Something of the law that became different on a day."""

    on: date
    obligation: Obligation
    kind: str  # extension | form | amount | rule
    what: str
    instrument: str
    source: str


def changes(law: Catalogue) -> tuple[Change, ...]:
    """Every change that the catalogue knows, newest first."""
    every = (change for each in law.obligations.values() for change in _changes_of(each))
    return tuple(sorted(every, key=lambda change: (change.on, change.obligation.id), reverse=True))


def _changes_of(each: Obligation) -> Iterator[Change]:
    for change in each.changes:
        yield Change(change.on, each, "rule", change.what, change.instrument, "")
    for moved in each.extensions:
        what = f"{moved.statutory_to:%-d %B %Y} → {moved.to:%-d %B %Y}: {moved.who}"
        yield Change(moved.dated, each, "extension", what, moved.instrument, moved.source)
    for form in each.forms[1:]:
        if form.since is not None:
            yield Change(
                form.notified or form.since, each, "form", f"{form.form}: {form.since:%-d %B %Y} →", "", ""
            )
    for name, values in each.parameters.items():
        for value in values[1:]:
            if value.since is not None:
                what = f"{name.replace('_', ' ')}: {value.value}"
                yield Change(value.notified or value.since, each, "amount", what, value.source, "")
