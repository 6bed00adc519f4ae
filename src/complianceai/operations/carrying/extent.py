"""Which tables are a company's, found by walking them: those with its id, and those that hang on such a row.

A table that comes new is a company's by itself, and is then carried without a line here. Where its `company_id` may be
empty, or is no key, nobody can tell: then it has to be named below, and a test says so.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import Column, ColumnElement, MetaData, Table, Uuid, select

from complianceai.storage.tables import metadata

Condition: TypeAlias = Callable[[UUID], ColumnElement[bool]]

COMPANIES, PEOPLE, TRAIL = "companies", "people", "audit"
# Neither goes out nor comes in, and why; what hangs on such a table stays with it.
LEFT: Mapping[str, str] = {
    TRAIL: "goes as the trail, in the form that proves itself",
    "conversations": "what a person asked is their own and leaves with their account",
    "feeds": "an address that opens without signing in belongs to a person, who makes another",
    "actions_done": "counts what people do in this installation, under pseudonyms that are its own",
    "paper_batches": "papers made of a table are fetched within their month, and those kept as documents go as such",
    "engagements": "belongs to the practice, which takes the company into its care anew",
}
# Goes out to be read and does not come in, and why.
TOLD: Mapping[str, str] = {
    "webhooks": "rests on a secret that is not in the archive; it is set up anew",
    "webhook_deliveries": "of webhooks that do not come in",
    "webhook_attempts": "of webhooks that do not come in",
    "chats": "its address is a secret that is not in the archive; it is set up anew",
}
# Opens something, so it never goes out; where one has to be there, another takes its place that nobody knows.
SECRETS = frozenset({"token_hash", "password_hash", "code_hash", "secret_sealed", "address_sealed"})
# Holds a person's id though no key says so: what it tells outlives the account.
NAMES_A_PERSON = frozenset(
    {
        "person_id",
        "created_by",
        "author_id",
        "prepared_by",
        "approved_by",
        "added_by",
        "sender_id",
        "asked_by",
        "recipient_id",
    }
)
# Comes last: with these the database's own guards demand a review of what was filed before there was one.
LAST = ("registers", "members")
# Is put in as it was in the beginning, and as it is once the rest is there, which the guards insist on.
AT_FIRST: Mapping[str, Mapping[str, Any]] = {
    "documents": {
        "state": "draft",
        "approved_version": None,
        "approved_hash": None,
        "approved_by": None,
        "approved_name": None,
        "approved_at": None,
    }
}


class Part(NamedTuple):
    """A table that is a company's in part, and which of its rows are."""

    table: Table
    of: Condition

    @property
    def columns(self) -> list[Column[Any]]:
        """The columns that go out."""
        return [each for each in self.table.columns if each.name not in SECRETS]

    @property
    def fillers(self) -> list[Column[Any]]:
        """The columns that do not go out and without which no row comes in."""
        return [each for each in self.table.columns if each.name in SECRETS and not each.nullable]

    @property
    def at_first(self) -> Mapping[str, Any]:
        """What a row has until the rest is there; a row that points to one of its own table points nowhere."""
        own = {
            each.name: None
            for each in self.table.columns
            if any(key.column.table is self.table for key in each.foreign_keys)
        }
        return {**own, **AT_FIRST.get(self.table.name, {})}

    @property
    def is_told_only(self) -> bool:
        """Whether it goes out and does not come in."""
        return self.table.name in TOLD


def parts_of(tables: MetaData = metadata) -> list[Part]:
    """Every table that goes out, in the order in which rows come in."""
    found = {part.table.name: part for part in _walk(tables)}
    last = [found.pop(name) for name in LAST if name in found]
    return [*found.values(), *last]


def undecided(tables: MetaData = metadata) -> list[str]:
    """The tables that name a company and of which nobody has said whether they go with it: there should be none."""
    gone, left = {part.table.name for part in _walk(tables)}, set(LEFT)
    for table in tables.sorted_tables:
        if table.name not in gone and _parents(table) & left:
            left.add(table.name)
    named = {table.name for table in tables.sorted_tables if "company_id" in table.columns}
    return sorted(named - gone - left)


def names_a_person(column: Column[Any]) -> bool:
    """Whether the column holds the id of somebody with an account."""
    if any(key.column.table.name == PEOPLE for key in column.foreign_keys):
        return True
    return isinstance(column.type, Uuid) and column.name in NAMES_A_PERSON


def needs_a_person(column: Column[Any]) -> bool:
    """Whether a row of the column can only be where that person's account is."""
    return any(key.column.table.name == PEOPLE for key in column.foreign_keys)


def _walk(tables: MetaData) -> Iterator[Part]:
    found: dict[str, Condition] = {}
    for table in tables.sorted_tables:
        condition = None if table.name in LEFT else _condition(table, found)
        if condition is not None:
            found[table.name] = condition
            yield Part(table, condition)


def _condition(table: Table, found: Mapping[str, Condition]) -> Condition | None:
    if table.name == COMPANIES:
        return lambda company_id: table.c.id == company_id
    own = table.columns.get("company_id")
    if own is not None:
        is_sure = not own.nullable and COMPANIES in _parents(table)
        return (lambda company_id: own == company_id) if is_sure else None
    for column in table.columns:
        for key in column.foreign_keys:
            parent, above = key.column.table.name, found.get(key.column.table.name)
            if above is not None and parent != table.name and key.ondelete == "CASCADE":
                return _hanging(column, key.column, above)
    return None


def _hanging(column: Column[Any], other: Column[Any], above: Condition) -> Condition:
    return lambda company_id: column.in_(select(other).where(above(company_id)))


def _parents(table: Table) -> set[str]:
    return {key.column.table.name for key in table.foreign_keys}
