"""Which database engines a run is for, the servers it needs, and which tests it keeps."""

import os
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.support.servers import postgresql, valkey

ENGINES = ("sqlite", "postgres")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Nothing; pytest knows `--engines` and `--slow` from now on."""
    parser.addoption(
        "--engines",
        default="sqlite",
        help="run each database test on these: sqlite (the default), postgres (with Valkey), or both, with a comma; "
        "with postgres alone, tests that need no database are left out",
    )
    parser.addoption("--slow", action="store_true", help="run the tests marked slow as well")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Nothing; the servers run, once for all parallel workers, and may be reached."""
    engines = config.getoption("--engines").split(",")
    if unknown := set(engines) - set(ENGINES):
        raise pytest.UsageError(f"--engines: {', '.join(sorted(unknown))} is none of {', '.join(ENGINES)}")
    if "postgres" in engines and not hasattr(config, "workerinput"):
        _start_servers(config)
    given = [os.environ.get("TEST_DATABASE_URL"), os.environ.get("TEST_REDIS_URL")]
    hosts = [host for url in given if url and (host := urlsplit(url).hostname)]
    config.option.allow_hosts = ",".join([config.getoption("--allow-hosts"), *hosts])


def _start_servers(config: pytest.Config) -> None:
    # Parallel workers inherit the environment, so they find the same servers.
    stack = ExitStack()
    config.add_cleanup(stack.close)
    for name, server in (("TEST_DATABASE_URL", postgresql), ("TEST_REDIS_URL", valkey)):
        if name not in os.environ:
            os.environ[name] = stack.enter_context(server())
            stack.callback(os.environ.pop, name)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Nothing; a test that uses a database runs once on each engine."""
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", metafunc.config.getoption("--engines").split(","), scope="session")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Nothing; tests that this run is not for are left out, and those with a browser come last."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("journey")
    kept = [item for item in items if _is_for(item, config)]
    # Playwright leaves an event loop running in the thread, and a test that is a coroutine needs its own.
    kept.sort(key=lambda item: item.get_closest_marker("journey") is not None)
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _is_for(item: pytest.Item, config: pytest.Config) -> bool:
    if item.get_closest_marker("slow") and not config.getoption("--slow"):
        return False
    engines, uses = config.getoption("--engines"), getattr(item, "fixturenames", ())
    needs_servers = not {"valkey_url", "server_url"}.isdisjoint(uses)
    if engines == "postgres":
        return "engine" in uses or needs_servers
    return "postgres" in engines or not needs_servers
