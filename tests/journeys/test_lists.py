"""Lists and what one keeps of them, spreadsheets in and out, feeds and suppositions: usable by everybody."""

import csv
import io
import re

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking
from tests.journeys.test_tasks import _company

CLIENTS = (
    b"Name,Kind,State,GSTIN,GST scheme\nMandara Studio,llp,Karnataka,,\n"
    b"Uma Foods,,,27AAPFU0939F1ZV,qrmp\nX,castle,,,\n"
)
# What a template or a program lets slip, and no person would write.
SLIPS = re.compile(r"\{\{|%\(|\{\w+\}|built-in method|<function|\bNone\b|\bnull\b|datetime\.|Undefined")


def _look(page: Page, path: str) -> None:
    """The page as it is now, all of it unfolded, has no barrier, nothing cut off and nothing let slip."""
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
    assert (path, barriers(page)) == (path, [])
    assert not is_too_wide(page), path
    typed = page.evaluate("[...document.querySelectorAll('textarea')].map(each => each.value).join(' ')")
    assert SLIPS.findall(f"{page.inner_text('main')} {typed}") == [], path


def _fill(page: Page, base: str, origin: str) -> str:
    """Something in each list of the company; the id of one of its tasks."""
    api = f"/api{base.removeprefix('/app')}"
    task = str(page.request.get(f"{api}/tasks").json()["data"][0]["id"])
    assert page.request.post(
        f"{api}/tasks", data={"title": "Rent", "dueDate": "2026-12-31", "repeats": "month"}
    ).ok
    file = FilePayload(name="a.txt", mimeType="text/plain", buffer=b"paid")
    assert page.request.post(f"{api}/tasks/{task}/evidence", multipart={"file": file}).ok
    form, headers = {"items": "Bank statement", "days": "14"}, {"Origin": origin}
    assert page.request.post(f"{base}/tasks/{task}/requests", form=form, headers=headers).ok
    assert page.request.patch(f"{api}/tasks/{task}", data={"priority": "high", "notes": "Call"}).ok
    return task


def _changed(page: Page, base: str) -> FilePayload:
    """The tasks as they were downloaded, one of them changed and one wrongly."""
    text = page.request.get(f"{base}/tasks.csv").body().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))[:3]
    rows[0]["Notes"], rows[1]["Own date"] = "Wait", "soon"
    made = io.StringIO()
    writer = csv.DictWriter(made, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return FilePayload(name="tasks.csv", mimeType="text/csv", buffer=made.getvalue().encode())


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_everybody_can_use_lists_imports_and_feeds(browser: Browser, live_server: str, look: Look) -> None:
    with looking(browser, live_server, look) as page:
        base = _company(page)
        page.goto(f"{base}/lists/evidence")
        _look(page, "no evidence")
        task = _fill(page, base, live_server)
        lists = ("lists/evidence", "lists/requests", "lists/duties", "dashboard", "trail", "members")
        for path in (*lists, f"tasks/{task}", "what-if"):
            page.goto(f"{base}/{path}")
            _look(page, path)
        page.goto(f"{base}/imports")
        page.locator("input[type=file]").set_input_files(_changed(page, base))
        page.locator("form[enctype] button").click()
        page.wait_for_url("**/imports/*")
        _look(page, "import")
        page.goto("/app/feeds")
        page.locator("#f-name").fill("Mine")
        page.locator("main form button").last.click()
        _look(page, "feeds")


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_everybody_can_take_clients_on_by_a_table(browser: Browser, live_server: str, look: Look) -> None:
    with looking(browser, live_server, look) as page:
        _company(page)
        made = page.request.post("/api/practices", data={"name": "Rao and Company", "kind": "ca"}).json()
        here = f"/app/practices/{made['data']['id']}/clients/import"
        page.goto(here)
        _look(page, "way")
        sent = FilePayload(name="clients.csv", mimeType="text/csv", buffer=CLIENTS)
        page.locator("input[type=file]").set_input_files(sent)
        page.locator("form[enctype] button").click()
        page.wait_for_url("**/import/*")
        expect(page.get_by_role("rowheader", name="Uma Foods")).to_be_visible()
        _look(page, "looked")
        page.locator(".note form button").click()
        page.wait_for_url("**/import#before")
        expect(page.locator("#before")).to_contain_text("clients.csv")
        _look(page, "done")
        page.locator("#before form button").click()
        expect(page.locator("#before .badge")).to_be_visible()


def test_a_founder_supposes_to_be_registered_and_sees_what_would_come(
    browser: Browser, live_server: str
) -> None:
    for look in (Look("desk", "light", "en"), Look("phone", "dark", "en")):
        with looking(browser, live_server, look) as page:
            base = _company(page)
            page.goto(base)
            page.get_by_role("link", name="What if").click()
            page.locator("#f-entity_type").select_option("private_limited")
            page.get_by_role("button", name="Show what would change").last.click()
            expect(page.get_by_role("heading", name=re.compile("duties would come"))).to_be_visible()
            expect(page.get_by_role("link", name="AOC-4")).to_be_visible()
            _look(page, "supposed")
            page.goto(base)
            expect(page.get_by_text("AOC-4")).to_have_count(0)


def test_a_list_is_kept_as_a_paper_from_its_page(browser: Browser, live_server: str) -> None:
    with looking(browser, live_server, Look("phone", "light", "en")) as page:
        base = _company(page)
        page.goto(f"{base}/tasks?q=GSTR-3B")
        with page.expect_download() as begun:
            page.get_by_role("group", name="Keep this list").get_by_role("link", name="PDF").click()
        assert begun.value.suggested_filename == "tasks.pdf"
        assert begun.value.path().read_bytes().startswith(b"%PDF")
