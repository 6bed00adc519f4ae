"""The bell rings while one looks, and the pages of reminders can be read and used by everybody."""

import re
import sqlite3
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import PROFILE
from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking

PASSWORD = "Monsoon-Ledger!7"


def _company(page: Page) -> tuple[str, str]:
    """The id of somebody new, who is signed in there, and of their company."""
    who = {"name": "Asha Rao", "email": f"asha-{uuid4().hex[:10]}@example.com", "password": PASSWORD}
    reply = page.request.post("/api/auth/register", data=who)
    company = page.request.post("/api/companies", data={"profile": PROFILE}).json()["data"]["id"]
    return str(reply.json()["user"]["id"]), str(company)


def _tell(home: Path, page: Page, person: str, company: str, certainty: str = "verified") -> None:
    """An alert of the company's first task, as a worker writes it."""
    task = page.request.get(f"/api/companies/{company}/tasks?size=1").json()["data"][0]["id"]
    ids = [UUID(each).hex for each in (person, company, task)]
    with sqlite3.connect(home / "data" / "complianceai.db", timeout=30) as connection:
        connection.execute("UPDATE tasks SET certainty = ? WHERE id = ?", (certainty, ids[2]))
        connection.execute(
            "INSERT INTO alerts (id, recipient_id, channel, key, kind, company_id, task_id, due_on, said, at) "
            "SELECT ?, ?, 'app', ?, 'reminder', ?, id, effective_date, '{}', '2026-11-24 06:00:00' "
            "FROM tasks WHERE id = ?",
            (uuid4().hex, ids[0], uuid4().hex, ids[1], ids[2]),
        )


def test_the_bell_rings_while_one_looks_and_is_silent_once_all_is_read(
    browser: Browser, live_server: str, live_home: Path
) -> None:
    with looking(browser, live_server, Look("phone", "light", "en")) as page:
        person, company = _company(page)
        page.goto("/app")
        expect(page.locator(".bell-count")).to_be_hidden()
        _tell(live_home, page, person, company)
        expect(page.locator(".bell-count")).to_be_visible(timeout=30_000)
        page.get_by_role("link", name=re.compile("What you were told")).click()
        expect(page.get_by_role("link", name="Pass on by WhatsApp").first).to_have_attribute(
            "href", re.compile(r"^https://wa\.me/\?text=")
        )
        page.get_by_role("button", name="All of it is read").click()
        expect(page.get_by_text("0 unread")).to_be_visible()
        expect(page.locator(".bell-count")).to_be_hidden()


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_everybody_can_read_and_use_the_pages(
    browser: Browser, live_server: str, live_home: Path, look: Look
) -> None:
    with looking(browser, live_server, look) as page:
        person, company = _company(page)
        _tell(live_home, page, person, company, "disputed")
        api, base = f"/api/companies/{company}", f"/app/companies/{company}"
        sent = {"address": f"https://example.com/{'long' * 30}", "events": ["task.due"]}
        hook = page.request.post(f"{api}/webhooks", data=sent).json()["data"]["id"]
        paths = (f"{base}/reminders", f"{base}/webhooks/{hook}", "/app/alerts", "/app/account/reminders")
        for path in paths:
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
            assert (path, barriers(page)) == (path, [])
            assert not is_too_wide(page), path
            assert not re.search(r"\{\{|%\(", page.inner_text("main")), path
