"""The law can be read by anybody: every duty, what changed, how old each check is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
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


async def test_every_duty_is_listed_with_the_day_it_was_checked(reader: AsyncClient) -> None:
    text = (await reader.get("/law")).text
    for identity in LAW.obligations:
        assert f'href="/law/{identity}"' in text
    assert "last checked on" in text


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


async def test_what_changed_is_told_newest_first_with_its_instrument(reader: AsyncClient) -> None:
    text = (await reader.get("/law/changes")).text
    assert "Notification 01/2026-Central Tax" in text
    days = [change.on for change in changes(LAW)]
    assert days == sorted(days, reverse=True)


async def test_a_duty_that_is_not_there_is_missing(reader: AsyncClient) -> None:
    reply = await reader.get("/law/gst-gstr-99")
    assert reply.status_code == 404
    assert "no duty of that name" in reply.text


def test_an_old_check_is_called_stale() -> None:
    each = LAW.obligations["gst-gstr-3b"]
    citations = tuple(citation._replace(checked_on=date(2026, 1, 1)) for citation in each.citations)
    old = replace(each, citations=citations)
    assert not is_stale(old, date(2026, 1, 1) + timedelta(days=180))
    assert is_stale(old, date(2026, 1, 1) + timedelta(days=181))


def test_filters_narrow_together() -> None:
    everything, mine = found(LAW, Wanted()), found(LAW, Wanted(authority="mca", certainty="verified"))
    assert len(everything) == len(LAW.obligations)
    assert {each.authority.key for each in mine} == {"mca"}
    assert {each.certainty for each in mine} == {"verified"}
