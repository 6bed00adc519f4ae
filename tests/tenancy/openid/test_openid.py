"""Coming in by an account elsewhere: who is made, where they are led, and whose journey it is."""

import asyncio
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from complianceai.tenancy.openid.naming import name_of
from complianceai.tenancy.pages import HOME
from complianceai.tenancy.tables import elsewhere, people
from tests.cast import House, open_house
from tests.support.provider import (
    CLIENT,
    Standin,
)
from tests.tenancy.openid.trips import (
    come,
    count,
    is_in,
    leave,
    settings,
)


async def test_a_new_person_is_made_of_a_verified_email_and_comes_again(
    house: House, standin: Standin
) -> None:
    client = await house.visitor()
    assert "Sign in with Example" in (await client.get("/login")).text
    reply = await come(client, "/login/elsewhere?next=/law")
    assert (reply.status_code, reply.headers["location"]) == (303, "/law")
    user = (await client.get("/api/auth/me")).json()["user"]
    assert (user["name"], user["email"]) == ("Asha Rao", "asha@example.com")
    again = await house.visitor()
    assert (await come(again)).headers["location"] == HOME
    assert (await again.get("/api/auth/me")).json()["user"]["id"] == user["id"]
    assert await count(house, people) == 1
    assert [each["email"] for each in (await client.get("/api/auth/elsewhere")).json()["data"]] == [
        user["email"]
    ]


async def test_the_provider_is_asked_for_a_code_with_proof_and_told_our_own_address(
    house: House, standin: Standin
) -> None:
    await come(await house.visitor())
    await come(await house.visitor())
    first, second = standin.asked
    assert (first["response_type"], first["client_id"], first["scope"]) == (
        "code",
        CLIENT,
        "openid email profile",
    )
    assert first["redirect_uri"] == "http://testserver/login/elsewhere/return"
    assert first["code_challenge_method"] == "S256"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]
    # What it tells of itself is asked for once an hour.
    assert standin.visits.count("/.well-known/openid-configuration") == 1
    house.watch.move(minutes=61)
    await come(await house.visitor())
    assert standin.visits.count("/.well-known/openid-configuration") == 2


async def test_an_answer_serves_once_and_only_the_browser_that_asked(house: House, standin: Standin) -> None:
    client = await house.visitor()
    back = await leave(client)
    jar = dict(client.cookies)
    # Whoever is led to another's answer would be signed in as that other.
    stranger = await house.visitor()
    assert (await stranger.get(back)).status_code == 401
    await leave(stranger)
    assert (await stranger.get(back)).status_code == 401
    assert not await is_in(stranger)
    assert (await client.get(back)).status_code == 303
    assert (await client.get(back)).status_code == 401
    copy = await house.visitor(cookie="; ".join(f"{name}={value}" for name, value in jar.items()))
    replayed = await copy.get(back)
    assert replayed.status_code == 409
    assert "used already" in replayed.text


async def test_a_journey_that_took_too_long_is_over(house: House, standin: Standin) -> None:
    client = await house.visitor()
    back = await leave(client)
    house.watch.move(minutes=11)
    assert (await client.get(back)).status_code == 401


async def test_a_code_of_another_journey_is_refused_by_the_provider(house: House, standin: Standin) -> None:
    victim, thief = await house.visitor(), await house.visitor()
    stolen = parse_qs(urlsplit(await leave(victim)).query)["code"][0]
    own = await leave(thief)
    code = parse_qs(urlsplit(own).query)["code"][0]
    assert (await thief.get(own.replace(code, stolen))).status_code == 401


async def test_an_answer_in_another_providers_place_is_refused(house: House, standin: Standin) -> None:
    client = await house.visitor()
    back = await leave(client)
    assert (await client.get(re.sub("iss=[^&]+", "iss=https%3A%2F%2Fevil.example", back))).status_code == 401
    standin.names_itself = False
    assert (await come(await house.visitor())).status_code == 303


@pytest.mark.parametrize(
    "query",
    ["", "?state=x", "?code=x", "?error=access_denied&state=x", "?state=%00&code=%ff", "?state=a&state=b"],
)
async def test_an_answer_that_nobody_asked_for_breaks_nothing(house: House, query: str) -> None:
    assert (await (await house.visitor()).get(f"/login/elsewhere/return{query}")).status_code == 401


