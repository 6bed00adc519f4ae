"""Going to the provider and back, as a browser does."""

import re
from typing import Any
from urllib.parse import urlsplit

from httpx import AsyncClient, Response
from pyotp import TOTP
from sqlalchemy import func, select

from complianceai.tenancy.tables import people
from tests.cast import ASHA, House
from tests.support.provider import CLIENT, SECRET, Standin

COOKIE = "complianceai"
PASSWORD = {"password": ASHA.password}


def settings(standin: Standin, **more: Any) -> dict[str, Any]:
    given = {"oidc_name": "Example", "oidc_issuer": standin.issuer, "oidc_client_id": CLIENT}
    return {**given, "oidc_client_secret": SECRET, "rate_limit": "10000/minute", **more}


async def leave(client: AsyncClient, path: str = "/login/elsewhere") -> str:
    """Where the provider sends the browser back to, once it was there."""
    left = await client.get(path)
    assert left.status_code == 303, left.text
    async with AsyncClient() as outside:
        came = await outside.get(left.headers["location"])
    place = urlsplit(came.headers["location"])
    assert (place.netloc, place.path) == ("testserver", "/login/elsewhere/return")
    return f"{place.path}?{place.query}"


async def come(client: AsyncClient, path: str = "/login/elsewhere") -> Response:
    return await client.get(await leave(client, path))


async def is_in(client: AsyncClient) -> bool:
    return (await client.get("/api/auth/me")).status_code == 200


async def count(house: House, table: Any) -> int:
    async with house.database.reading() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def refused(house: House, standin: Standin) -> None:
    client = await house.visitor()
    reply = await come(client)
    assert reply.status_code == 401
    assert "Signing in with Example did not work" in reply.text
    assert 'name="password"' in reply.text
    assert COOKIE not in client.cookies
    assert await count(house, people) == 0


def value_of(reply: Response, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]+)"', reply.text)
    assert found is not None
    return found[1]


async def second_step(house: House, client: AsyncClient) -> TOTP:
    app = TOTP((await client.post("/api/auth/factor", json=PASSWORD)).json()["data"]["secret"])
    sent = {"code": app.at(house.watch.now)}
    assert (await client.post("/api/auth/factor/confirm", json=sent)).status_code == 200
    house.watch.move(seconds=30)
    return app


async def confirm_there(client: AsyncClient) -> None:
    reply = await come(client, "/app/account/confirm/elsewhere?next=/app/account/passkeys")
    assert (reply.status_code, reply.headers["location"]) == (303, "/app/account/passkeys")
