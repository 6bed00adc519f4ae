"""An owner writes a template, has a whole table made into papers, and fetches them; no page has barriers."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking
from tests.journeys.test_documents import _firm, _made
from tests.workspace.own.test_own import ANSWERS, QUESTIONS, TEXT

ROWS = b"name,pay,start_date,city\nAsha,1,2026-12-01,Pune\nBilal,many,2026-12-02,Pune\nChitra,3,2026-12-03,Pune\n"
# Where somebody wants to see them: a folder for a picture of each.
PICTURES = os.environ.get("PICTURES", "")


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_no_page_of_own_templates_and_bulk_has_a_barrier(
    browser: Browser, live_server: str, look: Look
) -> None:
    with looking(browser, live_server, look) as page:
        company, home = _firm(page)
        wanted = {"companyId": company, "title": "Offer letter", "text": TEXT, "questions": QUESTIONS}
        own = str(_made(page, "/templates", wanted)["id"])
        wish = {"templateId": own, "companyId": company, "userInputs": ANSWERS}
        document = str(_made(page, "/generate", wish)["id"])
        file = {"name": "rows.csv", "mimeType": "text/csv", "buffer": ROWS}
        sent = page.request.post(
            "/api/documents/bulk", multipart={"companyId": company, "templateId": own, "file": file}
        )
        batch = sent.json()["data"]["id"]
        mine = f"{home}/templates/{own.removeprefix('own-')}"
        for path in (
            f"{home}/new", f"{home}/templates", f"{home}/templates/new", mine, f"{mine}/edit", f"{home}/new/{own}",
            f"{home}/bulk", f"{home}/bulk/new/{own}", f"{home}/bulk/new/nda-mutual", f"{home}/bulk/{batch}",
            f"{home}/{document}", f"{home}/{document}/answers",
        ):  # fmt: skip
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
            if PICTURES:
                name = "-".join((*look, *path.removeprefix(home).strip("/").split("/")))[:80]
                page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
            assert (path, barriers(page)) == (path, [])
            assert not is_too_wide(page), path


def test_a_template_is_written_and_a_table_of_it_made_and_fetched(browser: Browser, live_server: str) -> None:
    with looking(browser, live_server, Look("desk", "light", "en")) as page:
        _, home = _firm(page)
        page.goto(f"{home}/templates/new")
        page.get_by_label("Title").fill("Offer letter")
        page.get_by_label("Text", exact=True).fill(TEXT)
        page.get_by_role("button", name="Check and look").click()
        expect(page.locator(".preview")).to_contain_text("₹12,345.50")
        page.get_by_label("Question").first.fill("Who gets the offer?")
        page.get_by_role("button", name="Keep the template").click()
        page.get_by_role("link", name="Many at once").click()
        file = {"name": "rows.csv", "mimeType": "text/csv", "buffer": ROWS}
        page.locator("input[type=file]").set_input_files(files=[file])
        page.get_by_role("button", name="Check the table").click()
        expect(page.get_by_text("2 papers can be made.")).to_be_visible()
        expect(page.get_by_role("rowheader", name="B3")).to_be_visible()
        page.get_by_role("button", name="Make them").click()
        # Nobody reloads it: the page itself looks how far it has come.
        expect(page.get_by_text("2 papers were made.")).to_be_visible(timeout=60_000)
        with page.expect_download() as fetched:
            page.get_by_role("link", name="Take the archive").click()
        assert fetched.value.suggested_filename == "Offer letter.zip"
