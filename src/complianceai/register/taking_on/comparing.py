"""What a table of clients would do, row by row, and what is wrong with which cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from complianceai.base.errors import InvalidInput
from complianceai.base.ids import read_id
from complianceai.register.errors import Fault
from complianceai.register.gstin import Holder, read_gstin
from complianceai.register.interview.choices import ENTITIES, SCHEMES
from complianceai.register.spreadsheets.companies_sheet import (
    COMPANY_ID,
    GSTIN,
    INCORPORATED,
    KIND,
    NAME,
    SCHEME,
    STATE,
)
from complianceai.register.spreadsheets.reading import Row, Sheet
from complianceai.rules.words import STATE_NAMES
from complianceai.site.language import translate
from complianceai.site.words import marked
from complianceai.tenancy.facts import facts_of
from complianceai.tenancy.policies import Role, can_edit_company

NOBODY = marked(
    "No client that you see has this id. Leave the column as it was downloaded, or empty for a new client."
)
TWICE = marked("This client stands in row {row} already. Keep one of the two.")
NOT_A_KIND = marked("{said} is no kind of business. Write one of: {choices}.")
NOT_A_STATE = marked("{said} is no State. Write its name or its two letters, such as KA.")
NOT_A_SCHEME = marked("With a GSTIN goes the scheme. Write one of: {choices}.")
NOT_A_DAY = marked("{said} is not a date. Write it as 2026-05-20.")
NAMELESS = marked("A client needs a name.")
OWN_PAGE = marked("A registration that is known is changed on the page of the company.")
NOT_YOURS = marked("Your role does not let you change the facts of this client.")
KNOWN_NUMBER = marked("A client of yours has this GSTIN already: {name}.")
_COLUMN_OF = {
    "name": NAME,
    "entity_type": KIND,
    "state": STATE,
    "incorporated_on": INCORPORATED,
    "gst": GSTIN,
}


@dataclass(frozen=True, slots=True)
class Client:
    """A client as it is."""

    id: UUID
    name: str
    gstin: str | None
    profile: Mapping[str, Any]
    role: Role

    def __post_init__(self) -> None:
        # A row holds the plain word.
        object.__setattr__(self, "role", Role(self.role))


@dataclass(frozen=True, slots=True)
class New:
    """A client that the table describes for the first time."""

    row: int
    profile: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """A client of which the table says something else: by column, from what to what."""

    row: int
    client: Client
    changes: Mapping[str, tuple[str, str]]
    profile: Mapping[str, Any]


@dataclass(slots=True)
class Looked:
    """What each row would do, and what is wrong: cell, sentence and the sentence's values."""

    new: list[New] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    faults: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)


class _Wrong(ValueError):
    def __init__(self, column: str, sentence: str, **fields: object) -> None:
        super().__init__(sentence)
        self.column, self.sentence = column, sentence
        self.fields = {name: str(value) for name, value in fields.items()}


def compare(sheet: Sheet, clients: Mapping[UUID, Client], language: str) -> Looked:
    """What the table would do; a row with a fault does nothing. `language` is that of what GSTINs are told of."""
    looked, seen = Looked(), dict[object, int]()
    numbers = {each.gstin: each.name for each in clients.values() if each.gstin}
    for row in sheet.rows:
        try:
            _look_at(row, clients, numbers, seen, looked, language)
        except _Wrong as wrong:
            looked.faults.append((_cell(sheet, row, wrong.column), wrong.sentence, wrong.fields))
        except InvalidInput as invalid:
            for path, sentence in invalid.faults.items():
                column = _COLUMN_OF.get(path.partition(".")[0].partition("[")[0], NAME)
                looked.faults.append((_cell(sheet, row, column), sentence, {}))
    return looked


def _look_at(
    row: Row,
    clients: Mapping[UUID, Client],
    numbers: Mapping[str, str],
    seen: dict[object, int],
    looked: Looked,
    language: str,
) -> None:
    text = row.cells.get(COMPANY_ID, "")
    client = clients.get(read_id(text) or UUID(int=0))
    if text and client is None:
        raise _Wrong(COMPANY_ID, NOBODY)
    holder = _holder(row, language)
    for key in filter(None, (client and client.id, holder and holder.gstin)):
        if key in seen:
            raise _Wrong(COMPANY_ID if client else GSTIN, TWICE, row=seen[key])
        seen[key] = row.number
    if client is not None:
        _change(row, client, holder, looked)
        return
    if holder is not None and holder.gstin in numbers:
        raise _Wrong(GSTIN, KNOWN_NUMBER, name=numbers[holder.gstin])
    profile = dict(_facts(row, holder))
    if not profile["name"]:
        raise _Wrong(NAME, NAMELESS)
    looked.new.append(New(row.number, facts_of(profile).profile))


