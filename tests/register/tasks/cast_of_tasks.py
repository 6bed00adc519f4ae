"""A company with people in each role, and its tasks as a program reads them."""

from dataclasses import dataclass
from typing import Any

from httpx import AsyncClient, Response

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, DEV, House, describe

PEOPLE = {Role.REVIEWER: BILAL, Role.PREPARER: CHITRA, Role.CLIENT: DEV}
PROOF = {"filedOn": "2026-11-20", "acknowledgement": "AA270000000001"}


@dataclass
class Firm:
    """A company of Asha's with Bilal to review, Chitra to prepare, and Dev as its client."""

    house: House
    company: str
    owner: AsyncClient
    by_role: dict[Role, AsyncClient]
    ids: dict[Role, str]

    @property
    def base(self) -> str:
        return f"/api/companies/{self.company}"

    async def tasks(self, who: AsyncClient | None = None, **asked: Any) -> list[dict[str, Any]]:
        reply = await (who or self.owner).get(f"{self.base}/tasks", params={"size": 200, **asked})
        assert reply.status_code == 200, reply.text
        found: list[dict[str, Any]] = reply.json()["data"]
        return found

    async def task(self, task_id: str, who: AsyncClient | None = None) -> dict[str, Any]:
        reply = await (who or self.owner).get(f"{self.base}/tasks/{task_id}")
        assert reply.status_code == 200, reply.text
        found: dict[str, Any] = reply.json()["data"]
        return found

    async def edit(self, who: AsyncClient, task_id: str, **values: Any) -> Response:
        return await who.patch(f"{self.base}/tasks/{task_id}", json=values)

    async def step(self, who: AsyncClient, task_id: str, step: str, **values: Any) -> Response:
        return await who.post(f"{self.base}/tasks/{task_id}/transitions", json={"step": step, **values})

    async def submitted(self, task_id: str) -> None:
        """Prepared by the preparer, and before the reviewer."""
        preparer = self.by_role[Role.PREPARER]
        assert (await self.edit(preparer, task_id, **PROOF)).status_code == 200
        reply = await self.step(preparer, task_id, "submit", reviewerId=self.ids[Role.REVIEWER])
        assert reply.status_code == 200, reply.text


async def firm_of(house: House, **profile: Any) -> Firm:
    """The company, with everybody in it."""
    owner = await house.register(ASHA)
    company = await describe(owner, **profile)
    by_role, ids = {Role.OWNER: owner}, {Role.OWNER: await _id_of(owner)}
    for role, player in PEOPLE.items():
        by_role[role] = await house.register(player)
        await house.join(by_role[role], company, role)
        ids[role] = await _id_of(by_role[role])
    return Firm(house, company, owner, by_role, ids)


async def _id_of(client: AsyncClient) -> str:
    return str((await client.get("/api/auth/me")).json()["user"]["id"])
