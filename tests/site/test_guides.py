"""The handbook can be read by anybody, found by words, and says what it rests on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from complianceai.assistant.handbook import guides
from complianceai.site.furnish import furnish


@pytest.fixture
async def reader() -> AsyncIterator[AsyncClient]:
    app = FastAPI()
    furnish(app)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        yield client


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_every_guide_is_listed_once_in_the_language_of_the_reader(
    reader: AsyncClient, language: str
) -> None:
    text = (await reader.get("/guides", headers={"Cookie": f"language={language}"})).text
    for topic in guides():
        assert text.count(f'href="/guides/{topic}"') == 1
    assert (
        guides()["gst-qrmp"].title.hi in text if language == "hi" else "The quarterly scheme (QRMP)" in text
    )


@pytest.mark.parametrize("topic", sorted(guides()))
async def test_a_guide_has_the_dates_of_its_duties_and_a_source_for_each_reference(
    reader: AsyncClient, topic: str
) -> None:
    reply = await reader.get(f"/guides/{topic}")
    assert reply.status_code == 200
    text = reply.text
    assert "{{" not in text
    assert "[^" not in text
    assert len(reply.content) < 60_000
    referred = set(re.findall(r'href="#(rests-on-\d+)"', text))
    assert referred
    assert referred <= set(re.findall(r'id="(rests-on-\d+)"', text))


async def test_what_is_looked_for_is_found_though_misspelt(reader: AsyncClient) -> None:
    text = (await reader.get("/guides", params={"q": "composision scheme"})).text
    first = re.search(r'<ol class="guide-list"><li><a href="/guides/([\w-]+)"', text)
    assert first is not None
    assert first[1] == "gst-composition"


async def test_nonsense_finds_nothing_and_says_so(reader: AsyncClient) -> None:
    text = (await reader.get("/guides", params={"q": "<b>zzzz</b> qqqq"})).text
    assert "No guide speaks of that" in text
    assert "<b>zzzz" not in text


async def test_a_guide_that_is_not_there_is_missing(reader: AsyncClient) -> None:
    for topic in ("nothing", "..%2Fsources", "sources", "%00"):
        assert (await reader.get(f"/guides/{topic}")).status_code == 404
