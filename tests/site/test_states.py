"""Every State and Union Territory by subject: what is known, how surely, and where nobody has looked."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from complianceai import catalogue
from complianceai.base.clock import today_in_india
from complianceai.catalogue.vocabulary import profile_schema
from complianceai.site.furnish import furnish
from complianceai.site.law.states import HOLIDAYS, SUBJECTS, cell_of, holes, known_by_state, table

LAW = catalogue.load()
DAY = date(2026, 11, 25)
ROWS = {row.state: row for row in table(LAW, DAY)}
STATES = set(profile_schema()["$defs"]["state"]["enum"])


@pytest.fixture
async def reader() -> AsyncIterator[AsyncClient]:
    app = FastAPI()
    furnish(app)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        yield client


def test_every_state_of_the_contract_has_a_row_with_every_subject() -> None:
    assert set(ROWS) == STATES
    assert all(set(row.cells) == {*SUBJECTS, HOLIDAYS} for row in ROWS.values())


@pytest.mark.parametrize(
    ("state", "subject", "standing"),
    [
        ("MH", "pt", "covered"),
        ("DL", "pt", "none"),
        ("KA", "lwf", "covered"),
        ("PB", "shops", "covered"),
        ("RJ", "shops", "unverified"),
        ("MH", HOLIDAYS, "covered"),
        ("PB", HOLIDAYS, "unverified"),
    ],
)
def test_a_cell_says_what_the_catalogue_knows(state: str, subject: str, standing: str) -> None:
    assert ROWS[state].cells[subject].standing == standing


def test_small_and_large_establishments_both_count() -> None:
    assert {each.id for each in ROWS["MH"].cells["shops"].entries} >= {
        "se-mh-registration",
        "se-mh-intimation",
    }


def test_every_entry_of_a_subject_that_stands_today_is_met_in_some_state() -> None:
    met = frozenset.union(*known_by_state(LAW, DAY).values())
    standing = {
        each.id
        for each in LAW.obligations.values()
        if each.id.startswith(tuple(SUBJECTS.values()))
        and each.per in ("company", "event:establishment_opened")
        and (each.until is None or each.until >= DAY)
    }
    assert standing - met == set()


def test_a_check_is_as_old_as_the_oldest_of_its_entries() -> None:
    for row in ROWS.values():
        for subject in SUBJECTS:
            cell = row.cells[subject]
            if cell.entries:
                assert cell.checked_on == min(each.checked_on for each in cell.entries)


def test_a_state_whose_entry_goes_becomes_a_hole() -> None:
    gone = {each.id for each in ROWS["MH"].cells["pt"].entries}
    without = {name: each for name, each in LAW.obligations.items() if name not in gone}
    rows = table(LAW._replace(obligations=without), DAY)
    (mine,) = (row for row in rows if row.state == "MH")
    assert mine.cells["pt"].standing == "hole"
    assert holes(rows) > holes(tuple(ROWS.values()))


def test_what_binds_in_every_state_alike_fills_no_hole() -> None:
    everywhere = LAW.obligations["pt-none"]._replace(
        id="pt-everywhere", applies=LAW.obligations["exp-lease"].applies[:0]
    )
    rows = table(LAW._replace(obligations={**LAW.obligations, everywhere.id: everywhere}), DAY)
    assert holes(rows) == holes(tuple(ROWS.values()))


def test_none_applies_is_said_only_where_nothing_else_does() -> None:
    none, tax = LAW.obligations["pt-none"], LAW.obligations["pt-mh-ptrc"]
    assert cell_of((none,)).standing == "none"
    assert cell_of((none, tax)).standing == "covered"
    assert cell_of((none, tax._replace(certainty="disputed"))).standing == "disputed"
    assert cell_of((tax._replace(certainty="unverified"),)).standing == "unverified"
    assert cell_of(()).standing == "hole"


def test_what_several_states_share_does_not_cover_a_doubt_about_one() -> None:
    tax = LAW.obligations["pt-mh-ptrc"]
    own, shared = tax._replace(certainty="disputed"), tax._replace(id="pt-shared", certainty="verified")
    assert cell_of((own, shared), {own.id: 1, shared.id: 9}).standing == "disputed"
    assert cell_of((shared,), {shared.id: 9}).standing == "covered"


@pytest.mark.parametrize(("language", "hole"), [("en", "Nobody has looked"), ("hi", "किसी ने नहीं देखा")])
async def test_the_page_shows_each_state_and_a_hole_as_a_hole(
    reader: AsyncClient, language: str, hole: str
) -> None:
    reply = await reader.get("/law/states", headers={"Cookie": f"language={language}"})
    assert reply.status_code == 200
    rows = dict(re.findall(r'<tr id="([A-Z]{2})">(.*?)</tr>', reply.text, re.DOTALL))
    assert set(rows) == STATES
    today = {row.state: row for row in table(LAW, today_in_india())}
    for state, text in rows.items():
        standings = re.findall(r'data-standing="(\w+)"', text)
        assert standings == [cell.standing for cell in today[state].cells.values()]
        assert text.count(hole) == standings.count("hole")
        assert all(f'href="/law/{each.id}"' in text for each in today[state].cells["shops"].entries)


async def test_the_law_leads_to_the_states(reader: AsyncClient) -> None:
    assert 'href="/law/states"' in (await reader.get("/law")).text
