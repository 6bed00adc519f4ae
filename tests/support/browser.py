"""A real browser: `browser`, `page`, and `live_server` to point it at. A journey that fails leaves a screenshot."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.servers import accepts, free_port, stop

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
START_SECONDS = 30

# As root Chromium needs no sandbox; the rest keeps it from calling home and from small shared memory.
_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
_failed = pytest.StashKey[bool]()


def find_chromium() -> str | None:
    """The path of a Chromium: the one that CHROMIUM names, or the system's."""
    names = (
        os.environ.get("CHROMIUM"),
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    return next((found for name in names if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One Chromium for all journeys; skips where there is none."""
    from playwright.sync_api import sync_playwright

    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium was found; install it, or name it by CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: "Browser", live_server: str, request: pytest.FixtureRequest) -> "Iterator[Page]":
    """A page in a fresh, signed-out profile, with addresses relative to the live server."""
    context = browser.new_context(base_url=live_server, locale="en-IN", timezone_id="Asia/Kolkata")
    # Long enough for a machine that is busy with something else; a page that works waits for nothing.
    context.set_default_timeout(30_000)
    opened = context.new_page()
    yield opened
    if request.node.stash.get(_failed, False):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        opened.screenshot(
            path=SCREENSHOTS / f"{re.sub(r'[^A-Za-z0-9]+', '-', request.node.nodeid)}.png", full_page=True
        )
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The report as it is; whether the test failed is remembered for its fixtures."""
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report


@pytest.fixture(scope="session")
def live_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the live server: what it keeps is in `data`, its mails in `data/mail`."""
    return tmp_path_factory.mktemp("live")


@pytest.fixture(scope="session")
def live_server(live_home: Path) -> Iterator[str]:
    """The address of the product as a user starts it, on an empty embedded database."""
    with served(live_home) as address:
        yield address


@contextmanager
def served(home: Path, port: int | None = None, **settings: str) -> Iterator[str]:
    """The address of the product as a user starts it in that folder, with those settings besides."""
    port = port or free_port()
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if name in {"PATH", "HOME"} or name.startswith("COV")
        },
        "DATA_DIR": str(home / "data"),
        "LOG_DIR": str(home / "logs"),
        "RATE_LIMIT": "100000/minute",
        **settings,
    }
    command = [Path(sys.executable).with_name("complianceai"), "serve", "--port", str(port)]
    with (home / "output").open("w") as output:
        server = subprocess.Popen(command, env=environment, cwd=home, stdout=output, stderr=output)
    try:
        _wait_for(server, port, home / "output")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        stop(server)


def _wait_for(server: subprocess.Popen[bytes], port: int, output: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while not accepts(port):
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"`complianceai serve` did not start:\n{output.read_text()[-4000:]}")
        time.sleep(0.05)
