"""A table that comes new goes with its company, or somebody has said why not."""

import re
from importlib import import_module

import pytest
from sqlalchemy import Column, ForeignKey, MetaData, Table, Uuid

from complianceai.operations.carrying.extent import (
    LEFT,
    SECRETS,
    TOLD,
    Part,
    names_a_person,
    parts_of,
    undecided,
)
from complianceai.storage.tables import metadata

import_module("complianceai.entry.asgi")  # with it every room's tables are known

# Sounds like a secret and is none.
PLAIN = {"approved_hash", "key", "email_key", "name_key", "sealed_sha256"}
# Points to something by an id that no key holds.
ELSEWHERE = {
    ("alerts", "job_id"),  # of the outbox, which stays
    ("webhook_deliveries", "task_id"),
}


def test_of_every_table_that_names_a_company_it_is_decided_whether_it_goes() -> None:
    assert undecided() == []
    assert {*LEFT, *TOLD} <= set(metadata.tables)
    assert len(parts_of()) > 30


def test_a_new_table_goes_by_itself_where_its_company_is_sure_and_is_named_where_it_is_not() -> None:
    tables = MetaData()
    for known in metadata.sorted_tables:
        known.to_metadata(tables)
    key = ForeignKey("companies.id", ondelete="CASCADE")
    Table(
        "sure", tables, Column("id", Uuid, primary_key=True), Column("company_id", Uuid, key, nullable=False)
    )
    Table(
        "hanging",
        tables,
        Column("id", Uuid, primary_key=True),
        Column("sure_id", ForeignKey("sure.id", ondelete="CASCADE"), nullable=False),
    )
    assert undecided(tables) == []
    assert {part.table.name for part in parts_of(tables)} >= {"sure", "hanging"}
    Table("loose", tables, Column("id", Uuid, primary_key=True), Column("company_id", Uuid, nullable=False))
    key = ForeignKey("companies.id", ondelete="CASCADE")
    Table(
        "perhaps",
        tables,
        Column("id", Uuid, primary_key=True),
        Column("company_id", Uuid, key, nullable=True),
    )
    assert undecided(tables) == ["loose", "perhaps"]
    assert {part.table.name for part in parts_of(tables)}.isdisjoint({"loose", "perhaps"})


@pytest.mark.parametrize("part", parts_of(), ids=lambda part: part.table.name)
def test_no_column_that_opens_something_goes_out(part: Part) -> None:
    sounding = re.compile(r"(hash|secret|token|sealed|password|key|code)$|^(secret|token|sealed|password)")
    named = {each.name for each in part.columns if sounding.search(each.name)}
    assert named <= PLAIN - SECRETS


@pytest.mark.parametrize("part", parts_of(), ids=lambda part: part.table.name)
def test_every_id_that_goes_out_is_a_rows_or_a_persons(part: Part) -> None:
    going = {each.table.name for each in parts_of()}
    for column in part.columns:
        to = {key.column.table.name for key in column.foreign_keys}
        if to:
            assert to <= {*going, "people"}, f"{part.table.name}.{column.name} points to what stays"
        elif isinstance(column.type, Uuid) and not names_a_person(column):
            assert column.primary_key or (part.table.name, column.name) in ELSEWHERE, column


def test_what_the_guards_look_at_comes_last() -> None:
    names = [part.table.name for part in parts_of()]
    assert names[0] == "companies"
    assert names[-2:] == ["registers", "members"]
