"""Somebody who runs the site, for tests of what only they may open."""

from typing import TYPE_CHECKING

from pyotp import TOTP

if TYPE_CHECKING:
    from httpx import AsyncClient

    from tests.cast import House, Player


async def turn_on(house: "House", client: "AsyncClient", player: "Player") -> TOTP:
    """The app of the player, whose second step is on from now on."""
    made = await client.post("/api/auth/factor", json={"password": player.password})
    app = TOTP(made.json()["data"]["secret"])
    reply = await client.post("/api/auth/factor/confirm", json={"code": app.at(house.watch.now)})
    assert reply.status_code == 200, reply.text
    house.watch.move(seconds=30)
    return app


async def register_operator(house: "House", player: "Player") -> "AsyncClient":
    """A browser in which the player is signed in and has just opened the console."""
    from complianceai.tenancy.operators.actions import grant

    client = await house.register(player)
    assert await grant(house.database, player.email, house.watch.now)
    await open_console(house, client, await turn_on(house, client, player))
    return client


async def open_console(house: "House", client: "AsyncClient", app: TOTP) -> None:
    """The console is open in that browser for a quarter of an hour."""
    reply = await client.post("/operator/enter", data={"code": app.at(house.watch.now)})
    assert (reply.status_code, reply.headers["location"]) == (303, "/operator"), reply.text
    house.watch.move(seconds=30)
