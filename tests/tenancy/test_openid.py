"""Signing in by an account elsewhere, against a provider that keeps the protocol and against one that breaks it."""

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import AsyncClient, Response
from pyotp import TOTP
from sqlalchemy import func, select

from complianceai.tenancy.openid import fetching
from complianceai.tenancy.openid.naming import name_of
from complianceai.tenancy.pages import HOME
from complianceai.tenancy.tables import elsewhere, people
from tests.cast import ASHA, BILAL, House, Watch, open_house
from tests.support.provider import (
    CLIENT,
    SECRET,
    Standin,
    provider,
    with_another_key,
    with_public_key_as_secret,
    without_signature,
)

COOKIE = "complianceai"
PASSWORD = {"password": ASHA.password}


@pytest.fixture
def standin() -> Iterator[Standin]:
    with provider(Watch()) as made:
        yield made


def settings(standin: Standin, **more: Any) -> dict[str, Any]:
    given = {"oidc_name": "Example", "oidc_issuer": standin.issuer, "oidc_client_id": CLIENT}
    return {**given, "oidc_client_secret": SECRET, "rate_limit": "10000/minute", **more}


@pytest.fixture
async def house(database_url: str, redis_url: str | None, standin: Standin) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, **settings(standin)) as made:
        standin.clock = made.watch
        yield made


async def leave(client: AsyncClient, path: str = "/login/elsewhere") -> str:
    """Where the provider sends the browser back to, once it was there."""
    left = await client.get(path)
    assert left.status_code == 303, left.text
    async with AsyncClient() as outside:
        came = await outside.get(left.headers["location"])
    place = urlsplit(came.headers["location"])
    assert (place.netloc, place.path) == ("testserver", "/login/elsewhere/return")
    return f"{place.path}?{place.query}"


async def come(client: AsyncClient, path: str = "/login/elsewhere") -> Response:
    return await client.get(await leave(client, path))


async def is_in(client: AsyncClient) -> bool:
    return (await client.get("/api/auth/me")).status_code == 200


async def count(house: House, table: Any) -> int:
    async with house.database.reading() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


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


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "somebody else"}, {"aud": None}, {"iss": "https://evil.example"},
        {"iss": None}, {"exp": None}, {"exp": 1}, {"exp": "soon"}, {"iat": None}, {"iat": 10**10}, {"iat": 1},
        {"sub": None}, {"sub": ""}, {"sub": "x" * 256}, {"sub": 7}, {"sub": "a\x00"}, {"sub": "अ"},
        {"aud": [CLIENT, "another"]}, {"azp": "another"},
        {"aud": [CLIENT, "another"], "azp": "another"},
    ],
)  # fmt: skip
async def test_a_token_that_claims_something_wrong_opens_nothing(
    house: House, standin: Standin, claims: dict[str, Any]
) -> None:
    standin.claims = claims
    await refused(house, standin)


async def refused(house: House, standin: Standin) -> None:
    client = await house.visitor()
    reply = await come(client)
    assert reply.status_code == 401
    assert "Signing in with Example did not work" in reply.text
    assert 'name="password"' in reply.text
    assert COOKIE not in client.cookies
    assert await count(house, people) == 0


@pytest.mark.parametrize("sign", [without_signature, with_public_key_as_secret, with_another_key])
async def test_a_token_that_the_provider_did_not_sign_opens_nothing(
    house: House, standin: Standin, sign: Callable[[dict[str, Any], Any], str]
) -> None:
    standin.sign = sign
    await refused(house, standin)


@pytest.mark.parametrize("token", ["", "a.b.c", "..", "x" * 200_000, "e30.e30.", "\x00"])
async def test_a_token_that_is_none_opens_nothing(house: House, standin: Standin, token: str) -> None:
    standin.sign = lambda _claims, _key: token
    await refused(house, standin)


async def test_an_expired_token_opens_nothing_and_a_clock_may_be_a_minute_off(
    house: House, standin: Standin
) -> None:
    at = int(house.watch.now.timestamp())
    standin.claims = {"exp": at - 61}
    await refused(house, standin)
    standin.claims = {"exp": at - 30, "iat": at + 30}
    assert (await come(await house.visitor())).status_code == 303


async def test_a_token_for_several_that_we_asked_for_is_believed(house: House, standin: Standin) -> None:
    standin.claims = {"aud": [CLIENT, "another"], "azp": CLIENT}
    assert (await come(await house.visitor())).status_code == 303


