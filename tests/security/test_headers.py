"""What every reply carries, and what no page holds."""

import re
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from complianceai.site.static import shelf
from tests.cast import ASHA, House, describe, open_house
from tests.security.inputs import addresses_of, pages_of

KEY = "a-random-text-of-more-than-thirty-two-characters"
PRODUCTION = {"environment": "production", "secret_key": KEY, "public_url": "https://testserver"}
ORIGIN = "https://tools.example"


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="1000000/minute") as made:
        yield made


async def _known(house: House) -> tuple[AsyncClient, dict[str, str]]:
    asha = await house.register(ASHA)
    return asha, {"company_id": await describe(asha), "kind": "csv", "identity": "gst-gstr-3b"}


async def test_every_reply_of_every_address_carries_every_protection(house: House) -> None:
    asha, known = await _known(house)
    for each in addresses_of(house.app):
        path = each.path.format_map({**dict.fromkeys(each.in_path, "x"), **known})
        if each.method == "POST" and path.endswith("logout"):
            continue
        reply = await asha.request(each.method, path)
        policy = reply.headers["content-security-policy"]
        for directive in (
            "default-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ):
            assert directive in policy, path
        assert "unsafe" not in policy
        assert "*" not in policy
        assert reply.headers["x-content-type-options"] == "nosniff", path
        assert reply.headers["referrer-policy"] in {"same-origin", "no-referrer"}, path
        assert "cross-origin-opener-policy" in reply.headers
        if reply.content and not path.startswith("/static"):
            assert re.match(
                r"(text/\w+; (?:version=[\d.]+; )?charset=utf-8|application/|image/)",
                reply.headers["content-type"],
            ), path
        if path.startswith(("/app", "/api")):
            assert "no-store" in reply.headers["cache-control"], path
        assert "server" not in reply.headers
        assert "x-powered-by" not in reply.headers


async def test_what_is_for_programs_runs_nothing_in_a_browser(house: House) -> None:
    asha, known = await _known(house)
    for path in (
        "/api/openapi.json",
        "/api/auth/me",
        f"/api/companies/{known['company_id']}",
        "/api/nowhere",
    ):
        reply = await asha.get(path)
        assert reply.headers["content-security-policy"].endswith("sandbox"), path
        assert reply.headers["content-type"].startswith("application/json"), path
    download = await asha.get("/app/account/export.json")
    assert download.headers["content-disposition"].startswith("attachment")


async def test_in_production_each_cookie_is_bound_to_this_host_and_to_https(database_url: str) -> None:
    async with open_house(database_url, **PRODUCTION) as house:
        client = await house.register(ASHA)
        cookies = [
            *(await client.post("/api/auth/login", json={"email": ASHA.email, "password": ASHA.password}))
            .headers.get_list("set-cookie"),
            *(await client.post("/preferences", data={"language": "hi"})).headers.get_list("set-cookie"),
            *(await client.post("/preferences", data={"theme": "dark"})).headers.get_list("set-cookie"),
        ]  # fmt: skip
        assert len(cookies) >= 4
        for cookie in cookies:
            attributes = {each.strip().lower() for each in cookie.split(";")[1:]}
            assert cookie.startswith("__Host-"), cookie
            assert {"secure", "httponly", "path=/", "samesite=lax"} <= attributes, cookie
            assert not any(each.startswith("domain") for each in attributes)
        reply = await client.get("/")
        assert '<html lang="hi" data-theme="dark">' in reply.text
        found = re.fullmatch(r"max-age=(\d+); includeSubDomains", reply.headers["strict-transport-security"])
        assert found is not None
        assert int(found[1]) >= 365 * 24 * 3600


async def test_only_origins_of_the_settings_may_read_from_their_pages(database_url: str) -> None:
    async with open_house(database_url, allowed_origins=ORIGIN) as house:
        client = await house.visitor()
        asked = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
        for path in ("/api/companies", "/api/auth/login"):
            yes = await client.options(path, headers={"origin": ORIGIN, **asked})
            assert (yes.status_code, yes.headers["access-control-allow-origin"]) == (200, ORIGIN)
            for other in ("https://evil.example", f"{ORIGIN}.evil.example", "null", "http://tools.example"):
                no = await client.options(path, headers={"origin": other, **asked})
                assert no.status_code == 400
                assert "access-control-allow-origin" not in no.headers
        assert (await client.get("/api/health", headers={"origin": ORIGIN})).headers[
            "access-control-allow-origin"
        ] == ORIGIN
        assert (
            "access-control-allow-origin"
            not in (await client.get("/api/health", headers={"origin": "https://evil.example"})).headers
        )
        # A refusal by rate, by size or by fault can be read there as well.
        assert (await client.get("/api/auth/me", headers={"origin": ORIGIN})).headers[
            "access-control-allow-origin"
        ] == ORIGIN


async def test_without_origins_in_the_settings_no_other_page_reads_anything(house: House) -> None:
    client = await house.visitor()
    for method in ("GET", "OPTIONS"):
        reply = await client.request(method, "/api/health", headers={"origin": ORIGIN})
        assert not [name for name in reply.headers if name.startswith("access-control")]


async def test_no_page_holds_a_script_in_line_or_shuts_out_a_password_manager(house: House) -> None:
    asha, known = await _known(house)
    pages = {
        **await pages_of(house.app, await house.visitor(), known),
        **await pages_of(house.app, asha, known),
    }
    assert len(pages) > 15
    passwords = 0
    for path, text in pages.items():
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert not re.search(r"\son[a-z]+=|\sstyle=|<style|javascript:", text), path
        for field in re.findall(r"<input[^>]*password[^>]*>", text):
            if 'name="' in field and "password" in re.findall(r'name="([^"]*)"', field)[0]:
                passwords += 1
                assert 'type="password"' in field, path
                assert re.search(r'autocomplete="(current|new)-password"', field), path
        # A piece of a page, put into one that is there, has nothing around it.
        if path.startswith("/app") and text.startswith("<!doctype html>"):
            assert 'action="/logout"' in text, path
    assert passwords > 3


def test_no_script_keeps_runs_or_inserts_text_of_others() -> None:
    scripts = {
        name: each.content.decode()
        for name, each in shelf().items()
        if name.endswith(".js") and "htmx" not in name
    }
    assert scripts
    for name, whole in scripts.items():
        # Whether single keys do anything is the one thing that a browser keeps: on or off, and nobody's secret.
        text = whole.replace('localStorage.getItem("keys")', "").replace(
            'localStorage.setItem("keys", isOn.checked ? "on" : "off")', ""
        )
        # What htmx puts in place of what was there our own server wrote and escaped; it runs no script of it.
        text = text.replace('swap: "outerHTML"', "")
        for risky in ("innerHTML", "outerHTML", "document.write", "eval(", "new Function", "localStorage",
                      "sessionStorage", "indexedDB", "postMessage", "cookie", "insertAdjacentHTML"):  # fmt: skip
            assert risky not in text, (name, risky)


@pytest.mark.parametrize(
    "path", ["/static/", "/static", "/.git/config", "/.env", "/docs", "/redoc", "/openapi.json", "/debug", "/admin",
             "/static/..%2f..%2fpyproject.toml", "/server-status", "/phpinfo.php", "/metrics/../.env"],
)  # fmt: skip
async def test_nothing_is_shown_that_nobody_means_to_show(house: House, path: str) -> None:
    reply = await (await house.visitor()).get(path)
    assert reply.status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DEBUG"])
async def test_methods_that_nobody_needs_are_refused(house: House, method: str) -> None:
    reply = await (await house.visitor()).request(method, "/", headers={"x-secret": "told"})
    assert reply.status_code in {404, 405}
    assert "told" not in reply.text


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere", 404), ("/app/nowhere", 404), ("/law/nothing", 404)]
)
async def test_a_page_of_a_refusal_knows_who_is_signed_in(house: House, path: str, status: int) -> None:
    asha = await house.register(ASHA)
    reply = await asha.get(path)
    assert reply.status_code == status
    assert 'action="/logout"' in reply.text
    assert 'href="/login"' not in reply.text
    assert "no-store" in reply.headers["cache-control"]
    posted = await asha.post("/", headers={"origin": "https://evil.example"})
    assert posted.status_code == 403
    assert 'action="/logout"' in posted.text
    wrong = await asha.delete("/app")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET")
    assert 'action="/logout"' in wrong.text
