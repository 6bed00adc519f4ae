"""The people that tests are about, and the house they meet in.

Asha owns a company, Bilal is her colleague and may look, Chitra has another company, Dev is a chartered accountant.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import insert, update

from complianceai.entry.asgi import create_app, surrounded
from complianceai.entry.settings import Settings
from complianceai.storage.database import Database
from complianceai.tenancy.policies import Role
from complianceai.tenancy.tables import members, people
from tests.support.clocks import Watch


class Player(NamedTuple):
    """Somebody with the words to register with."""

    name: str
    email: str
    password: str = "Monsoon!2026"

    @property
    def registration(self) -> dict[str, str]:
        return {"name": self.name, "email": self.email, "password": self.password}


ASHA = Player("Asha Rao", "asha@example.com")
BILAL = Player("Bilal Khan", "bilal@example.com")
CHITRA = Player("Chitra Nair", "chitra@example.com")
DEV = Player("देव शर्मा", "dev@example.com")

PROFILE: dict[str, Any] = {"name": "Rao Textiles LLP", "entity_type": "llp", "state": "MH"}


@dataclass
class House:
    """The whole application on a database of its own, and a door for each visitor."""

    app: FastAPI
    settings: Settings
    watch: Watch
    stack: AsyncExitStack

    @property
    def database(self) -> Database:
        found: Database = self.app.state.services.database
        return found

    async def visitor(self, **headers: str) -> AsyncClient:
        """A browser in which nobody is signed in."""
        transport = ASGITransport(surrounded(self.app, self.settings), raise_app_exceptions=False)
        scheme = "https" if self.settings.is_production else "http"
        client = AsyncClient(transport=transport, base_url=f"{scheme}://testserver", headers=headers)
        return await self.stack.enter_async_context(client)

    async def register(self, player: Player, *, verified: bool = True) -> AsyncClient:
        """A browser in which the player has just registered, their address verified, unless it is to be otherwise."""
        client = await self.visitor()
        reply = await client.post("/api/auth/register", json=player.registration)
        assert reply.status_code == 200, reply.text
        if verified:
            async with self.database.transaction() as connection:
                mine = people.c.id == UUID(reply.json()["user"]["id"])
                await connection.execute(update(people).where(mine).values(verified_at=self.watch.now))
        return client

    async def join(self, client: AsyncClient, company_id: str, role: Role, until: date | None = None) -> None:
        """Makes whoever is signed in there a member of the company."""
        person = (await client.get("/api/auth/me")).json()["user"]["id"]
        async with self.database.transaction() as connection:
            await connection.execute(
                insert(members).values(
                    company_id=UUID(company_id),
                    person_id=UUID(person),
                    role=role.value,
                    created_at=self.watch.now,
                    until=until,
                )
            )


async def describe(client: AsyncClient, **profile: Any) -> str:
    """The id of a new company of whoever is signed in there."""
    reply = await client.post("/api/companies", json={"profile": {**PROFILE, **profile}})
    assert reply.status_code == 201, reply.text
    return str(reply.json()["data"]["id"])


@asynccontextmanager
async def open_house(
    database_url: str, redis_url: str | None = None, **settings: Any
) -> AsyncIterator[House]:
    """The application of these settings, taken down at the end."""
    made = Settings(_env_file=None, database_url=database_url, redis_url=redis_url, **settings)
    watch = Watch()
    app = create_app(made, clock=watch)
    async with AsyncExitStack() as stack, app.router.lifespan_context(app):
        yield House(app, made, watch, stack)
