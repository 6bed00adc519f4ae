"""What tests of practices do by the API, in one line each."""

from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from httpx import AsyncClient, Response

from complianceai.tenancy.policies import PracticeRole
from tests.cast import PROFILE, House
from tests.tenancy.practice.firm import Firm

DETAILS = {"name": "Sharma and Company", "kind": "ca", "registration": "001234N"}


async def me(client: AsyncClient) -> str:
    return str((await client.get("/api/auth/me")).json()["user"]["id"])


async def make_practice(client: AsyncClient, **more: str) -> str:
    reply = await client.post("/api/practices", json={**DETAILS, **more})
    assert reply.status_code == 201, reply.text
    return f"/api/practices/{reply.json()['data']['id']}"


async def join(house: House, client: AsyncClient, practice: str, role: PracticeRole) -> str:
    """The id of whoever is signed in there, who belongs to the practice from now on."""
    person = await me(client)
    async with house.database.transaction() as connection:
        await Firm(connection).joins(UUID(person), UUID(practice.rpartition("/")[2]), role)
    return person


async def make_client(client: AsyncClient, practice: str, **more: Any) -> str:
    """The id of a new company in the practice's care."""
    profile = {**PROFILE, **more.pop("profile", {})}
    reply = await client.post(f"{practice}/clients", json={"profile": profile, **more})
    assert reply.status_code == 201, reply.text
    return str(reply.json()["data"]["id"])


async def make_team(client: AsyncClient, practice: str, name: str, *people: str) -> str:
    reply = await client.post(f"{practice}/teams", json={"name": name, "people": list(people)})
    assert reply.status_code == 201, reply.text
    return str(reply.json()["data"]["id"])


async def set_access(client: AsyncClient, practice: str, company: str, access: str, **days: str) -> Response:
    terms = {"access": access, "startsOn": "2026-04-01", **days}
    return await client.patch(f"{practice}/clients/{company}", json=terms)


async def sees(client: AsyncClient, company: str) -> str | None:
    """What whoever is signed in there is to the company, or None where it is not there."""
    reply = await client.get(f"/api/companies/{company}")
    return str(reply.json()["data"]["role"]) if reply.status_code == 200 else None


async def deeds(client: AsyncClient, of: str) -> list[str]:
    """What stands in a trail, the first first, without what other rooms keep of their own."""
    rows = (await client.get(f"{of}/trail?size=200")).json()["data"]
    return [row["deed"] for row in reversed(rows) if not row["deed"].startswith(("tasks", "register"))]


def token_of(reply: Response) -> str:
    assert reply.status_code == 201, reply.text
    return str(parse_qs(urlsplit(reply.json()["data"]["link"]).query)["token"][0])
