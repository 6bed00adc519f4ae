"""Tables for tests of papers in bulk: sent, started, made."""

import csv
import io
import zipfile
from dataclasses import replace
from typing import Any

from httpx import AsyncClient
from sqlalchemy import select

from complianceai.entry.worker import make_registry, make_tools
from complianceai.jobs.performing import perform
from complianceai.storage.outbox import State, outbox
from complianceai.workspace.bulk.actions import GO_ON, SWEEP
from tests.cast import House

BULK = "/api/documents/bulk"
TEMPLATE = "premises-noc"


def as_csv(rows: list[list[str]]) -> bytes:
    """The rows as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


async def sent(
    client: AsyncClient, company: str, content: bytes, template: str = TEMPLATE, **fields: Any
) -> dict[str, Any]:
    """What was found in a table."""
    data = {"companyId": company, "templateId": template, **fields}
    reply = await client.post(BULK, data=data, files={"file": ("rows.csv", content)})
    assert reply.status_code == 201, reply.text
    found: dict[str, Any] = reply.json()["data"]
    return found


async def looked(client: AsyncClient, batch: str) -> dict[str, Any]:
    """How far it has come."""
    reply = await client.get(f"{BULK}/{batch}")
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()["data"]
    return found


async def archive(client: AsyncClient, batch: str) -> dict[str, bytes]:
    """The files of the archive by name."""
    reply = await client.get(f"{BULK}/{batch}/archive")
    assert reply.status_code == 200, reply.text
    with zipfile.ZipFile(io.BytesIO(reply.content)) as found:
        return {name: found.read(name) for name in found.namelist()}


async def work_is_done(house: House) -> None:
    """Nothing; whatever of papers in bulk is due by now was done as a worker does it."""
    registry = make_registry(house.settings)
    tools = replace(make_tools(house.settings, house.database), clock=house.watch)
    due = (outbox.c.state == State.WAITING.value) & (outbox.c.due_at <= house.watch.now)
    wanted = select(outbox.c.id, outbox.c.round).where(due, outbox.c.kind.in_([GO_ON, SWEEP]))
    while True:
        async with house.database.reading() as connection:
            rows = (await connection.execute(wanted)).all()
        if not rows:
            return
        for identity, number in rows:
            await perform(registry, tools, identity, number)
            async with house.database.reading() as connection:
                mine = select(outbox.c.state, outbox.c.last_error).where(outbox.c.id == identity)
                assert (await connection.execute(mine)).one() == (State.DONE.value, None)
