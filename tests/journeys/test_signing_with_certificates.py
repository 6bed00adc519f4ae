"""Somebody signs a paper in a browser with Aadhaar eSign, by way of the service's own page on another site."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.looking import LOOKS, Look, barriers, is_too_wide, looking
from tests.journeys.test_signing import _asked
from tests.support.browser import served
from tests.support.esign import Esp, running
from tests.support.servers import free_port


@contextmanager
def _there(home: Path) -> Iterator[tuple[str, Esp]]:
    """A server that offers both ways, and the service at another site."""
    port = free_port()
    with running(Esp()) as esp:
        esp.url = esp.url.replace("127.0.0.1", "localhost")
        settings = {name.upper(): str(value) for name, value in esp.settings.items()}
        settings["PUBLIC_URL"] = f"http://127.0.0.1:{port}"
        with served(home, port, **settings) as address:
            yield address, esp


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Esp, Path]]:
    home = tmp_path_factory.mktemp("certificates")
    with _there(home) as (address, esp):
        yield address, esp, home


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_a_paper_is_signed_by_way_of_the_service(
    browser: Browser, there: tuple[str, Esp, Path], look: Look
) -> None:
    address, esp, home = there
    with looking(browser, address, look) as page:
        _, link, _ = _asked(page, home)
        page.goto(link)
        page.locator("details.more summary").first.click()
        page.locator("form[action$='/esign/begin'] input[name=agrees]").check()
        assert barriers(page) == []
        page.locator("form[action$='/esign/begin'] button").click()
        page.wait_for_url("**/esign/*")
        assert barriers(page) == []
        assert not is_too_wide(page)
        page.locator("form.row button").first.click()
        page.wait_for_url(f"{esp.url}/**")
        page.get_by_role("button", name="Sign").click()
        page.wait_for_url(f"{address}{link}")
        expect(page.locator("form[action$='/esign/begin']")).to_have_count(0)


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_page_of_a_token_has_no_barrier(
    browser: Browser, there: tuple[str, Esp, Path], look: Look
) -> None:
    address, _, home = there
    with looking(browser, address, look) as page:
        _, link, _ = _asked(page, home)
        page.goto(link)
        page.locator("details.more summary").first.click()
        page.locator("form[action$='/dsc/begin'] input[name=agrees]").check()
        page.locator("form[action$='/dsc/begin'] button").click()
        page.wait_for_url("**/dsc/*")
        assert barriers(page) == []
        assert not is_too_wide(page)