async def test_when_the_provider_changes_its_keys_the_new_ones_are_fetched_once(
    house: House, standin: Standin
) -> None:
    assert (await come(await house.visitor())).status_code == 303
    old = standin.key
    standin.rotate()
    assert (await come(await house.visitor())).status_code == 303
    assert standin.visits.count("/jwks") == 2
    standin.sign = lambda claims, _key: with_another_key(claims, old)
    assert (await come(await house.visitor())).status_code == 401
    assert standin.visits.count("/jwks") == 3


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


async def test_a_provider_that_promises_its_name_must_give_it(house: House, standin: Standin) -> None:
    standin.told = {"authorization_response_iss_parameter_supported": True}
    standin.names_itself = False
    await refused(house, standin)


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


async def test_an_account_with_that_email_is_not_taken_over_but_linked_by_its_password(
    house: House, standin: Standin
) -> None:
    await house.register(ASHA)
    client = await house.visitor()
    asked = await come(client, "/login/elsewhere?next=/law")
    assert asked.status_code == 200
    assert "You have an account here already" in asked.text
    assert not await is_in(client)
    assert await count(house, elsewhere) == 0
    pending = value_of(asked, "pending")
    sent = {"pending": pending, "next": "/law"}
    wrong = await client.post("/login/elsewhere/link", data=sent | {"password": "Wrong!2026x"})
    assert wrong.status_code == 401
    assert not await is_in(client)
    right = await client.post("/login/elsewhere/link", data=sent | PASSWORD)
    assert (right.status_code, right.headers["location"]) == (303, "/law")
    assert (await client.get("/api/auth/me")).json()["user"]["email"] == ASHA.email
    again = await house.visitor()
    assert (await come(again)).status_code == 303
    assert (await again.get("/api/auth/log")).json()["data"][0]["about"] == "elsewhere"
    used = await (await house.visitor()).post("/login/elsewhere/link", data=sent | PASSWORD)
    assert used.status_code == 409


def value_of(reply: Response, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]+)"', reply.text)
    assert found is not None
    return found[1]


async def test_what_waits_to_be_linked_is_nobody_elses_and_ends(house: House, standin: Standin) -> None:
    await house.register(ASHA)
    bilal = await house.register(BILAL)
    client = await house.visitor()
    pending = value_of(await come(client), "pending")
    assert (await bilal.post("/app/account/elsewhere", data={"pending": pending})).status_code == 409
    assert (await client.post("/login/elsewhere/link", data={"pending": "x"} | PASSWORD)).status_code == 409
    house.watch.move(minutes=11)
    late = await client.post("/login/elsewhere/link", data={"pending": pending} | PASSWORD)
    assert late.status_code == 409
    assert await count(house, elsewhere) == 0


async def second_step(house: House, client: AsyncClient) -> TOTP:
    app = TOTP((await client.post("/api/auth/factor", json=PASSWORD)).json()["data"]["secret"])
    sent = {"code": app.at(house.watch.now)}
    assert (await client.post("/api/auth/factor/confirm", json=sent)).status_code == 200
    house.watch.move(seconds=30)
    return app


async def test_the_second_step_is_asked_for_when_linking_and_when_coming(
    house: House, standin: Standin
) -> None:
    app = await second_step(house, await house.register(ASHA))
    client = await house.visitor()
    pending = value_of(await come(client), "pending")
    asked = await client.post("/login/elsewhere/link", data={"pending": pending} | PASSWORD)
    assert asked.status_code == 200
    sent = {"pending": pending, "step": value_of(asked, "step")}
    wrong = await client.post("/login/elsewhere/link", data=sent | {"code": "000000"})
    assert (wrong.status_code, await is_in(client)) == (401, False)
    sent |= {"code": app.at(house.watch.now)}
    assert (await client.post("/login/elsewhere/link", data=sent)).status_code == 303
    house.watch.move(seconds=30)
    again = await house.visitor()
    step = await come(again, "/login/elsewhere?next=/law")
    assert not await is_in(again)
    given = {"step": value_of(step, "step"), "code": app.at(house.watch.now), "next": "/law"}
    assert (await again.post("/login/code", data=given)).headers["location"] == "/law"
    assert await is_in(again)


