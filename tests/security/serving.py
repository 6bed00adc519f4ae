"""The application behind a real port of its own, for programs that are not ours."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn

from complianceai.entry.asgi import create_app, surrounded
from complianceai.entry.settings import Settings
from tests.support.servers import free_port


@contextmanager
def served(database_url: str, **settings: Any) -> Iterator[str]:
    """The address of the application while the block lasts."""
    made = Settings(_env_file=None, database_url=database_url, rate_limit="1000000/minute", **settings)
    port = free_port()
    config = uvicorn.Config(
        surrounded(create_app(made), made), port=port, log_config=None, access_log=False, lifespan="on"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=30)


@contextmanager
def signed_up(address: str, name: str, email: str, password: str) -> Iterator[httpx.Client]:
    """A browser in which somebody has just registered."""
    person = {"name": name, "email": email, "password": password}
    with httpx.Client(base_url=address, timeout=60) as client:
        assert client.post("/api/auth/register", json=person).status_code == 200
        yield client
