import re

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from complianceai.site.furnish import furnish


@pytest.mark.parametrize("path", ["/design", "/nowhere", "/api/nowhere", "/static/none.css"])
async def test_every_reply_carries_the_protections(client: AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in headers


async def test_production_insists_on_https() -> None:
    app = FastAPI()
    furnish(app, is_production=True)
    async with AsyncClient(transport=ASGITransport(app), base_url="https://testserver") as client:
        reply = await client.get("/design")
    assert "max-age" in reply.headers["strict-transport-security"]


async def test_no_page_has_a_script_or_a_style_in_line(client: AsyncClient) -> None:
    text = (await client.get("/design")).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son[a-z]+=|\sstyle=|<style", text)