async def test_the_password_of_somebody_else_links_nothing(house: House, standin: Standin) -> None:
    app = await second_step(house, await house.register(BILAL))
    await house.register(ASHA)
    client = await house.visitor()
    pending = value_of(await come(client), "pending")
    theirs = await client.post("/api/auth/login", json={"email": BILAL.email, "password": BILAL.password})
    sent = {"pending": pending, "step": theirs.json()["fields"]["step"], "code": app.at(house.watch.now)}
    assert (await client.post("/login/elsewhere/link", data=sent)).status_code == 401
    assert await count(house, elsewhere) == 0


async def test_somebody_signed_in_links_after_seeing_whose_account_it_is(
    house: House, standin: Standin
) -> None:
    asha = await house.register(ASHA)
    standin.person |= {"sub": "u-2", "email": "asha@work.example"}
    shown = await come(asha, "/app/account/elsewhere/go")
    assert "asha@work.example" in shown.text
    assert await count(house, elsewhere) == 0
    sent = {"pending": value_of(shown, "pending")}
    # A form of another site is refused, so nobody can be made to link a stranger's account.
    forged = await asha.post("/app/account/elsewhere", data=sent, headers={"sec-fetch-site": "cross-site"})
    assert forged.status_code == 403
    assert (await asha.post("/app/account/elsewhere", data=sent)).status_code == 303
    assert (await asha.post("/app/account/elsewhere", data=sent)).status_code == 409
    client = await house.visitor()
    assert (await come(client)).status_code == 303
    assert (await client.get("/api/auth/me")).json()["user"]["email"] == ASHA.email
    assert "asha@work.example" in (await asha.get("/app/account/elsewhere")).text
    bilal = await house.register(BILAL)
    taken = {"pending": value_of(await come(bilal, "/app/account/elsewhere/go"), "pending")}
    assert (await bilal.post("/app/account/elsewhere", data=taken)).status_code == 409


async def test_a_journey_to_link_is_ended_by_nobody_else(house: House, standin: Standin) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    back = await leave(asha, "/app/account/elsewhere/go")
    trip = {name: value for name, value in asha.cookies.items() if name.endswith("-trip")}
    token = f"{COOKIE}={bilal.cookies[COOKIE]}"
    mixed = await house.visitor(
        cookie="; ".join([token, *(f"{name}={value}" for name, value in trip.items())])
    )
    assert (await mixed.get(back)).status_code in {303, 401}
    assert await count(house, elsewhere) == 0


async def test_unlinking_leaves_another_way_in(house: House, standin: Standin) -> None:
    client = await house.visitor()
    await come(client)
    (linked,) = (await client.get("/api/auth/elsewhere")).json()["data"]
    reply = await client.delete(f"/api/auth/elsewhere/{linked['id']}")
    assert (reply.status_code, reply.json()["code"]) == (409, "tenancy.last_way_in")
    assert (await client.post(f"/app/account/elsewhere/{linked['id']}/unlink")).status_code == 409
    asha = await house.register(BILAL)
    assert (await asha.delete(f"/api/auth/elsewhere/{linked['id']}")).status_code == 404
    assert (await asha.post("/app/account/elsewhere/x/unlink")).status_code == 404
    await confirm_there(client)
    assert (await client.post("/api/auth/password", json={"newPassword": ASHA.password})).status_code == 200
    other = await house.visitor()
    await come(other)
    assert (await client.post(f"/app/account/elsewhere/{linked['id']}/unlink")).status_code == 303
    assert (await is_in(client), await is_in(other)) == (True, False)
    given = {"email": "asha@example.com", "password": ASHA.password}
    assert (await (await house.visitor()).post("/api/auth/login", json=given)).status_code == 200
    assert "You have an account here already" in (await come(await house.visitor())).text


async def confirm_there(client: AsyncClient) -> None:
    reply = await come(client, "/app/account/confirm/elsewhere?next=/app/account/passkeys")
    assert (reply.status_code, reply.headers["location"]) == (303, "/app/account/passkeys")


