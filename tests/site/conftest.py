"""A small application with nothing in it but the room and a few addresses that misbehave."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated

import pytest
from fastapi import FastAPI, Query, Request
from httpx import ASGITransport, AsyncClient

from complianceai.base.errors import DomainError, InvalidInput, Kind, NotFound, TooMany
from complianceai.site.furnish import furnish

TRUSTED = "https://tools.example"


class AlreadyFiled(DomainError):
    code = "register.already_filed"
    kind = Kind.CONFLICT
    sentence = "{form} was filed on {on}."


def misbehaving_app() -> FastAPI:
    app = FastAPI()
    furnish(app, trusted_origins=[TRUSTED], limit_bytes=1000, limit_seconds=1.5)

    @app.get("/{area}/raise/{name}")
    async def raise_it(area: str, name: str) -> None:
        raise {
            "filed": AlreadyFiled(form="AOC-4", on="<b>today</b>"),
            "invalid": InvalidInput(
                {"turnover": "Must not be below zero. Type 0 or more.", "{secret}": "No."}
            ),
            "missing": NotFound(),
            "many": TooMany(retry_after_seconds=7),
            "bug": KeyError("the name of a table"),
        }[name]

    @app.get("/api/window")
    async def window(start: Annotated[date, Query(alias="from")]) -> dict[str, str]:
        return {"start": str(start)}

    @app.post("/api/echo")
    async def echo(request: Request) -> dict[str, int]:
        return {"size": len(await request.body())}

    @app.get("/api/slow")
    async def slow() -> None:
        await asyncio.sleep(30)

    return app


@pytest.fixture
async def client() -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(misbehaving_app(), raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://testserver") as made:
        yield made