def _holder(row: Row, language: str) -> Holder | None:
    text = row.cells.get(GSTIN, "")
    try:
        return read_gstin(text) if text else None
    except Fault as fault:
        raise _Wrong(GSTIN, fault.told(language)) from fault


def _facts(row: Row, holder: Holder | None) -> Iterator[tuple[str, Any]]:
    """A new client's profile; what the GSTIN tells stands where the row says nothing."""
    yield "name", row.cells.get(NAME, "")
    kinds = holder.entity_types if holder else ()
    yield "entity_type", _kind(row) or next(iter(kinds), None) or _kind(row, is_needed=True)
    state = _state(row) or (holder.state if holder else "")
    if state:
        yield "state", state
    if day := _day(row):
        yield "incorporated_on", day
    if holder is not None:
        registration = {"state": holder.state or state, "scheme": _scheme(row), "gstin": holder.gstin}
        yield "gst", {"registered": True, "registrations": [registration]}


def _change(row: Row, client: Client, holder: Holder | None, looked: Looked) -> None:
    if GSTIN in row.cells and (holder.gstin if holder else None) != client.gstin:
        raise _Wrong(GSTIN, OWN_PAGE)
    said = {NAME: row.cells.get(NAME), KIND: _kind(row), STATE: _state(row), INCORPORATED: _day(row)}
    was = {
        NAME: client.name,
        KIND: client.profile.get("entity_type", ""),
        STATE: client.profile.get("state", ""),
        INCORPORATED: client.profile.get("incorporated_on", ""),
    }
    # A column that was left out, or a cell that was emptied, takes nothing away: a fact is unsaid on its own page.
    changes = {name: (str(was[name]), value) for name, value in said.items() if value and value != was[name]}
    if changes and not can_edit_company(client.role):
        raise _Wrong(next(iter(changes)), NOT_YOURS)
    if changes:
        paths = {column: path for path, column in _COLUMN_OF.items()}
        profile = {**client.profile, **{paths[name]: after for name, (_, after) in changes.items()}}
        looked.changed.append(Changed(row.number, client, changes, facts_of(profile).profile))


def _kind(row: Row, *, is_needed: bool = False) -> str:
    said = row.cells.get(KIND, "")
    words = {name: name for name, _ in ENTITIES} | {text.casefold(): name for name, text in ENTITIES}
    words |= {translate("hi", text): name for name, text in ENTITIES}
    if (said or is_needed) and said.casefold() not in words:
        raise _Wrong(KIND, NOT_A_KIND, said=said[:60], choices=", ".join(name for name, _ in ENTITIES))
    return words[said.casefold()] if said else ""


def _state(row: Row) -> str:
    said = row.cells.get(STATE, "")
    words = {code.casefold(): code for code in STATE_NAMES}
    words |= {name.casefold(): code for code, name in STATE_NAMES.items()}
    if said and said.casefold() not in words:
        raise _Wrong(STATE, NOT_A_STATE, said=said[:60])
    return words[said.casefold()] if said else ""


def _scheme(row: Row) -> str:
    said = row.cells.get(SCHEME, "").casefold()
    words = {name: name for name, _ in SCHEMES} | {text.casefold(): name for name, text in SCHEMES}
    if said not in words:
        raise _Wrong(SCHEME, NOT_A_SCHEME, choices=", ".join(name for name, _ in SCHEMES))
    return words[said]


def _day(row: Row) -> str:
    said = row.cells.get(INCORPORATED, "")
    try:
        return date.fromisoformat(said[:10]).isoformat() if said else ""
    except ValueError:
        raise _Wrong(INCORPORATED, NOT_A_DAY, said=said[:60]) from None


def _cell(sheet: Sheet, row: Row, column: str) -> str:
    """A cell as a spreadsheet names it, or the row where it has no such column."""
    if column not in sheet.columns:
        return str(row.number)
    index = sheet.columns.index(column)
    return (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26) + str(row.number)
