"""A company in which a good deal happened, in a house with a place for files."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import insert

from complianceai.base.ids import new_id
from complianceai.register.reminders.tables import chats, webhooks
from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, House, describe, open_house
from tests.support.papers import pdf_of
from tests.workspace.papers import led, written

GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}


class Lived(NamedTuple):
    """A house, its owner's browser, and the company."""

    house: House
    asha: AsyncClient
    company: str

    @property
    def company_id(self) -> UUID:
        return UUID(self.company)


@pytest.fixture
async def lived(database_url: str, redis_url: str | None, tmp_path: Path) -> AsyncIterator[Lived]:
    async with open_house(
        database_url, redis_url, rate_limit="10000/minute", data_dir=tmp_path / "here"
    ) as house:
        yield await live_in(house)


async def live_in(house: House) -> Lived:
    """A company with a reviewed return and its proof, one filed before reviews, papers, talk and doors elsewhere."""
    asha = await house.register(ASHA)
    company = await describe(asha, name="अशोक & “Sons” 🪔", **GST)
    await _file_bare(asha, company)
    bilal, chitra = await house.register(BILAL), await house.register(CHITRA)
    await house.join(bilal, company, Role.PREPARER)
    await house.join(chitra, company, Role.REVIEWER)
    await _file_reviewed(asha, bilal, chitra, company)
    await _write_papers(asha, bilal, chitra, company)
    base = f"/api/companies/{company}"
    invited = {"email": "esha@example.com", "role": "viewer"}
    assert (await asha.post(f"{base}/invitations", json=invited)).status_code == 201
    await _open_doors(house, UUID(company))
    return Lived(house, asha, company)


async def _task(client: AsyncClient, company: str, words: str) -> str:
    listed = await client.get(f"/api/companies/{company}/tasks", params={"q": words})
    return f"/api/companies/{company}/tasks/{listed.json()['data'][0]['id']}"


async def _file_bare(asha: AsyncClient, company: str) -> None:
    address = await _task(asha, company, "GSTR-1 Oct")
    assert (
        await asha.patch(address, json={"filedOn": "2026-11-10", "acknowledgement": "AA271126000001X"})
    ).status_code == 200
    done = await asha.post(f"{address}/transitions", json={"step": "file"})
    assert done.status_code == 200, done.text


async def _file_reviewed(asha: AsyncClient, bilal: AsyncClient, chitra: AsyncClient, company: str) -> None:
    address = await _task(asha, company, "GSTR-3B Oct")
    proof = {"file": ("पावती.pdf", pdf_of(["ARN AA271126000123X"]))}
    assert (await bilal.post(f"{address}/evidence", files=proof)).status_code == 201
    said = await bilal.post(f"{address}/comments", json={"text": "Filed, @asha 🪔"})
    assert said.status_code == 201, said.text
    reviewer = (await chitra.get("/api/auth/me")).json()["user"]["id"]
    await bilal.patch(address, json={"filedOn": "2026-11-19", "reviewerId": reviewer})
    for client, step in ((bilal, "submit"), (chitra, "approve")):
        done = await client.post(f"{address}/transitions", json={"step": step})
        assert done.status_code == 200, done.text


async def _write_papers(asha: AsyncClient, bilal: AsyncClient, chitra: AsyncClient, company: str) -> None:
    document = await written(bilal, company, "# Note\n\nWe resolved.")
    address = f"/api/documents/{document}"
    first = await asha.post(f"{address}/comments", json={"text": "Which board?", "quote": "resolved"})
    assert first.status_code == 201, first.text
    answer = {"text": "Ours", "parentId": first.json()["data"]["id"]}
    assert (await bilal.post(f"{address}/comments", json=answer)).status_code == 201
    assert await led(bilal, document, "submit") == 200
    assert await led(chitra, document, "approve") == 200
    copy = {"file": ("deed.pdf", pdf_of(["Partnership deed"]))}
    kept = await bilal.post("/api/documents/files", files=copy, data={"companyId": company})
    assert kept.status_code == 201, kept.text


async def _open_doors(house: House, company_id: UUID) -> None:
    """What rests on secrets: a webhook and a chat."""
    now = house.watch.now
    hook = {"id": new_id(), "company_id": company_id, "address": "https://hooks.example/1", "events": []}
    chat = {"id": new_id(), "company_id": company_id, "name": "Team", "service": "slack", "language": "en"}
    async with house.database.transaction() as connection:
        await connection.execute(insert(webhooks).values(**hook, secret_sealed="SEALED-HOOK", created_at=now))
        await connection.execute(insert(chats).values(**chat, address_sealed="SEALED-CHAT", created_at=now))
