"""The operator's console, and what its tenants are asked and told: usable by everybody, in every look."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pyotp import TOTP

from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking

PASSWORD = "Monsoon!2026"
PAGES = (
    "/operator", "/operator/people", "/operator/people?q=none-such", "/operator/companies",
    "/operator/figures/growth", "/operator/figures/retention", "/operator/figures/revenue",
    "/operator/figures/opinions", "/operator/figures/service", "/operator/jobs", "/operator/announcements",
    "/operator/switches", "/operator/help",
)  # fmt: skip
ROOT = Path(__file__).parents[2]
FILL = """
import asyncio, os
from sqlalchemy.exc import IntegrityError
from complianceai.storage.database import Database
from tests.insights.history import fill

async def run():
    database = Database(f"sqlite:///{os.environ['DATA_DIR']}/complianceai.db")
    try:
        async with database.transaction() as connection:
            await fill(connection)
    except IntegrityError:
        pass
    await database.close()

asyncio.run(run())
"""
THEIRS = ("/app/account/counting", "/app/account/help", "/app/account")


def _become_operator(page: Page, folder: Path) -> str:
    """The address of the page of the operator's own account, with the console open."""
    email = f"operator-{os.urandom(4).hex()}@example.com"
    person = {"name": "Indira Menon", "email": email, "password": PASSWORD, "mayCount": True}
    made = page.request.post("/api/auth/register", data=person)
    assert made.ok, made.text()
    assert page.request.post(
        "/api/companies", data={"profile": {"name": "Menon LLP", "entity_type": "llp"}}
    ).ok
    app = TOTP(page.request.post("/api/auth/factor", data={"password": PASSWORD}).json()["data"]["secret"])
    assert page.request.post("/api/auth/factor/confirm", data={"code": app.now()}).ok
    command = [sys.executable, "-m", "complianceai", "operator", "grant", email]
    subprocess.run(command, check=True, cwd=folder, capture_output=True, env=_environment(folder))
    # A history to draw; the second look finds it there.
    subprocess.run([sys.executable, "-c", FILL], check=True, cwd=folder, env=_environment(folder))
    # The code of the next half-minute is taken as well, since the clock of an app may be fast.
    page.goto("/operator")
    page.locator('input[name="code"]').fill(app.at(time.time() + 30))
    page.locator('main form:has(input[name="code"]) button').click()
    page.wait_for_url("**/operator")
    return f"/operator/people/{made.json()['user']['id']}"


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "DATA_DIR": str(folder / "data"), "PYTHONPATH": str(ROOT)}


def _check(page: Page, path: str) -> None:
    page.goto(path)
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
    assert (path, barriers(page)) == (path, [])
    assert not is_too_wide(page), path


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_everybody_can_use_the_console(
    browser: Browser, live_server: str, live_home: Path, look: Look
) -> None:
    with looking(browser, live_server, look) as page:
        person = _become_operator(page, live_home)
        for path in (*PAGES, person, *THEIRS):
            _check(page, path)