async def test_who_has_no_password_shows_who_they_are_at_the_provider(house: House, standin: Standin) -> None:
    client = await house.visitor()
    await come(client)
    nothing = await client.post("/api/auth/login", json={"email": "asha@example.com", "password": ""})
    assert nothing.status_code == 401
    house.watch.move(minutes=11)
    for path, sent in (
        ("/api/auth/delete", {}),
        ("/api/auth/factor", {}),
        ("/api/auth/password", {"newPassword": "x"}),
    ):
        reply = await client.post(
            path, json=sent | {"newPassword": ASHA.password} if "newPassword" in sent else sent
        )
        assert (reply.status_code, reply.json()["code"]) == (403, "tenancy.confirm_yourself"), path
    led = await client.post("/app/account/delete", data={})
    assert (led.status_code, led.headers["location"]) == (
        303,
        "/app/account/confirm?next=/app/account/delete",
    )
    assert "Go on with Example" in (await client.get(led.headers["location"])).text
    await confirm_there(client)
    assert standin.asked[-1]["prompt"] == "login"
    assert standin.asked[-1]["max_age"] == "0"
    assert (await client.get("/api/auth/export")).json()["data"]["accountsElsewhere"][0]["subject"] == "u-1"
    assert (await client.post("/api/auth/delete", json={})).status_code == 200
    assert await count(house, people) == await count(house, elsewhere) == 0


async def test_showing_at_the_provider_takes_ones_own_account_and_a_fresh_sign_in(
    house: House, standin: Standin
) -> None:
    client = await house.visitor()
    await come(client)
    house.watch.move(minutes=11)
    standin.claims = {"auth_time": int(house.watch.now.timestamp()) - 3600}
    stale = await come(client, "/app/account/confirm/elsewhere")
    assert stale.status_code == 401
    standin.claims = {"auth_time": int(house.watch.now.timestamp()) - 3, "sub": "u-9"}
    other = await come(client, "/app/account/confirm/elsewhere")
    assert other.status_code == 404
    assert (await client.post("/api/auth/delete", json={})).status_code == 403
    standin.claims.pop("sub")
    await confirm_there(client)


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


async def test_a_provider_that_is_down_or_broken_is_told_on_a_clear_page(
    house: House, standin: Standin
) -> None:
    standin.status = 503
    client = await house.visitor()
    reply = await client.get("/login/elsewhere?next=/law")
    assert reply.status_code == 503
    assert "Example cannot be reached just now" in reply.text
    assert 'name="password"' in reply.text
    standin.status = 404
    assert (await client.get("/login/elsewhere")).status_code == 401
    standin.status = 200
    back = await leave(client)
    standin.status = 500
    assert (await client.get(back)).status_code == 503
    assert not await is_in(client)


async def test_a_slow_provider_holds_nobody_up_for_long(
    house: House, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "EACH_SECONDS", 0.3)
    standin.slow_seconds = 3
    client, began = await house.visitor(), time.monotonic()
    slow = asyncio.create_task(client.get("/login/elsewhere"))
    other = await (await house.visitor()).get("/login")
    assert (other.status_code, slow.done()) == (200, False)
    assert (await slow).status_code == 503
    assert time.monotonic() - began < 2


async def test_a_provider_that_nobody_answers_for_is_down(database_url: str, redis_url: str | None) -> None:
    with provider(Watch()) as standin:
        pass
    async with open_house(database_url, redis_url, **settings(standin)) as house:
        assert (await (await house.visitor()).get("/login/elsewhere")).status_code == 503


@pytest.mark.parametrize(
    "told",
    [{"issuer": "https://evil.example"}, {"token_endpoint": None}, {"jwks_uri": "file:///etc/passwd"},
     {"authorization_endpoint": "javascript:alert(1)"}, {"authorization_endpoint": 5}],
)  # fmt: skip
async def test_a_provider_that_tells_nonsense_of_itself_is_not_used(
    house: House, standin: Standin, told: dict[str, Any]
) -> None:
    standin.told = told
    assert (await (await house.visitor()).get("/login/elsewhere")).status_code == 401


async def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(
    house: House, standin: Standin
) -> None:
    standin.told = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert (await come(await house.visitor())).status_code == 303


async def test_two_who_come_as_one_new_person_at_once_are_one(house: House, standin: Standin) -> None:
    clients = [await house.visitor() for _ in range(3)]
    backs = [await leave(each) for each in clients]
    replies = await asyncio.gather(*(each.get(back) for each, back in zip(clients, backs, strict=True)))
    assert {reply.status_code for reply in replies} <= {303, 409}
    assert await count(house, people) == await count(house, elsewhere) == 1


def test_a_process_that_nobody_signs_in_to_in_these_ways_loads_nothing_of_them() -> None:
    code = "import sys, complianceai.entry.asgi; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "complianceai.tenancy.openid.provider" in loaded
    assert {"webauthn", "cbor2", "joserfc", "authlib"} & set(loaded) == set()


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