async def test_who_turns_back_at_the_provider_is_at_the_door_again(house: House, standin: Standin) -> None:
    client = await house.visitor()
    back = await leave(client, "/login/elsewhere?next=/law")
    state = parse_qs(urlsplit(back).query)["state"][0]
    reply = await client.get(f"/login/elsewhere/return?error=access_denied&state={state}")
    assert reply.status_code == 401
    assert 'name="next" value="/law"' in reply.text


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"]
)
async def test_nobody_is_led_to_another_site_afterwards(house: House, standin: Standin, target: str) -> None:
    reply = await come(await house.visitor(), f"/login/elsewhere?next={target}")
    assert (reply.status_code, reply.headers["location"]) == (303, HOME)


@pytest.mark.parametrize(
    "told",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email": None},
        {"email": "x"},
        {"email": "a\x00@b.in"},
        {"email": ["a@b.in"]},
        {"email": "a" * 200 + "@b.in"},
    ],
)
async def test_an_email_that_the_provider_does_not_vouch_for_makes_nobody(
    house: House, standin: Standin, told: dict[str, Any]
) -> None:
    standin.person |= told
    reply = await come(await house.visitor())
    assert reply.status_code == 403
    assert "has not verified your e-mail" in reply.text
    assert await count(house, people) == 0


async def test_an_email_that_only_userinfo_tells_is_asked_for_there(house: House, standin: Standin) -> None:
    standin.email_in_userinfo = True
    client = await house.visitor()
    assert (await come(client)).status_code == 303
    assert (await client.get("/api/auth/me")).json()["user"]["email"] == "asha@example.com"
    standin.claims = {"sub": "somebody else"}
    assert (await come(await house.visitor())).status_code == 401


async def test_only_people_of_the_domains_named_may_sign_up(
    database_url: str, redis_url: str | None, standin: Standin
) -> None:
    async with open_house(
        database_url, redis_url, **settings(standin, oidc_domains=("firm.example",))
    ) as house:
        standin.clock = house.watch
        reply = await come(await house.visitor())
        assert reply.status_code == 403
        assert "with an e-mail of example.com" in reply.text
        standin.person |= {"sub": "u-2", "email": "dev@FIRM.example"}
        assert (await come(await house.visitor())).status_code == 303
        standin.person |= {"sub": "u-3", "email": "dev@evil.firm.example"}
        assert (await come(await house.visitor())).status_code == 403


async def test_two_who_come_as_one_new_person_at_once_are_one(house: House, standin: Standin) -> None:
    clients = [await house.visitor() for _ in range(3)]
    backs = [await leave(each) for each in clients]
    replies = await asyncio.gather(*(each.get(back) for each, back in zip(clients, backs, strict=True)))
    assert {reply.status_code for reply in replies} <= {303, 409}
    assert await count(house, people) == await count(house, elsewhere) == 1


async def test_nothing_of_it_is_there_until_it_is_set(database_url: str, redis_url: str | None) -> None:
    async with open_house(database_url, redis_url) as house:
        client = await house.visitor()
        assert "/login/elsewhere" not in (await client.get("/login")).text
        for path in ("/login/elsewhere", "/login/elsewhere/return?state=x&code=y"):
            assert (await client.get(path)).status_code == 404


async def test_in_production_the_way_back_is_the_public_address_and_the_cookie_is_held_tight(
    database_url: str, redis_url: str | None, standin: Standin
) -> None:
    key = "a-random-text-of-more-than-thirty-two-characters"
    given = settings(standin) | {"oidc_issuer": "https://id.example"}
    more = {"environment": "production", "secret_key": key, "public_url": "https://our.example"}
    async with open_house(database_url, redis_url, **given, **more) as house:
        house.app.state.elsewhere.issuer = standin.issuer
        client = await house.visitor(host="evil.example")
        left = await client.get("/login/elsewhere")
        asked = parse_qs(urlsplit(left.headers["location"]).query)
        assert asked["redirect_uri"] == ["https://our.example/login/elsewhere/return"]
        cookie = left.headers["set-cookie"]
        assert cookie.startswith("__Host-complianceai-trip=")
        assert all(word in cookie.lower() for word in ("secure", "httponly", "samesite=lax", "path=/"))


@pytest.mark.parametrize(
    ("told", "email", "name"),
    [
        ("Asha Rao", "a@b.in", "Asha Rao"), ("देव शर्मा", "d@b.in", "देव शर्मा"),
        ("Dr. J. O'Neil-2", "x@b.in", "Dr J O Neil"),
        ("", "asha.rao@b.in", "asha rao"), (None, "7@b.in", "New person"), ("x" * 80, "a@b.in", "x" * 50),
        ("<script>", "a@b.in", "script"), ("1", "ab@b.in", "ab"),
    ],
)  # fmt: skip
def test_a_name_told_elsewhere_is_made_to_keep_the_rules_here(
    told: str | None, email: str, name: str
) -> None:
    assert name_of(told, email) == name
