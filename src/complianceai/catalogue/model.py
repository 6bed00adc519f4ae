"""The shape of the law once loaded: frozen, and nothing but data."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from complianceai.base.identity import by_identity
from complianceai.catalogue.expressions import Expression

# Named tuples and no dataclasses, also for what is told apart by identity: `dataclasses` brings `inspect` with it and
# makes each class by running text, in all a fifth of the engine's start. For the same reason annotations are evaluated.


class Words(NamedTuple):
    """The same words in each language."""

    en: str
    hi: str


class Authority(NamedTuple):
    """Who a duty is owed to."""

    key: str
    label: str
    name: Words


class Citation(NamedTuple):
    """Where it stands in the law, and when a person last read it there, or looked for it and could not."""

    act: str
    provision: str
    url: str
    checked_on: date
    since: date | None = None
    until: date | None = None
    note: str = ""
    is_read: bool = True

    @property
    def read_on(self) -> date | None:
        """The day on which a person last read it there."""
        return self.checked_on if self.is_read else None


class Form(NamedTuple):
    """The label under which a period is reported."""

    form: str
    name: str = ""
    when: Expression | None = None
    since: date | None = None
    until: date | None = None
    notified: date | None = None


class DatedValue(NamedTuple):
    """A value and the day from which it holds."""

    value: Any
    since: date | None = None
    notified: date | None = None
    source: str = ""


class Clause(NamedTuple):
    """A condition with the words that say so when it holds."""

    when: Expression
    because: str
    otherwise: str = ""


class Schedule(NamedTuple):
    """How often and by when."""

    period: str | tuple[int, tuple[int, ...]]
    due: Mapping[str, Any]
    at: str = ""
    when: Expression | None = None
    because: str = ""
    part: str = ""
    since: date | None = None
    until: date | None = None
    notified: date | None = None
    superseded: date | None = None
    moves: str = "never"
    working_date: bool = False
    citation: Citation | None = None


class Extension(NamedTuple):
    """A date that a notification moved."""

    to: date
    statutory_from: date
    statutory_to: date
    who: str
    instrument: str
    dated: date
    source: str
    checked_on: date
    usual_statutory: date | None = None
    periods_from: date | None = None
    periods_to: date | None = None
    form: str = ""
    when: Expression | None = None
    late_runs_from: str = "extended"


class Input(NamedTuple):
    """Something that a charge turns on."""

    name: str
    type: str
    about: str
    fact: str = ""
    default: Expression | None = None
    has_default: bool = False
    values: tuple[str, ...] = ()


class Relief(NamedTuple):
    """A window of filing days in which a charge is reduced."""

    key: str
    filed_from: date
    filed_to: date
    times: Any
    words: str
    instrument: str
    dated: date
    source: str
    due_until: date | None = None


class Charge(NamedTuple):
    """What lateness costs, by one method."""

    kind: str
    method: str
    terms: Mapping[str, Any]
    citation: Citation
    words: str = ""
    due_from: date | None = None
    due_until: date | None = None
    forms: tuple[str, ...] = ()
    when: Expression | None = None
    reliefs: tuple[Relief, ...] = ()
    discretionary: bool = False
    always: bool = False
    certainty: str = "verified"
    reason: str = ""


class Doubt(NamedTuple):
    """A part of a duty that is less certain than the whole."""

    when: Expression
    certainty: str
    reason: str


class Evidence(NamedTuple):
    """What proves that it was done, and its shape."""

    name: str
    shape: str = ""
    about: str = ""


class Undated(NamedTuple):
    """Why something has no date that looks like law, and the day from which it was known at all."""

    why: Words
    notified: date | None = None


class Change(NamedTuple):
    """Something that became different on a day."""

    on: date
    what: str
    instrument: str = ""


@by_identity
class Obligation(NamedTuple):
    """One duty, choice, status or definition of the law, as its file says it.

    Shape: it has schedules, or it is `undated`, which says why it has none.
    """

    id: str
    authority: Authority
    title: Words
    summary: Words
    aliases: tuple[str, ...]
    per: str
    since: date
    until: date | None
    forms: tuple[Form, ...]
    applies: tuple[Clause, ...]
    schedules: tuple[Schedule, ...]
    extensions: tuple[Extension, ...]
    parameters: Mapping[str, tuple[DatedValue, ...]]
    inputs: tuple[Input, ...]
    charges: tuple[Charge, ...]
    certainty: str
    reason: str
    doubts: tuple[Doubt, ...]
    citations: tuple[Citation, ...]
    done_on: str
    signed_by: Words
    file_at: str
    file_url: str
    papers: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    related: tuple[str, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    cases: Collection[Mapping[str, Any]]
    path: str = ""
    kind: str = "duty"  # duty | choice | status | definition | relief
    undated: Undated | None = None

    @property
    def checked_on(self) -> date:
        """The day on which the least recently read of its citations was checked."""
        return min(citation.checked_on for citation in self.citations)


class Gate(NamedTuple):
    """Where a step that has no date of its own stands: before, at or after something."""

    side: str  # before | at | after
    link: str = ""  # a link of the chain; with neither link nor words it is the event itself
    words: Words | None = None


class ChainLink(NamedTuple):
    """One thing that an event brings, with the rule for its date or its gate."""

    id: str
    what: Words
    obligation: str
    forms: tuple[Form, ...]
    due: Mapping[str, Any] | None
    gate: Gate | None
    period: str
    period_on: str  # the date that the period is of; empty: the day of the event
    when: Expression | None
    because: str
    otherwise: str
    papers: tuple[str, ...]
    late: str
    working_date: bool
    certainty: str
    reason: str
    citations: tuple[Citation, ...]


@by_identity
class EventChain(NamedTuple):
    """Everything that one event brings, as its file says it."""

    id: str
    title: Words
    summary: Words
    sets: str  # what of the profile the event changes: event:<type>, incorporated_on or agm_dates
    applies: tuple[Clause, ...]
    asks: tuple[Input, ...]
    links: tuple[ChainLink, ...]
    notes: tuple[str, ...]
    cases: Collection[Mapping[str, Any]]
    path: str = ""


class Doubtful(NamedTuple):
    """A holiday that is expected or that lists do not agree about."""

    name: str
    reason: str


class Holidays(NamedTuple):
    """The days beside weekly ones on which banks are shut, all over India or in one State."""

    every_year: Mapping[tuple[int, int], str] = {}
    days: Mapping[date, str] = {}
    doubtful: Mapping[date, Doubtful] = {}
    complete: frozenset[int] = frozenset()  # the years of which the whole notified list was read
    covers: str = ""
    checked_on: date = date.min


@by_identity
class Catalogue(NamedTuple):
    """All that is known of the law, and under which edition."""

    edition: str
    digest: str
    obligations: Mapping[str, Obligation]
    parameters: Mapping[str, tuple[DatedValue, ...]] = {}
    samples: Mapping[str, Mapping[str, Any]] = {}
    holidays: Mapping[str, Holidays] = {}
    chains: Mapping[str, EventChain] = {}

    def by_form(self, label: str) -> tuple[Obligation, ...]:
        """The obligations reported under a form's label, whatever its spelling of spaces and hyphens."""
        wanted = _plain(label)
        return tuple(
            obligation
            for obligation in self.obligations.values()
            if any(_plain(form.form) == wanted for form in obligation.forms)
        )


def _plain(label: str) -> str:
    return "".join(letter for letter in label.casefold() if letter.isalnum())
