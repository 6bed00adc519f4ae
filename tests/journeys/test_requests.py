"""A client sends from a phone what is asked for, without an account; and the pages around it have no barriers."""

import re

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking
from tests.journeys.test_tasks import _company

STATEMENT = FilePayload(name="statement.txt", mimeType="text/plain", buffer=b"balance 1,00,000")


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_a_client_sends_what_is_asked_for_without_an_account(
    browser: Browser, live_server: str, look: Look
) -> None:
    with looking(browser, live_server, look) as page:
        base = _company(page)
        task = page.request.get(f"/api{base.removeprefix('/app')}/tasks").json()["data"][0]["id"]
        form = {"items": "Bank statement, October\nSales register", "days": "14"}
        headers = {"Origin": live_server}
        made = page.request.post(f"{base}/tasks/{task}/requests", form=form, headers=headers)
        found = re.search(r"/asked/[\w-]+", made.text())
        assert found is not None
        page.goto(found.group())
        assert barriers(page) == []
        assert not is_too_wide(page)
        # Three taps: choose, the photo itself, send.
        page.locator("input[type=file]").first.set_input_files(STATEMENT)
        page.locator("form[enctype] button").first.click()
        expect(page.get_by_text("statement.txt")).to_be_visible()
        assert barriers(page) == []
        assert not is_too_wide(page)
        for path in (f"tasks/{task}", "requests", "imports"):
            page.goto(f"{base}/{path}")
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
            assert (path, barriers(page)) == (path, [])
            assert not is_too_wide(page), path
