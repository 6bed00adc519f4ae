import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking

PATHS = [
    "/",
    "/example",
    "/example?view=list",
    "/law?open=all",
    "/law/pt-nl",
    "/law/states",
    "/guides",
    "/guides?q=itc",
    "/guides/gst-qrmp",
    "/design",
    "/pricing",
    "/security",
    "/login",
    "/register",
]


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
@pytest.mark.parametrize("path", PATHS)
def test_anybody_can_use_the_page_however_it_is_looked_at(
    browser: Browser, live_server: str, path: str, look: Look
) -> None:
    with looking(browser, live_server, look) as page:
        page.goto(path)
        assert barriers(page) == []
        assert not is_too_wide(page)


def test_a_date_opens_beside_the_year_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/example")
    due = page.locator("a.due").first
    due.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text("Where it stands in the law")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(due).to_be_focused()


def test_everything_is_there_without_scripts(browser: Browser, live_server: str) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/example")
    page.locator("a.due").first.click()
    expect(page.get_by_role("heading", name="Where it stands in the law")).to_be_visible()
    page.goto("/example?view=list")
    page.get_by_label("Owed to").select_option("MCA")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("a.moment").first).to_contain_text("MCA")
    context.close()


def test_language_and_theme_change_in_one_click_and_stay(page: Page) -> None:
    page.goto("/example")
    page.get_by_role("button", name="हिन्दी").click()
    expect(page.locator("html")).to_have_attribute("lang", "hi")
    assert page.url.endswith("/example")
    page.get_by_role("button", name="गहरा").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "hi")


def test_a_reader_at_twice_the_size_need_not_scroll_sideways(browser: Browser, live_server: str) -> None:
    context = browser.new_context(
        base_url=live_server, viewport={"width": 640, "height": 400}, device_scale_factor=2
    )
    page = context.new_page()
    for path in ("/", "/example", "/design"):
        page.goto(path)
        assert not is_too_wide(page)
    context.close()
