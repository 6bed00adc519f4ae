"""Every address there is, walked by a stranger and by somebody signed out. A new address without a row here fails."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts

from complianceai.entry.asgi import create_app
from complianceai.entry.settings import Settings
from tests.cast import ASHA, CHITRA, PROFILE, House, describe, open_house

OPEN = {
    "GET /api/openapi.json", "GET /static/{name}", "GET /favicon.ico", "GET /design", "POST /preferences",
    "GET /law", "GET /law/changes", "GET /law/{identity}", "GET /api/health",
    "POST /api/auth/register", "POST /api/auth/login", "POST /api/auth/logout",
    "GET /register", "POST /register", "GET /login", "POST /login", "POST /logout",
    "GET /", "GET /example", "GET /example/dates/{key}",
}  # fmt: skip
SIGNED_IN = {
    "GET /api/auth/me", "GET /api/companies", "POST /api/companies",
    "GET /app", "GET /app/companies/new", "POST /app/companies/new", "POST /app/companies/new/questions",
}  # fmt: skip
# What a member would send; anything goes where the address alone decides.
MEMBERS: Mapping[str, Mapping[str, Any]] = {
    "GET /api/companies/{company_id}": {},
    "PATCH /api/companies/{company_id}": {"json": {"name": "Mine now"}},
    "GET /api/companies/{company_id}/calendar": {},
    "GET /app/companies/{company_id}": {},
    "GET /app/companies/{company_id}/dates/{key}": {},
    "GET /app/companies/{company_id}/calendar.{kind}": {},
    "GET /app/companies/{company_id}/edit": {},
    "POST /app/companies/{company_id}/edit": {
        "data": {"name": "Mine now", "entity_type": "llp", "version": "1"}
    },
    "POST /app/companies/{company_id}/edit/questions": {"data": {"entity_type": "llp"}},
}


def addresses() -> set[str]:
    app = create_app(Settings(_env_file=None, database_url="sqlite:///never-opened.db"))
    return {
        f"{method} {route.path}"
        for route in iter_route_contexts(app.routes)
        for method in route.methods or ()
        if method != "HEAD"
    }


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url) as made:
        yield made


def _address(row: str, company: str) -> tuple[str, str]:
    method, _, path = row.partition(" ")
    return method, path.format(company_id=company, key="a", kind="csv", name="a", identity="a")


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert addresses() == OPEN | SIGNED_IN | set(MEMBERS)


async def test_what_is_anothers_is_missing_at_every_address(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    company = await describe(asha)
    for row, sent in MEMBERS.items():
        method, path = _address(row, company)
        reply = await chitra.request(method, path, **sent)
        assert reply.status_code == 404, (row, reply.status_code)
        assert PROFILE["name"] not in reply.text, row
    kept = (await asha.get(f"/api/companies/{company}")).json()["data"]
    assert (kept["name"], kept["version"]) == (PROFILE["name"], 1)


async def test_whoever_is_signed_out_is_asked_to_sign_in_at_every_address(house: House) -> None:
    company = await describe(await house.register(ASHA))
    visitor = await house.visitor()
    for row in SIGNED_IN | set(MEMBERS):
        method, path = _address(row, company)
        reply = await visitor.request(method, path)
        is_led = reply.status_code == 303 and reply.headers["location"].startswith("/login?next=/app")
        assert is_led or reply.status_code == 401, (row, reply.status_code)
        assert is_led is (method == "GET" and path.startswith("/app")), row


async def test_whatever_is_sent_to_an_open_address_nothing_breaks(house: House) -> None:
    visitor = await house.visitor()
    for row in OPEN:
        method, path = _address(row, "")
        reply = await visitor.request(method, path, content=b"\x00" if method == "POST" else None)
        assert reply.status_code < 500, (row, reply.status_code)
