"""The register's pages on a real database, with somebody to look at them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from complianceai.register import api, pages
from complianceai.site.furnish import furnish
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.limits import Limiter
from complianceai.storage.sealing import Sealer
from complianceai.storage.services import Services
from complianceai.tenancy import api as tenancy_api
from complianceai.tenancy.recognition import Recognition

PASSWORD = "Monsoon-Ledger!7"


@pytest.fixture
async def app(database_url: str) -> AsyncIterator[FastAPI]:
    made = FastAPI()
    database = Database(database_url)
    made.state.services = Services(
        database, Limiter("100000/minute"), Sealer("a secret of the tests"), Files("file:///nowhere")
    )
    furnish(made, recognition=Recognition)
    for router in (tenancy_api.router, api.router, pages.router):
        made.include_router(router)
    yield made
    await database.close()


@pytest.fixture
async def open_client(app: FastAPI) -> AsyncIterator[Callable[[str], Awaitable[AsyncClient]]]:
    """Opens a browser of its own for whoever is named; nobody without a name is signed in."""
    async with AsyncExitStack() as stack:

        async def opened(name: str) -> AsyncClient:
            transport = ASGITransport(app, raise_app_exceptions=False)
            client = await stack.enter_async_context(
                AsyncClient(transport=transport, base_url="http://testserver")
            )
            if name:
                person = {"name": name, "email": f"{name.lower()}@example.com", "password": PASSWORD}
                assert (await client.post("/api/auth/register", json=person)).status_code == 200
            return client

        yield opened


@pytest.fixture
async def visitor(open_client: Callable[[str], Awaitable[AsyncClient]]) -> AsyncClient:
    """Somebody without an account."""
    return await open_client("")


@pytest.fixture
async def asha(open_client: Callable[[str], Awaitable[AsyncClient]]) -> AsyncClient:
    """Somebody who owns what she describes."""
    return await open_client("Asha")


@pytest.fixture
async def chitra(open_client: Callable[[str], Awaitable[AsyncClient]]) -> AsyncClient:
    """Somebody of another company."""
    return await open_client("Chitra")
