"""The law can be read by anybody: every duty, what changed, how old each check is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from complianceai import catalogue
from complianceai.site.furnish import furnish
from complianceai.site.law.browsing import Wanted, changes, found, is_stale

LAW = catalogue.load()


@pytest.fixture
async def reader() -> AsyncIterator[AsyncClient]:
    app = FastAPI()
    furnish(app)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        yield client


@pytest.mark.parametrize("address", ["/law?open=all", "/law?sort=age"])
async def test_every_entry_is_listed_in_short_with_the_day_it_was_checked(
    reader: AsyncClient, address: str
) -> None:
    text = (await reader.get(address)).text
    for identity in LAW.obligations:
        assert text.count(f'href="/law/{identity}"') == 1
    assert "last checked on" in text


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_the_list_is_light(reader: AsyncClient, language: str) -> None:
    reply = await reader.get("/law", headers={"Cookie": f"language={language}"})
    assert len(reply.content) < 60_000


async def test_the_list_is_folded_by_authority_until_it_is_asked_to_open(reader: AsyncClient) -> None:
    folded, opened = (await reader.get("/law")).text, (await reader.get("/law?open=all")).text
    for authority in {each.authority.key for each in LAW.obligations.values()}:
        assert folded.count(f'href="/law?authority={authority}"') == 1
    assert 'href="/law/gst-gstr-3b"' not in folded
    assert 'href="/law/gst-gstr-3b"' in opened


async def test_what_is_found_is_told_at_length(reader: AsyncClient) -> None:
    text = (await reader.get("/law", params={"q": "crypto"})).text
    assert 'class="moment" href="/law/it-26qe"' in text
    assert "law-group" not in text.partition("<main")[2]


async def test_what_has_no_date_is_marked_under_its_authority(reader: AsyncClient) -> None:
    text = (await reader.get("/law", params={"authority": "states"})).text
    row = text.partition('href="/law/pt-nl"')[2].partition("</a>")[0]
    assert "no date" in row
    assert "Not verified" in row
    whole = (await reader.get("/law/pt-nl")).text
    assert "No date that looks like law" in whole
    assert "Published tables disagree" in whole
    assert "By when" not in whole


async def test_a_choice_is_called_one(reader: AsyncClient) -> None:
    text = (await reader.get("/law/gst-iff")).text
    assert ">a choice</span>" in text.replace("\n", "")


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_every_duty_has_a_page_in_both_languages(reader: AsyncClient, language: str) -> None:
    for each in LAW.obligations.values():
        reply = await reader.get(f"/law/{each.id}", headers={"Cookie": f"language={language}"})
        assert reply.status_code == 200
        assert getattr(each.title, language) in reply.text or "&" in reply.text
        assert all(citation.url.replace("&", "&amp;") in reply.text for citation in each.citations)
        if each.certainty != "verified":
            assert "Checked against the source" not in reply.text


@pytest.mark.parametrize("words", ["gstr 3b", "GSTR-3B", "gstr3b", "जीएसटीआर-3बी"])
async def test_a_form_is_found_however_it_is_spelt(reader: AsyncClient, words: str) -> None:
    text = (await reader.get("/law", params={"q": words})).text
    assert 'href="/law/gst-gstr-3b"' in text
    assert 'href="/law/mca-agm"' not in text


async def test_what_is_typed_is_answered_with_the_list_alone(reader: AsyncClient) -> None:
    reply = await reader.get(
        "/law", params={"q": "nothing of the kind"}, headers={"HX-Request": "true", "HX-Target": "found"}
    )
    assert "<html" not in reply.text
    assert "No duty fits" in reply.text


async def test_what_changed_is_told_by_year_newest_first_with_its_instrument(reader: AsyncClient) -> None:
    text = (await reader.get("/law/changes", params={"year": 2026})).text
    assert "Notification 01/2026-Central Tax" in text
    assert 'href="/law/changes?year=2025"' in text
    days = [change.on for change in changes(LAW)]
    assert days == sorted(days, reverse=True)


async def test_a_year_without_changes_says_so(reader: AsyncClient) -> None:
    assert "Nothing changed in that year" in (await reader.get("/law/changes", params={"year": 1899})).text
    assert (await reader.get("/law/changes", params={"year": "soon"})).status_code == 422


async def test_a_duty_that_is_not_there_is_missing(reader: AsyncClient) -> None:
    reply = await reader.get("/law/gst-gstr-99")
    assert reply.status_code == 404
    assert "no duty of that name" in reply.text


def test_an_old_check_is_called_stale() -> None:
    each = LAW.obligations["gst-gstr-3b"]
    citations = tuple(citation._replace(checked_on=date(2026, 1, 1)) for citation in each.citations)
    old = each._replace(citations=citations)
    assert not is_stale(old, date(2026, 1, 1) + timedelta(days=180))
    assert is_stale(old, date(2026, 1, 1) + timedelta(days=181))


def test_filters_narrow_together() -> None:
    everything, mine = found(LAW, Wanted()), found(LAW, Wanted(authority="mca", certainty="verified"))
    assert len(everything) == len(LAW.obligations)
    assert {each.authority.key for each in mine} == {"mca"}
    assert {each.certainty for each in mine} == {"verified"}
