"""Chats of a company: told by Apprise, all at once, by an address that is sealed."""

import json
from importlib.util import find_spec

import pytest
from sqlalchemy import select

from complianceai.register.reminders.chat_addresses import service_of
from complianceai.register.reminders.tables import chats
from tests.register.reminders.office import Office
from tests.register.reminders.test_telling import only
from tests.register.reminders.test_webhooks import Program, program

__all__ = ["program"]
# Under Python 3.11 and 3.12 Apprise looks for a module that is to go, and has a stand-in where it is gone.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
needs_apprise = pytest.mark.skipif(find_spec("apprise") is None, reason="complianceai[chat] is not installed")


@pytest.mark.parametrize(
    ("address", "service"),
    [
        ("slack://TokenA/TokenB/TokenC", "Slack"), ("tgram://123456789:abcdefg/12315544/", "Telegram"),
        ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", "Discord"), ("json://127.0.0.1:8000/", "JSON"),
        ("json://10.0.0.1/", None), ("mmost://chat.example/x", None), ("https://example.com/", None), ("", None),
        ("slack://a/b/c?template=/etc/passwd", None), ("syslog://", None), ("mailto://a:b@example.com", None),
        ("slack://[", None), ("slack://a\n", None),
    ],
)  # fmt: skip
def test_only_chats_whose_messages_stay_with_their_vendor_are_told(address: str, service: str | None) -> None:
    assert service_of(address, frozenset({"127.0.0.1"})) == service


@needs_apprise
async def test_a_chat_is_told_of_all_that_is_due_in_one_message(office: Office, program: Program) -> None:
    firm = office.firm
    made = await firm.owner.post(
        f"{firm.base}/chats",
        json={"name": "Office", "address": f"json://127.0.0.1:{program.port}/", "language": "hi"},
    )
    assert made.status_code == 201, made.text
    await only(office)
    body = {"title": "Pay the cook", "dueDate": "2026-11-25"}
    assert (await firm.owner.post(f"{firm.base}/tasks", json=body)).status_code == 201
    for _ in range(2):
        await office.tick()
    ((_, sent),) = program.seen
    told = json.loads(sent)
    assert told["title"] == "क्या देय है"
    assert "Pay the rent, Rao Textiles LLP: 27 नवंबर 2026 को देय" in told["message"]
    assert "Pay the cook" in told["message"]
    async with office.tools.database.reading() as connection:
        kept = (await connection.execute(select(chats.c.address_sealed))).scalar_one()
    assert "127.0.0.1" not in kept
    removed = await firm.owner.delete(f"{firm.base}/chats/{made.json()['data']['id']}")
    assert removed.status_code == 204
    assert (await firm.owner.get(f"{firm.base}/chats")).json()["data"] == []


@needs_apprise
async def test_a_chat_that_refuses_is_told_again_later(office: Office, program: Program) -> None:
    firm, program.status = office.firm, 500
    address = f"json://127.0.0.1:{program.port}/"
    made = await firm.owner.post(f"{firm.base}/chats", json={"name": "Office", "address": address})
    assert made.status_code == 201
    await only(office)
    await office.tick()
    program.status = 200
    office.house.watch.move(seconds=11)
    await office.work()
    assert len(program.seen) == 2
    office.house.watch.move(minutes=5)
    await office.work()
    assert len(program.seen) == 2


async def test_an_address_that_is_none_is_refused_with_a_cure(office: Office) -> None:
    page = await office.firm.owner.post(
        f"/app/companies/{office.firm.company}/chats", data={"name": "Office", "address": "http://10.0.0.1"}
    )
    if find_spec("apprise") is None:
        assert page.status_code == 503
        return
    assert page.status_code == 422
    assert "Write it as slack://" in page.text
