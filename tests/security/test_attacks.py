"""What attackers try first is tried on every input there is; inputs of new routes are found by themselves."""

from collections.abc import AsyncIterator, Iterable
from typing import Any

import pytest
from fastapi import FastAPI, Request
from httpx import ASGITransport, AsyncClient
from jinja2 import Template
from sqlalchemy import func, select, text
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from complianceai.tenancy.tables import companies, members, people
from tests.cast import ASHA, CHITRA, House, describe, open_house
from tests.security.attacks import EACH, MARKUP, TAG, TOGETHER, found_in
from tests.security.inputs import (
    SAFE,
    Input,
    addresses_of,
    inputs_of_addresses,
    inputs_of_bodies,
    inputs_of_forms,
    pages_of,
)

ENDS_THE_SIGN_IN = {"POST /logout", "POST /api/auth/logout"}


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="1000000/minute") as made:
        yield made


class Scene:
    """Asha with her company, whose every input is tried, and how to reach it."""

    def __init__(self, house: House, asha: AsyncClient, known: dict[str, str]) -> None:
        self.house, self.asha, self.known = house, asha, known

    @classmethod
    async def set_up(cls, house: House) -> "Scene":
        asha = await house.register(ASHA)
        asha.headers["user-agent"] = MARKUP
        await asha.post("/api/auth/login", json={"email": ASHA.email, "password": ASHA.password})
        company = await describe(asha)
        invited = {"email": "esha@example.com", "role": "viewer"}
        invitation = (await asha.post(f"/api/companies/{company}/invitations", json=invited)).json()["data"]
        person = (await asha.get("/api/auth/me")).json()["user"]["id"]
        known = {"company_id": company, "person_id": person, "kind": "csv", "identity": "gst-gstr-3b"}
        return cls(house, asha, {**known, "invitation_id": invitation["id"], "name": "site.css"})

    async def inputs(self, *, one_by_one: bool = False) -> list[Input]:
        app, stranger = self.house.app, await self.house.visitor()
        pages = await pages_of(app, self.asha, self.known)
        outside = await pages_of(app, stranger, self.known)
        found = [
            *inputs_of_addresses(app, self.known),
            *inputs_of_bodies(app, self.known),
            *inputs_of_forms({**outside, **pages}, one_by_one=one_by_one),
        ]
        return [each for each in found if f"{each.method} {each.path}" not in ENDS_THE_SIGN_IN]

    async def rows(self) -> tuple[Any, ...]:
        """Who there is, whose password is which, and who is what to whom: what no attack may change."""
        async with self.house.database.reading() as connection:
            known = (await connection.execute(select(people.c.email, people.c.id).order_by("id"))).all()
            roles = select(members.c.person_id, members.c.role).order_by("person_id", "role")
            return tuple(known), tuple((await connection.execute(roles)).all())


async def _try(inputs: Iterable[Input], client: AsyncClient, values: Iterable[str]) -> list[str]:
    found: list[str] = []
    values = list(values)
    for each in inputs:
        for value in values:
            reply = await each.send(client, value)
            found += [f"{each}: {fault} ({reply.status_code})" for fault in found_in(reply)]
    return found


async def test_nothing_of_the_usual_works_on_any_input(house: House) -> None:
    scene = await Scene.set_up(house)
    inputs = await scene.inputs()
    # Less would mean that the search for inputs has gone blind.
    assert {each.where for each in inputs} == {"path", "query", "json", "form"}
    assert len({(each.method, each.path) for each in inputs}) > 60
    assert await _try(inputs, scene.asha, TOGETHER) == []
    assert (await scene.asha.get("/api/auth/me")).status_code == 200, "the tries went on signed out"
    await _nothing_is_left(scene)


async def test_nothing_works_on_any_input_of_a_visitor(house: House) -> None:
    stranger = await house.visitor()
    known = {"identity": "gst-gstr-3b", "name": "site.css"}
    pages = await pages_of(house.app, stranger, known)
    inputs = [
        *inputs_of_addresses(house.app, known),
        *inputs_of_bodies(house.app, known),
        *inputs_of_forms(pages, one_by_one=True),
    ]
    assert await _try(inputs, stranger, TOGETHER) == []


@pytest.mark.slow
async def test_nothing_works_tried_one_by_one(house: House) -> None:
    scene = await Scene.set_up(house)
    assert await _try(await scene.inputs(one_by_one=True), scene.asha, EACH) == []
    await _nothing_is_left(scene)


