"""Tokens by which programs act for a person."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from complianceai.tenancy.sessions import hash_token
from complianceai.tenancy.tables import tokens
from tests.cast import ASHA, BILAL, PROFILE, House, describe


async def make(client: AsyncClient, *may: str, **wish: Any) -> dict[str, Any]:
    reply = await client.post("/api/auth/tokens", json={"name": "Books", "may": may, **wish})
    assert reply.status_code == 201, reply.text
    made: dict[str, Any] = reply.json()["data"]
    return made


async def program(house: House, token: dict[str, Any], **headers: str) -> AsyncClient:
    return await house.visitor(authorization=f"Bearer {token['token']}", **headers)


async def test_a_token_is_told_once_and_kept_as_a_hash(house: House) -> None:
    asha = await house.register(ASHA)
    made = await make(asha, "read")
    assert made["token"].startswith("cai_")
    async with house.database.reading() as connection:
        kept = (await connection.execute(select(tokens.c.token_hash))).scalar_one()
    assert kept == hash_token(made["token"])
    assert made["token"] not in (await asha.get("/api/auth/tokens")).text
    assert made["token"] not in (await asha.get("/app/account/tokens")).text


async def test_a_program_may_what_its_token_says(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    reader = await program(house, await make(asha, "read"))
    writer = await program(house, await make(asha, "read", "write"))
    assert (await reader.get(f"/app/companies/{company}")).status_code == 200
    reply = await reader.patch(f"/api/companies/{company}", json={"name": "Read"})
    assert (reply.status_code, reply.json()["code"]) == (403, "tenancy.token_too_narrow")
    assert (await writer.patch(f"/api/companies/{company}", json={"name": "Mine"})).status_code == 200
    for path in ("/api/auth/sessions", "/api/auth/tokens", "/api/auth/export", "/app/account"):
        assert (await writer.get(path)).status_code == 403
    keeper = await program(house, await make(asha, "read", "write", "account"))
    assert (await keeper.get("/api/auth/sessions")).status_code == 200
    wish = {"name": "More", "may": ["read"]}
    assert (await keeper.post("/api/auth/tokens", json=wish)).json()["code"] == "tenancy.not_by_token"


async def test_a_token_for_one_company_finds_no_other(house: House) -> None:
    asha = await house.register(ASHA)
    one, other = await describe(asha), await describe(asha, name="Other LLP")
    narrow = await program(house, await make(asha, "read", "write", companies=[one]))
    assert [each["id"] for each in (await narrow.get("/api/companies")).json()["data"]] == [one]
    assert (await narrow.get(f"/api/companies/{other}")).status_code == 404
    assert (await narrow.post("/api/companies", json={"profile": PROFILE})).status_code == 403
    accepting = await narrow.post("/api/invitations/accept", json={"token": "x" * 43})
    assert accepting.json()["code"] == "tenancy.token_too_narrow"
    keeper = await program(house, await make(asha, "read", "account", companies=[one]))
    assert (await keeper.get("/api/auth/export")).status_code == 403
    bilal = await house.register(BILAL)
    stolen = {"name": "Books", "may": ["read"], "companies": [one]}
    assert (await bilal.post("/api/auth/tokens", json=stolen)).status_code == 404


async def test_a_token_ends_by_its_day_and_by_its_person(house: House) -> None:
    asha = await house.register(ASHA)
    short, long = await make(asha, "read", days=1), await make(asha, "read", days=30)
    first, second = await program(house, short), await program(house, long)
    assert (await first.get("/api/auth/me")).status_code == 200
    house.watch.move(days=1, seconds=1)
    assert (await first.get("/api/auth/me")).status_code == 401
    assert (await second.get("/api/auth/me")).status_code == 200
    found = {each["id"]: each for each in (await asha.get("/api/auth/tokens")).json()["data"]}
    assert found[long["id"]]["lastUsedAt"].startswith(house.watch.now.strftime("%Y-%m-%dT%H:%M"))
    bilal = await house.register(BILAL)
    assert (await bilal.delete(f"/api/auth/tokens/{long['id']}")).status_code == 404
    assert (await bilal.post(f"/app/account/tokens/{long['id']}/revoke")).status_code == 404
    assert (await asha.post(f"/app/account/tokens/{long['id']}/revoke")).status_code == 303
    assert (await second.get("/api/auth/me")).status_code == 401


async def test_who_names_a_token_is_never_let_in_by_the_cookie(house: House) -> None:
    asha = await house.register(ASHA)
    for header in ("Bearer wrong", "Bearer ", "bearer cai_x"):
        assert (await asha.get("/api/auth/me", headers={"authorization": header})).status_code == 401
    reader = await make(asha, "read")
    both = {"authorization": f"Bearer {reader['token']}"}
    assert (await asha.post("/api/companies", json={"profile": PROFILE}, headers=both)).status_code == 403


async def test_a_program_is_not_asked_where_it_comes_from(house: House) -> None:
    asha = await house.register(ASHA)
    far = await program(house, await make(asha, "read", "write"), origin="https://books.example")
    assert (await far.post("/api/companies", json={"profile": PROFILE})).status_code == 201
    forged = {"origin": "https://books.example", "authorization": "Basic YTpi"}
    assert (await asha.post("/api/companies", json={"profile": PROFILE}, headers=forged)).status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"may": []}, {"may": ["all"]}, {"name": ""}, {"days": 0}, {"days": 400}, {"companies": []}]
)
async def test_a_wish_that_breaks_the_rules_is_refused(house: House, wrong: dict[str, Any]) -> None:
    asha = await house.register(ASHA)
    reply = await asha.post("/api/auth/tokens", json={"name": "Books", "may": ["read"], **wrong})
    assert reply.status_code == 422


async def test_the_page_makes_a_token_and_shows_it_then_only(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    sent = {"name": "Books", "may": ["read", "write"], "companies": company, "days": "30"}
    shown = await asha.post("/app/account/tokens", data=sent)
    assert shown.status_code == 200
    assert "<code>cai_" in shown.text
    later = await asha.get("/app/account/tokens")
    assert "<code>cai_" not in later.text
    assert PROFILE["name"] in later.text
    assert (await asha.post("/app/account/tokens", data={"name": "B", "days": "30"})).status_code == 422
