"""What a paper says, held against the task that it is to prove."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from complianceai.catalogue.model import Evidence
from complianceai.register.acknowledgements.numbers import identifiers_in, number_in
from complianceai.register.acknowledgements.spans import Span, first_day_after, span_in_text
from complianceai.register.acknowledgements.sums import rupees_after
from complianceai.site.words import marked

# The surest first: a paper may name several days and sums.
_DAY_LABELS = (
    r"date\s+of\s+arn", r"arn\s+date", r"date\s+of\s+(?:e-?)?filing", r"filed\s+on", r"filing\s+date",
    r"(?:service\s+request|srn)\s+date", r"date\s+of\s+(?:deposit|payment|tender|receipt|submission)",
    r"(?:deposit|payment|tender|receipt|submission|acknowledge?ment|transaction|challan)\s+date", r"paid\s+on",
    r"submitted\s+on", r"date\s+of\s+(?:challan|acknowledge?ment)", r"\bdated?\b",
)  # fmt: skip
_SUM_LABELS = (
    r"total\s+amount\s+paid", r"amount\s+paid", r"total\s+challan\s+amount", r"challan\s+amount", r"grand\s+total",
    r"total\s+amount", r"total\s+tax\s+paid", r"total\s+paid", r"total\s+fees?", r"amount", r"total",
)  # fmt: skip
_NEAR = 60
# Dashes and spaces of every kind, as the shapes below know them.
_PLAIN = {
    0x2010: "-",
    0x2011: "-",
    0x2012: "-",
    0x2013: "-",
    0x2014: "-",
    0x00A0: " ",
    0x2007: " ",
    0x202F: " ",
}
_FORM, _NUMBER, _PERIOD, _OWNER = 4, 2, 3, 1


class Wanted(NamedTuple):
    """A task that waits for its proof, and whose it is."""

    key: str
    forms: tuple[str, ...]
    aliases: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    period: Span
    # By kind, in capitals: gstin, pan, tan, cin, llpin; what the company does not know of itself is left out.
    owner: Mapping[str, str]


class Doubt(StrEnum):
    """Why a paper may not be the right one."""

    ANOTHERS = "anothers"
    OTHER_PERIOD = "other_period"
    OTHER_FORM = "other_form"
    FUTURE = "future"
    UNREADABLE = "unreadable"


DOUBT_WORDS: Mapping[Doubt, str] = {
    Doubt.ANOTHERS: marked("It bears another's number: {what}."),
    Doubt.OTHER_PERIOD: marked("It reports another period: {what}."),
    Doubt.OTHER_FORM: marked("It names another form: {what}."),
    Doubt.FUTURE: marked("It is dated in the future: {what}."),
    Doubt.UNREADABLE: marked("Nothing on it could be read. Type the number and the date yourself."),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a person may take over or correct; a field that could not be read surely is None."""

    number: str | None = None
    period: Span | None = None
    filed_on: date | None = None
    amount: Decimal | None = None  # rupees
    names_form: bool = False
    doubts: Mapping[Doubt, str] = field(default_factory=dict)


def propose(said: str, wanted: Wanted, today: date, other_forms: Iterable[str] = ()) -> Proposal:
    """What the text says of this task. It reads and compares only; filing stays with a person.

    Shape: `other_forms` are the labels that the paper may name instead, such as those of the company's other tasks.
    """
    text = said.translate(_PLAIN)
    if not text.strip():
        return Proposal(doubts={Doubt.UNREADABLE: ""})
    read = Proposal(
        number=number_in(text, wanted.evidence),
        period=span_in_text(text),
        filed_on=_filed_on(text),
        amount=_amount(text),
        names_form=_names_any(text, (*wanted.forms, *wanted.aliases)),
    )
    doubts = dict(_doubts(text, read, wanted, today, tuple(other_forms)))
    return Proposal(read.number, read.period, read.filed_on, read.amount, read.names_form, doubts)


def best_match(text: str, tasks: Iterable[Wanted], today: date) -> tuple[Wanted, Proposal] | None:
    """The one task that the paper proves; None where none fits or two fit alike, since a wrong match is worse."""
    every = tuple(tasks)
    labels = {form for each in every for form in each.forms}
    ranked = []
    for each in every:
        proposal = propose(text, each, today, labels - set(each.forms))
        if not proposal.doubts and proposal.names_form and proposal.number:
            ranked.append((_score(text, proposal, each), each, proposal))
    ranked.sort(key=lambda row: -row[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1:]


def _score(text: str, proposal: Proposal, wanted: Wanted) -> int:
    form = _FORM if _names_any(text, wanted.forms) else 0
    period = _PERIOD if proposal.period == wanted.period else 0
    owner = _OWNER * sum(number in text for number in wanted.owner.values())
    return form + period + owner + _NUMBER


def _doubts(
    text: str, read: Proposal, wanted: Wanted, today: date, other_forms: tuple[str, ...]
) -> Iterator[tuple[Doubt, str]]:
    if others := _anothers(text, wanted.owner):
        yield Doubt.ANOTHERS, ", ".join(sorted(others))
    if read.period and not _overlap(read.period, wanted.period):
        yield Doubt.OTHER_PERIOD, f"{read.period[0]:%d.%m.%Y} - {read.period[1]:%d.%m.%Y}"
    if not read.names_form and (named := [form for form in other_forms if _names_any(text, (form,))]):
        yield Doubt.OTHER_FORM, ", ".join(sorted(named))
    if read.filed_on and read.filed_on > today:
        yield Doubt.FUTURE, f"{read.filed_on:%d.%m.%Y}"


def _anothers(text: str, owner: Mapping[str, str]) -> set[str]:
    # A receipt bears numbers of banks and auditors as well: one that is the company's own settles whose it is.
    seen = {kind: numbers for kind, numbers in identifiers_in(text).items() if kind in owner and numbers}
    if any(owner[kind] in numbers for kind, numbers in seen.items()):
        return set()
    return set().union(*seen.values())


def _overlap(said: Span, wanted: Span) -> bool:
    # A paper may say less than the task knows (a year for a quarter) or more (a month of it).
    return (said[0] <= wanted[0] and wanted[1] <= said[1]) or (wanted[0] <= said[0] and said[1] <= wanted[1])


def _filed_on(text: str) -> date | None:
    found = (first_day_after(text, label, _NEAR) for label in _DAY_LABELS)
    return next((day for day in found if day is not None), None)


def _amount(text: str) -> Decimal | None:
    found = (rupees_after(text, label) for label in _SUM_LABELS)
    return next((rupees for rupees in found if rupees is not None), None)


def _names_any(text: str, names: Iterable[str]) -> bool:
    return any(_pattern(name).search(text) for name in names)


def _pattern(name: str) -> re.Pattern[str]:
    # "26" alone is a number like any other; a form's label that is no word must be called a form.
    body = r"[\s-]?".join(re.escape(part) for part in re.split(r"[\s-]+", name))
    before = r"form\s*(?:no\.?\s*)?" if name[:1].isdigit() and name.isdigit() else r"(?<![A-Za-z0-9-])"
    return re.compile(rf"{before}{body}(?![A-Za-z0-9])", re.IGNORECASE)
