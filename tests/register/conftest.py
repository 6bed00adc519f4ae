"""The register's public pages by themselves."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from complianceai.register import pages
from complianceai.site.furnish import furnish


@pytest.fixture
async def visitor() -> AsyncIterator[AsyncClient]:
    """Somebody without an account."""
    app = FastAPI()
    furnish(app)
    app.include_router(pages.router)
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client
