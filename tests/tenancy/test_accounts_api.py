"""Accounts as a program uses them."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select

from complianceai.tenancy.sessions import hash_token
from complianceai.tenancy.tables import people, sessions
from tests.cast import ASHA, BILAL, DEV, House, open_house

COOKIE = "complianceai"


async def test_who_registers_is_told_who_they_are_and_is_signed_in(house: House) -> None:
    client = await house.visitor()
    reply = await client.post("/api/auth/register", json=DEV.registration | {"phone": "9876543210"})
    user = reply.json()["user"]
    assert (reply.status_code, reply.json()["success"]) == (200, True)
    assert set(user) == {"id", "name", "email", "phone", "createdAt"}
    assert (user["name"], user["email"], user["phone"]) == (DEV.name, DEV.email, "9876543210")
    assert (await client.get("/api/auth/me")).json() == {"success": True, "user": user}


async def test_the_password_is_kept_as_argon2id_and_the_token_as_a_hash(house: House) -> None:
    client = await house.register(ASHA)
    async with house.database.reading() as connection:
        kept = (await connection.execute(select(people.c.password_hash))).scalar_one()
        token_hash = (await connection.execute(select(sessions.c.token_hash))).scalar_one()
    assert kept.startswith("$argon2id$")
    assert token_hash == hash_token(client.cookies[COOKIE])
    assert client.cookies[COOKIE] not in token_hash


async def test_an_email_is_taken_however_it_is_spelt(house: House) -> None:
    await house.register(ASHA)
    client = await house.visitor()
    reply = await client.post("/api/auth/register", json=ASHA.registration | {"email": "ASHA@Example.COM"})
    assert (reply.status_code, reply.json()["code"]) == (409, "tenancy.email_taken")
    assert COOKIE not in client.cookies


async def test_of_two_who_register_with_one_email_at_once_one_is_refused(house: House) -> None:
    clients = [await house.visitor() for _ in range(6)]
    replies = await asyncio.gather(
        *(client.post("/api/auth/register", json=ASHA.registration) for client in clients)
    )
    assert sorted(reply.status_code for reply in replies) == [200, 409, 409, 409, 409, 409]
    async with house.database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(people))).scalar_one() == 1


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({}, {"name", "email", "password"}),
        (ASHA.registration | {"password": "short"}, {"password"}),
        (ASHA.registration | {"id": 1, "is_admin": True}, {"id", "is_admin"}),
        (ASHA.registration | {"name": None}, {"name"}),
        (ASHA.registration | {"email": ["a@b.in"]}, {"email"}),
    ],
)
async def test_what_breaks_the_rules_is_refused_by_field(
    house: House, sent: dict[str, Any], fields: set[str]
) -> None:
    reply = await (await house.visitor()).post("/api/auth/register", json=sent)
    body = reply.json()
    assert (reply.status_code, body["success"], set(body["fields"])) == (422, False, fields)
    assert all(sentence.count(".") >= 1 for sentence in body["fields"].values())
    assert ASHA.password not in reply.text


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"x"', b'{"name": "\\ud800"}'])
async def test_what_is_no_object_of_json_is_refused(house: House, content: bytes) -> None:
    client = await house.visitor()
    for path in ("register", "login"):
        reply = await client.post(
            f"/api/auth/{path}", content=content, headers={"content-type": "application/json"}
        )
        assert reply.status_code in {400, 422}
        assert reply.json()["success"] is False


async def test_signing_in_begins_a_session_and_ends_the_one_before(house: House) -> None:
    client = await house.register(ASHA)
    before = client.cookies[COOKIE]
    reply = await client.post(
        "/api/auth/login", json={"email": " Asha@example.com", "password": ASHA.password}
    )
    assert reply.status_code == 200
    assert reply.json()["user"]["email"] == ASHA.email
    assert client.cookies[COOKIE] != before
    thief = await house.visitor(cookie=f"{COOKIE}={before}")
    assert (await thief.get("/api/auth/me")).status_code == 401


async def test_a_planted_token_is_never_taken_over(house: House) -> None:
    await house.register(ASHA)
    client = await house.visitor()
    client.cookies.set(COOKIE, "planted", domain="testserver.local")
    await client.post("/api/auth/login", json={"email": ASHA.email, "password": ASHA.password})
    thief = await house.visitor(cookie=f"{COOKIE}=planted")
    assert (await thief.get("/api/auth/me")).status_code == 401


@pytest.mark.parametrize(
    "given", [(ASHA.email, "Wrong!2026x"), (BILAL.email, ASHA.password), ("no address", "x")]
)
async def test_a_wrong_sign_in_does_not_tell_what_was_wrong(house: House, given: tuple[str, str]) -> None:
    await house.register(ASHA)
    client = await house.visitor()
    reply = await client.post("/api/auth/login", json={"email": given[0], "password": given[1]})
    assert reply.status_code == 401
    assert reply.json() == {
        "success": False,
        "error": "The e-mail or the password is wrong. Check both and try again.",
        "code": "tenancy.wrong_sign_in",
        "fields": {},
    }
    assert COOKIE not in client.cookies


async def test_signing_out_ends_the_session_in_every_copy_of_the_cookie(house: House) -> None:
    client = await house.register(ASHA)
    copy = await house.visitor(cookie=f"{COOKIE}={client.cookies[COOKIE]}")
    assert (await copy.get("/api/auth/me")).status_code == 200
    assert (await client.post("/api/auth/logout")).json() == {"success": True}
    assert COOKIE not in client.cookies
    assert (await copy.get("/api/auth/me")).status_code == 401
    assert (await client.post("/api/auth/logout")).status_code == 200


async def test_a_session_ends_when_nobody_uses_it(house: House) -> None:
    client = await house.register(ASHA)
    house.watch.move(hours=35)
    assert (await client.get("/api/auth/me")).status_code == 200
    house.watch.move(hours=35)
    assert (await client.get("/api/auth/me")).status_code == 200
    house.watch.move(hours=37)
    assert (await client.get("/api/auth/me")).status_code == 401


async def test_a_session_ends_after_a_fortnight_however_much_it_is_used(house: House) -> None:
    client = await house.register(ASHA)
    for _ in range(14):
        assert (await client.get("/api/auth/me")).status_code == 200
        house.watch.move(hours=24)
    assert (await client.get("/api/auth/me")).status_code == 401


async def test_sessions_that_are_over_are_swept_away_at_the_next_sign_in(house: House) -> None:
    await house.register(ASHA)
    house.watch.move(days=15)
    client = await house.visitor()
    await client.post("/api/auth/login", json={"email": ASHA.email, "password": ASHA.password})
    async with house.database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(sessions))).scalar_one() == 1


async def test_another_sites_form_changes_nothing(house: House) -> None:
    client = await house.register(ASHA)
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        reply = await client.post("/api/auth/logout", headers=headers)
        assert (reply.status_code, reply.json()["code"]) == (403, "site.from_another_site")
    assert (await client.get("/api/auth/me")).status_code == 200


async def test_the_cookie_is_out_of_reach_of_scripts_and_bound_to_https_in_production(
    database_url: str,
) -> None:
    async with open_house(database_url) as house:
        reply = await (await house.visitor()).post("/api/auth/register", json=ASHA.registration)
    plain = reply.headers["set-cookie"]
    assert all(part in plain for part in ("HttpOnly", "SameSite=lax", "Path=/", f"{COOKIE}="))
    assert "Secure" not in plain
    async with open_house(database_url, environment="production", secret_key="x" * 40) as house:
        client = await house.visitor()
        reply = await client.post("/api/auth/register", json=BILAL.registration)
        secure = reply.headers["set-cookie"]
        assert (await client.get("/api/auth/me")).status_code == 200
    assert secure.startswith("__Host-complianceai=")
    assert all(part in secure for part in ("HttpOnly", "SameSite=lax", "Path=/", "Secure"))
    assert "Domain" not in secure


async def test_the_hundred_and_first_attempt_has_to_wait(database_url: str, redis_url: str | None) -> None:
    async with open_house(database_url, redis_url) as house:
        client = await house.visitor()
        for _ in range(100):
            assert (await client.post("/api/auth/login", json={})).status_code == 422
        reply = await client.post("/api/auth/login", json={"email": ASHA.email, "password": ASHA.password})
        assert (reply.status_code, reply.json()["code"]) == (429, "base.too_many_requests")
        assert 1 <= int(reply.headers["retry-after"]) <= 900
        assert (await client.post("/register", data={})).status_code == 429
        assert (await client.get("/login")).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "is_believed"), [("127.0.0.1", True), ("10.0.0.0/8", False), ("", False)]
)
async def test_an_address_is_believed_only_of_a_trusted_proxy(
    database_url: str, proxies: str, *, is_believed: bool
) -> None:
    async with open_house(database_url, trusted_proxies=proxies, rate_limit="2/minute") as house:
        for last in range(3):
            client = await house.visitor(**{"x-forwarded-for": f"192.0.2.{last}"})
            reply = await client.post("/api/auth/login", json={})
        assert reply.status_code == (422 if is_believed else 429)
