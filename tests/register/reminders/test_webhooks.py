"""Programs that are called: signed, tried again, logged, paused, sent again, and never a door into the house."""

import asyncio
import hmac
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address
from typing import Any

import pytest

from complianceai.register.reminders.hooks.reaching import (
    NotReachable,
    fault_in,
    is_public,
    post,
)
from tests.register.reminders.office import Office
from tests.register.reminders.test_telling import only


@dataclass
class Program:
    """Somebody's program that listens, remembers what it was sent, and replies as it is told to."""

    port: int = 0
    status: int = 200
    seen: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/called?by=us"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        pairs = [line.split(": ", 1) for line in head.split("\r\n")[1:] if line]
        headers = {name.lower(): value for name, value in pairs}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.seen.append((headers, body))
        more = f"Location: {self.address}\r\n" if 300 <= self.status < 400 else ""
        writer.write(f"HTTP/1.1 {self.status} Told\r\n{more}Content-Length: 2\r\n\r\nok".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@pytest.fixture
async def program() -> AsyncIterator[Program]:
    made = Program()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made


async def hook(office: Office, address: str, *events: str) -> dict[str, Any]:
    firm = office.firm
    reply = await firm.owner.post(
        f"{firm.base}/webhooks", json={"address": address, "events": events or ["task.due"]}
    )
    assert reply.status_code == 201, reply.text
    return dict(reply.json()["data"])


async def log_of(office: Office, hook_id: str) -> list[dict[str, Any]]:
    reply = await office.firm.owner.get(f"{office.firm.base}/webhooks/{hook_id}/deliveries")
    assert reply.status_code == 200, reply.text
    return list(reply.json()["data"])


async def test_a_program_is_told_once_signed_with_a_secret_that_is_shown_once(
    office: Office, program: Program
) -> None:
    made = await hook(office, program.address)
    await only(office)
    for _ in range(3):
        await office.tick()
        office.house.watch.move(minutes=2)
    ((headers, body),) = program.seen
    second, _, signed = headers["complianceai-signature"].partition(",")
    assert abs(int(second.removeprefix("t=")) - office.tools.clock().timestamp()) < 600
    signed_text = second.removeprefix("t=").encode() + b"." + body
    assert signed == "v1=" + hmac.new(made["secret"].encode(), signed_text, sha256).hexdigest()
    told = json.loads(body)
    assert (told["event"], told["task"]["title"], told["task"]["effectiveDate"]) == (
        "task.due", "Pay the rent", "2026-11-27",
    )  # fmt: skip
    (entry,) = await log_of(office, made["id"])
    assert entry["id"] == headers["complianceai-delivery"]
    assert (entry["state"], entry["attempts"][0]["status"]) == ("arrived", 200)
    listed = (await office.firm.owner.get(f"{office.firm.base}/webhooks")).json()["data"]
    assert "secret" not in listed[0]


async def test_what_fails_is_tried_again_later_and_each_attempt_is_logged(
    office: Office, program: Program
) -> None:
    made = await hook(office, program.address)
    await only(office)
    program.status = 500
    await office.tick()
    program.status = 302
    office.house.watch.move(seconds=11)
    await office.work()
    assert len(program.seen) == 2, "a redirect was followed"
    program.status = 204
    await office.work()
    assert len(program.seen) == 2, "it was not waited for"
    office.house.watch.move(seconds=31)
    await office.work()
    (entry,) = await log_of(office, made["id"])
    assert [each["status"] for each in entry["attempts"]] == [500, 302, 204]
    assert entry["state"] == "arrived"
    assert len({headers["complianceai-delivery"] for headers, _ in program.seen}) == 1
    assert len({body for _, body in program.seen}) == 1


async def test_after_a_day_of_failing_it_is_paused_until_somebody_calls_it_again(
    office: Office, program: Program
) -> None:
    firm = office.firm
    made = await hook(office, program.address, "task.commented")
    task_id = await only(office, days=80)
    program.status = 503

    async def say(text: str) -> None:
        reply = await firm.owner.post(f"{firm.base}/tasks/{task_id}/comments", json={"text": text})
        assert reply.status_code == 201
        await office.work()

    await say("one")
    office.house.watch.move(hours=25)
    await office.work()
    (listed,) = (await firm.owner.get(f"{firm.base}/webhooks")).json()["data"]
    assert listed["pausedAt"] is not None
    before = len(program.seen)
    await say("two")
    assert len(program.seen) == before
    program.status = 200
    reply = await firm.owner.patch(f"{firm.base}/webhooks/{made['id']}", json={"paused": False})
    assert reply.json()["data"]["pausedAt"] is None
    await say("three")
    assert json.loads(program.seen[-1][1])["by"] == "Asha Rao"
    deliveries = await log_of(office, made["id"])
    assert [each["state"] for each in deliveries] == ["arrived", "failed"]
    again = f"{firm.base}/webhooks/{made['id']}/deliveries/{deliveries[1]['id']}/again"
    assert (await firm.owner.post(again)).status_code == 202
    await office.work()
    assert {each["state"] for each in await log_of(office, made["id"])} == {"arrived"}


async def test_a_reminder_of_a_task_that_was_closed_meanwhile_is_dropped(
    office: Office, program: Program
) -> None:
    made = await hook(office, program.address)
    task_id = await only(office)
    program.status = 500
    await office.tick()
    await office.firm.step(office.firm.owner, task_id, "waive", reason="paid in cash")
    office.house.watch.move(minutes=5)
    await office.work()
    assert len(program.seen) == 1
    assert (await log_of(office, made["id"]))[0]["state"] == "dropped"


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.com/", "example.com", "https://", "https://user:pw@example.com/", "https://localhost/",
        "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/meta-data", "http://2130706433/",
        "http://0x7f.1/", "http://127.1/", "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::7f00:1]/",
        "https://printer.local/", "https://metadata.internal/", "https://example.com:22/", "https://example.com:99999/",
        "https://exa mple.com/", "https://example.com/\x00", "https://example.com/" + "a" * 500, "http://0.0.0.0/",
        "http://224.0.0.1/", "http://[fe80::1%25eth0]/", "http://100.64.0.1/",
    ],
)  # fmt: skip
async def test_no_address_leads_into_the_house(office: Office, address: str) -> None:
    assert fault_in(address) is not None
    reply = await office.firm.owner.post(
        f"{office.firm.base}/webhooks", json={"address": address, "events": ["task.due"]}
    )
    assert reply.status_code == 422, reply.text


