"""What the product says of itself: the page on security, and what machines that find pages read."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from complianceai import catalogue
from tests.cast import House, open_house


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(
        database_url, redis_url, rate_limit="100000/minute", public_url="https://duties.example"
    ) as made:
        yield made


async def test_the_page_on_security_says_whom_to_tell_of_a_hole(house: House) -> None:
    visitor = await house.visitor()
    text = (await visitor.get("/security")).text
    assert "security@duties.example" in text
    assert text.count('class="card ') == 6
    assert "सुरक्षा" in (await visitor.get("/security", headers={"accept-language": "hi"})).text


async def test_finders_of_holes_read_it_where_the_standard_says(house: House) -> None:
    reply = await (await house.visitor()).get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in reply.text.splitlines())
    assert fields["Contact"] == "mailto:security@duties.example"
    assert fields["Canonical"] == "https://duties.example/.well-known/security.txt"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=30) < expires - house.watch.now < timedelta(days=365)
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"


async def test_crawlers_find_every_public_page_and_are_kept_from_all_else(house: House) -> None:
    visitor = await house.visitor()
    robots = (await visitor.get("/robots.txt")).text
    assert "Sitemap: https://duties.example/sitemap.xml" in robots
    hidden = re.findall("Disallow: (.*)", robots)
    reply = await visitor.get("/sitemap.xml")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = [each.text or "" for each in ET.fromstring(reply.content).iter(f"{space}loc")]  # noqa: S314 - our own
    paths = [each.removeprefix("https://duties.example") for each in found]
    assert len(paths) == len(set(paths))
    assert len(paths) > len(catalogue.load().obligations) + 20
    assert [path for path in paths if path.startswith(tuple(hidden))] == []
    for path in [*paths[:8], paths[20], paths[-1]]:
        shown = await visitor.get(path)
        assert shown.status_code == 200, path
        assert "noindex" not in shown.text + shown.headers.get("x-robots-tag", ""), path


async def test_no_public_page_calls_anybody_else(house: House) -> None:
    visitor = await house.visitor()
    for path in ("/", "/pricing", "/security", "/law", "/guides", "/register"):
        text = (await visitor.get(path)).text
        assert re.findall(r'<(?:script|img|iframe)[^>]*src="(?!/static/)', text) == [], path


async def test_lists_stand_closer_together_for_who_wants_it(house: House) -> None:
    visitor = await house.visitor()
    assert "data-density" not in (await visitor.get("/pricing")).text
    kept = await visitor.post("/preferences", data={"density": "dense", "next": "/pricing"})
    assert kept.headers["location"] == "/pricing"
    assert '<html lang="en" data-density="dense">' in (await visitor.get("/pricing")).text
    await visitor.post("/preferences", data={"density": "nonsense"})
    assert 'data-density="dense"' in (await visitor.get("/pricing")).text
    await visitor.post("/preferences", data={"density": "roomy"})
    assert "data-density" not in (await visitor.get("/pricing")).text
