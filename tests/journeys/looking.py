"""What a careful eye would find on a page: barriers, errors in the console, text wider than the window."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": (390, 844), "desk": (1280, 800)}


class Look(NamedTuple):
    """How a page is looked at."""

    size: str
    theme: str
    language: str


LOOKS = [
    Look("desk", "light", "en"),
    Look("desk", "dark", "hi"),
    Look("phone", "light", "hi"),
    Look("phone", "dark", "en"),
]


@contextmanager
def looking(browser: Browser, address: str, look: Look, cookies: list[Any] | None = None) -> Iterator[Page]:
    """A page of that size, theme and language; leaving it fails if anything was said in the console."""
    width, height = SIZES[look.size]
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        color_scheme="dark" if look.theme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "language", "value": look.language, "url": address}, *(cookies or [])])
    page = context.new_page()
    said: list[str] = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        yield page
        assert said == []
    finally:
        context.close()


def barriers(page: Page) -> list[str]:
    """What axe finds on the page as it is now, each with the first place of it."""
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def is_too_wide(page: Page) -> bool:
    """Whether one has to scroll sideways to read the page."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