def test_an_address_of_anybodys_is_called() -> None:
    for address in (
        "https://example.com/hook?x=1",
        "http://example.com:8080",
        "https://93.184.215.14/",
        "https://例.example/",
    ):
        assert (fault_in(address) is None) is address.isascii(), address
    assert is_public(ip_address("2606:2800:21f:cb07:6820:80da:af6b:8b2c"))
    assert not is_public(ip_address("2002:7f00:1::"))


async def test_a_name_that_leads_inside_is_not_called_though_it_looks_public(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", program.port))]
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", program.port))]

    async def lookup(*_: Any, **__: Any) -> list[Any]:
        return public + inside

    monkeypatch.setattr(loop, "getaddrinfo", lookup)
    with pytest.raises(NotReachable, match="not public"):
        await post(f"http://example.com:{program.port}/", b"", {})
    assert program.seen == []


async def test_nobody_who_listens_is_told_of_in_the_log(office: Office) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        made = await hook(office, f"http://127.0.0.1:{taken.getsockname()[1]}/")
        await only(office)
        await office.tick()
    (entry,) = await log_of(office, made["id"])
    assert entry["state"] == "failed"
    assert entry["attempts"][0]["status"] is None
    assert entry["attempts"][0]["error"]


async def test_the_pages_make_pause_and_remove_a_webhook(office: Office) -> None:
    firm, base = office.firm, f"/app/companies/{office.firm.company}"
    wrong = await firm.owner.post(f"{base}/webhooks", data={"address": "http://10.0.0.1/"})
    assert wrong.status_code == 422
    assert "not on the public internet" in wrong.text
    assert "Choose at least one event" in wrong.text
    made = await firm.owner.post(
        f"{base}/webhooks", data={"address": "https://example.com/x", "events": ["task.due", "task.overdue"]}
    )
    assert "cwh_" in made.text
    assert "cwh_" not in (await firm.owner.get(f"{base}/reminders")).text
    (listed,) = (await firm.owner.get(f"{firm.base}/webhooks")).json()["data"]
    here = f"{base}/webhooks/{listed['id']}"
    assert (await firm.owner.post(here, data={"deed": "events"})).status_code == 422
    assert (await firm.owner.post(here, data={"deed": "pause"})).status_code == 303
    assert "It is not called since" in (await firm.owner.get(here)).text
    assert (await firm.owner.post(here, data={"deed": "remove"})).status_code == 303
    assert (await firm.owner.get(here)).status_code == 404


async def test_a_company_has_ten_webhooks_at_most(office: Office) -> None:
    for _ in range(10):
        await hook(office, "https://example.com/")
    reply = await office.firm.owner.post(
        f"{office.firm.base}/webhooks", json={"address": "https://example.com/", "events": ["task.due"]}
    )
    assert (reply.status_code, reply.json()["code"]) == (409, "register.too_many_places")
