"""Coming in by an account elsewhere in a real browser: nothing on the way is stopped by the site's own protections."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from complianceai.base.clock import utc_now
from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking
from tests.support.browser import served
from tests.support.provider import CLIENT, SECRET, Standin, provider

PASSWORD = "Monsoon-Ledger!7"


@pytest.fixture(scope="module")
def standin() -> Iterator[Standin]:
    with provider(utc_now) as made:
        yield made


@pytest.fixture(scope="module")
def site(standin: Standin, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("openid")
    given = {"OIDC_NAME": "Example", "OIDC_ISSUER": standin.issuer, "OIDC_CLIENT_ID": CLIENT}
    with served(home, **given, OIDC_CLIENT_SECRET=SECRET) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site, locale="en-IN")
    context.set_default_timeout(30_000)
    yield context
    context.close()


def somebody(standin: Standin) -> str:
    email = f"asha-{uuid4().hex[:10]}@example.com"
    standin.person = {"sub": uuid4().hex, "email": email, "email_verified": True, "name": "Asha Rao"}
    return email


def test_a_new_person_comes_in_and_sets_a_password(visit: BrowserContext, standin: Standin) -> None:
    email, page = somebody(standin), visit.new_page()
    page.goto("/login?next=/app/account")
    page.get_by_role("link", name="Sign in with Example").click()
    page.wait_for_url("**/app/account")
    expect(page.get_by_text(email)).to_be_visible()
    page.get_by_role("link", name="First show that it is you").click()
    page.get_by_role("link", name="Go on with Example").click()
    page.wait_for_url("**/app/account")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set a password").click()
    expect(page.get_by_text("The new password holds")).to_be_visible()
    page.goto("/app/account/elsewhere")
    page.get_by_role("button", name="Unlink").click()
    expect(page.get_by_role("button", name="Unlink")).to_have_count(0)


def test_an_account_here_is_linked_by_its_password_and_a_second_one_by_a_click(
    visit: BrowserContext, standin: Standin
) -> None:
    email, page = somebody(standin), visit.new_page()
    person = {"name": "Asha Rao", "email": email, "password": PASSWORD}
    assert page.request.post("/api/auth/register", data=person).ok
    assert page.request.post("/api/auth/logout").ok
    page.goto("/login?next=/app/account/elsewhere")
    page.get_by_role("link", name="Sign in with Example").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have an account here already")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in and link").click()
    page.wait_for_url("**/app/account/elsewhere")
    expect(page.get_by_role("rowheader", name=email)).to_be_visible()
    other = somebody(standin)
    page.get_by_role("link", name="Link an account with Example").click()
    expect(page.get_by_text(other)).to_be_visible()
    page.get_by_role("button", name="Link it").click()
    expect(page.get_by_role("rowheader", name=other)).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_pages_of_accounts_elsewhere_can_be_read_by_everybody(
    browser: Browser, site: str, standin: Standin, look: Look
) -> None:
    with looking(browser, site, look) as page:
        person = {"name": "Asha Rao", "email": somebody(standin), "password": PASSWORD}
        assert page.request.post("/api/auth/register", data=person).ok
        for path in ("/app/account/elsewhere", "/app/account/elsewhere/go"):
            page.goto(path)
            assert (path, barriers(page), is_too_wide(page)) == (path, [], False)
        assert page.request.post("/api/auth/logout").ok
        for path in ("/login", "/register", "/login/elsewhere"):
            page.goto(path)
            assert (path, barriers(page), is_too_wide(page)) == (path, [], False)
        expect(page.locator("main input[type=password]")).to_be_visible()
