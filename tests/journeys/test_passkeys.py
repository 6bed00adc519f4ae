"""Passkeys in a real browser with a device made of software: added, signed in with, shown again, and none at all."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking

PASSWORD = "Monsoon-Ledger!7"
PAGES = (
    "/app/account/passkeys",
    "/app/account/confirm",
    "/app/account/log",
    "/app/account/sessions",
    "/login",
)


@pytest.fixture
def by_name(live_server: str) -> str:
    """The server by its name: browsers tie no passkey to a number."""
    return live_server.replace("127.0.0.1", "localhost")


@pytest.fixture
def visit(browser: Browser, by_name: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=by_name, locale="en-IN")
    context.set_default_timeout(30_000)
    yield context
    context.close()


def give_device(page: Page, **knobs: Any) -> tuple[Any, str]:
    """A device on which the browser finds and makes passkeys, and its name there."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    wanted = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True, **knobs,
    }  # fmt: skip
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": wanted})["authenticatorId"]


def sign_up(page: Page) -> str:
    email = f"asha-{uuid4().hex[:10]}@example.com"
    person = {"name": "Asha Rao", "email": email, "password": PASSWORD}
    assert page.request.post("/api/auth/register", data=person).ok
    return email


def add(page: Page, name: str) -> None:
    page.goto("/app/account/passkeys")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("rowheader", name=name)).to_be_visible()


def test_a_passkey_is_added_and_signs_in_without_an_email(visit: BrowserContext) -> None:
    page = visit.new_page()
    sign_up(page)
    tools, device = give_device(page)
    add(page, "This laptop")
    (kept,) = tools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert (kept["rpId"], kept["isResidentCredential"]) == ("localhost", True)
    page.get_by_role("button", name="Sign out").first.click()
    page.goto("/login?next=/app/account/log")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/app/account/log")
    expect(page.get_by_text("Signed in: passkey")).to_be_visible()
    # The device counts; the next time is no copy.
    page.goto("/app/account/confirm?next=/app/account/tokens")
    page.get_by_role("button", name="Go on with a passkey").click()
    page.wait_for_url("**/app/account/tokens")


def test_after_the_password_a_passkey_is_the_second_step(visit: BrowserContext) -> None:
    page = visit.new_page()
    email = sign_up(page)
    give_device(page)
    add(page, "Key")
    page.get_by_role("button", name="Ask for a passkey after the password").click()
    assert len(page.locator("main .codes code").all_inner_texts()) == 10
    page.get_by_role("button", name="Sign out").first.click()
    page.goto("/login?next=/app/account")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Go on with a passkey").click()
    page.wait_for_url("**/app/account")


def test_who_turns_back_or_has_no_passkey_is_told_and_can_go_another_way(visit: BrowserContext) -> None:
    page = visit.new_page()
    give_device(page)
    # A person who presses Cancel is what no virtual device can be; the browser answers the page the same way.
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('turned back'))")
    page.goto("/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("No passkey came")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_enabled()


def test_a_browser_without_passkeys_is_told_so(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto("/login")
    expect(page.get_by_text("This browser has no passkeys.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_pages_of_passkeys_can_be_read_by_everybody(browser: Browser, by_name: str, look: Look) -> None:
    with looking(browser, by_name, look) as page:
        sign_up(page)
        give_device(page)
        page.goto("/app/account/passkeys")
        page.locator("form[data-passkey] button").click()
        expect(page.locator("tbody tr")).to_have_count(1)
        for path in PAGES:
            page.goto(path)
            assert (path, barriers(page), is_too_wide(page)) == (path, [], False)
        page.request.post("/api/auth/logout")
        page.goto("/login")
        assert (barriers(page), is_too_wide(page)) == ([], False)