async def _nothing_is_left(scene: Scene) -> None:
    """Every page that shows what was kept, and every table, as they should be."""
    for address, shown in (await pages_of(scene.house.app, scene.asha, scene.known)).items():
        assert TAG not in shown, address
    async with scene.house.database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(people))).scalar_one() >= 1
        stored = (await connection.execute(select(people.c.password_hash))).scalars().all()
        assert all(each is None or each.startswith("$argon2id$") for each in stored)


HEADERS = (
    "accept-language", "user-agent", "referer", "x-request-id", "hx-current-url", "hx-target", "hx-prompt",
    "if-none-match", "range", "accept", "content-language", "authorization", "origin", "via", "x-original-url",
)  # fmt: skip


@pytest.mark.parametrize("name", [*HEADERS, *(f"cookie {each}" for each in ("language", "theme", "other"))])
async def test_no_header_and_no_cookie_is_taken_at_its_word(house: House, name: str) -> None:
    client = await house.register(ASHA)
    for value in (MARKUP, "{{61861*7}}", "https://evil.example/", "../../etc/passwd", "' OR 1=1 --"):
        cookie = name.removeprefix("cookie ")
        given = {"cookie": f"{cookie}={value}"} if cookie != name else {name: value}
        for path in ("/app", "/", "/nowhere", "/api/companies"):
            reply = await client.get(path, headers=given)
            assert list(found_in(reply)) == [], (path, value)


async def test_a_host_that_is_not_ours_is_repeated_nowhere(house: House) -> None:
    scene = await Scene.set_up(house)
    games = {"host": "evil.example", "x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    for each in addresses_of(house.app):
        if each.method != "GET":
            continue
        path = each.path.format_map({**dict.fromkeys(each.in_path, "x"), **scene.known})
        for client in (scene.asha, await house.visitor()):
            reply = await client.get(path, headers=games)
            assert "evil.example" not in reply.text, path
            assert "evil.example" not in str(reply.headers), path
            assert reply.status_code < 500, path


# The signature service's own form brings its answer there; what it brings counts by its signature alone.
FROM_ELSEWHERE = {"/esign/{sealed_trip}"}


async def test_no_other_site_makes_a_visitor_s_browser_change_anything(house: House) -> None:
    scene = await Scene.set_up(house)
    before = await scene.rows()
    tried = 0
    for each in addresses_of(house.app):
        if each.method in SAFE or each.path in FROM_ELSEWHERE:
            continue
        path = each.path.format_map({**dict.fromkeys(each.in_path, "x"), **scene.known})
        for headers in (
            {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
            {"origin": "https://evil.example"},
            {"origin": "null", "content-type": "text/plain"},
            {"sec-fetch-site": "same-site"},
        ):
            reply = await scene.asha.request(each.method, path, headers=headers, content=b"{}")
            assert (reply.status_code, path) == (403, path)
            tried += 1
    assert tried > 100
    assert await scene.rows() == before


async def test_no_reading_changes_anything(house: House) -> None:
    scene = await Scene.set_up(house)
    before = await _everything(house)
    for each in addresses_of(house.app):
        # Whoever takes all of their data with them is told of it, so that nobody else does so unseen.
        if each.method == "GET" and "export" not in each.path:
            path = each.path.format_map({**dict.fromkeys(each.in_path, "x"), **scene.known})
            await scene.asha.get(path)
            await scene.asha.get(path, params=dict.fromkeys(each.in_query, "1"))
    assert await _everything(house) == before


async def test_no_field_that_a_body_does_not_have_is_taken(house: House) -> None:
    scene = await Scene.set_up(house)
    before = await scene.rows()
    extra = {"id": "x", "isAdmin": True, "personId": "x", "createdAt": "2020-01-01", "passwordHash": "x"}
    bodies = {(each.method, each.path): each for each in inputs_of_bodies(house.app, scene.known)}
    assert len(bodies) > 10
    for (method, path), each in bodies.items():
        sent = {**each.body, **extra}
        address = path.format_map(each.params)
        reply = await scene.asha.request(method, address, json=sent)
        assert reply.status_code in {403, 404, 409, 422, 429}, (method, path, reply.status_code)
    assert await scene.rows() == before


async def test_no_field_that_a_form_does_not_have_is_taken(house: House) -> None:
    scene = await Scene.set_up(house)
    company = scene.known["company_id"]
    extra = {
        "id": "x",
        "role": "auditor",
        "person_id": "x",
        "is_admin": "1",
        "created_by": "x",
        "email": "e@e.in",
    }
    await scene.asha.post("/app/account", data={"name": "Asha Rao", **extra})
    await scene.asha.post(f"/app/companies/{company}/edit", data={"name": "B", "version": "1", **extra})
    known, roles = await scene.rows()
    assert [email for email, _ in known] == [ASHA.email]
    assert [role for _, role in roles] == ["owner"]


async def test_a_session_that_somebody_planted_is_not_the_one_that_is_signed_in(house: House) -> None:
    chitra = await house.register(CHITRA)
    planted = chitra.cookies["complianceai"]
    await house.register(ASHA)
    for path, sent in (
        ("/api/auth/login", {"json": {"email": ASHA.email, "password": ASHA.password}}),
        ("/login", {"data": {"email": ASHA.email, "password": ASHA.password}}),
    ):
        victim = await house.visitor(cookie=f"complianceai={planted}")
        reply = await victim.post(path, **sent)
        assert reply.cookies["complianceai"] != planted
        thief = await house.visitor(cookie=f"complianceai={planted}")
        assert (await thief.get("/api/auth/me")).status_code == 401


async def test_what_was_used_or_ended_serves_no_second_time(house: House) -> None:
    scene = await Scene.set_up(house)
    company = scene.known["company_id"]
    invited = {"email": CHITRA.email, "role": "viewer"}
    made = (await scene.asha.post(f"/api/companies/{company}/invitations", json=invited)).json()["data"]
    link = made["link"].rpartition("=")[2].rpartition("#")[2]
    chitra = await house.register(CHITRA)
    assert (await chitra.post("/api/invitations/accept", json={"token": link})).status_code == 200
    assert (await chitra.post("/api/invitations/accept", json={"token": link})).status_code == 404
    stolen = chitra.cookies["complianceai"]
    assert (await chitra.post("/api/auth/logout")).status_code == 200
    thief = await house.visitor(cookie=f"complianceai={stolen}")
    assert (await thief.get("/api/auth/me")).status_code == 401


async def test_signing_out_clears_what_the_browser_kept(house: House) -> None:
    for path in ("/api/auth/logout", "/logout"):
        asha = await house.visitor()
        reply = await asha.post(path)
        assert reply.headers["clear-site-data"] == '"cache", "storage"'


async def _everything(house: House) -> dict[str, int]:
    """How many rows each table has, and the version of each company."""
    async with house.database.reading() as connection:
        counts = {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in people.metadata.sorted_tables
        }
        versions = (await connection.execute(select(companies.c.version).order_by("id"))).scalars()
        return {**counts, **{f"version {at}": version for at, version in enumerate(versions)}}


def careless_app() -> FastAPI:
    """An application that does everything wrong, to show that each attack would be noticed."""
    app = FastAPI()

    @app.get("/script")
    async def script(q: str) -> Response:
        return HTMLResponse(f"<p>{q}</p>")

    @app.get("/template")
    async def template(q: str) -> Response:
        return PlainTextResponse(Template(q.partition("$")[0]).render())

    @app.get("/redirect")
    async def redirect(q: str) -> Response:
        return RedirectResponse(q if q.startswith(("/", "https:")) else "/")

    @app.get("/link")
    async def link(q: str) -> Response:
        return HTMLResponse(f'<a href="{q}">x</a>')

    @app.get("/header")
    async def header(q: str) -> Response:
        name, _, value = [*q.split("\r\n"), ""][1].partition(": ")
        return Response(headers={name: value} if name else None)

    @app.get("/path")
    async def path(q: str) -> Response:
        # What a careless reading of files would have sent.
        return PlainTextResponse("root:x:0:0:root:/root" if q.startswith("../") else "")

    @app.get("/sql")
    async def sql(q: str, request: Request) -> Response:
        async with request.app.state.database.reading() as connection:
            await connection.execute(text(f"SELECT id FROM people WHERE email = '{q}'"))  # noqa: S608 - as above
        return PlainTextResponse("none")

    return app


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/script", "script"),
        ("/template", "template"),
        ("/redirect", "redirect"),
        ("/link", "redirect"),
        ("/header", "header"),
        ("/path", "path"),
        ("/sql", "fault 500"),
    ],
)
async def test_the_tries_would_find_a_careless_route(house: House, path: str, fault: str) -> None:
    app = careless_app()
    app.state.database = house.database
    [found] = [each for each in inputs_of_addresses(app, {}) if each.path == path]
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://testserver") as client:
        for values in (TOGETHER, EACH):
            assert any(f": {fault} " in each for each in await _try([found], client, values))
