"""Every address there is, walked signed out, by a stranger and in each role. A new address without a row here fails."""

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from httpx import AsyncClient

from complianceai.entry.asgi import create_app
from complianceai.entry.settings import Settings
from complianceai.tenancy.policies import Role
from tests.billing import walk as billing
from tests.cast import ASHA, BILAL, CHITRA, PROFILE, House, describe, open_house
from tests.desk import walk as desk
from tests.nobodys_addresses import OPEN, OPERATORS, SIGNED_IN
from tests.tenancy.practice.walk import PRACTICES
from tests.workspace import walk as documents

EVERYBODY = frozenset(Role)
# Rows of a new company's trail: it was described, and its tasks were made.
BORN = 2
NOBODYS = "01a21023-3f4c-73b9-808e-3f0076b49641"
IN_CHARGE = frozenset({Role.OWNER, Role.ADMINISTRATOR})
SEES_PEOPLE = EVERYBODY - {Role.CLIENT}
READS_TRAIL = IN_CHARGE | {Role.REVIEWER, Role.AUDITOR}


@dataclass(frozen=True)
class Row:
    """Who of a company's members may use an address, what they would send, and what may end it but success."""

    may: Collection[Role]
    sent: Mapping[str, Any] = field(default_factory=dict)
    ends: int | None = None


FACTS = {"name": "Mine now", "entity_type": "llp", "version": "1"}
INVITED = {"email": "esha@example.com", "role": "viewer"}
MEMBERS: Mapping[str, Row] = {
    "GET /api/companies/{company_id}": Row(EVERYBODY),
    "PATCH /api/companies/{company_id}": Row(IN_CHARGE, {"json": {"name": "Mine now"}}),
    "GET /api/companies/{company_id}/calendar": Row(EVERYBODY),
    "GET /api/companies/{company_id}/trail": Row(READS_TRAIL),
    "GET /api/companies/{company_id}/trail.jsonl": Row(READS_TRAIL),
    "GET /app/companies/{company_id}/export": Row({Role.OWNER}),
    "POST /app/companies/{company_id}/export": Row({Role.OWNER}),
    "POST /api/companies/{company_id}/export": Row({Role.OWNER}),
    "GET /app/companies/{company_id}": Row(EVERYBODY),
    "GET /app/companies/{company_id}/dates/{key}": Row(EVERYBODY, ends=404),  # it has no date of that name
    "GET /app/companies/{company_id}/calendar.{kind}": Row(EVERYBODY),
    "GET /app/companies/{company_id}/edit": Row(IN_CHARGE),
    "POST /app/companies/{company_id}/edit": Row(IN_CHARGE, {"data": FACTS}, ends=422),  # too few answers
    "POST /app/companies/{company_id}/edit/questions": Row(IN_CHARGE, {"data": {"entity_type": "llp"}}),
    "POST /api/companies/{company_id}/what-if": Row(SEES_PEOPLE, {"json": {"profile": {"state": "KA"}}}),
    "GET /app/companies/{company_id}/what-if": Row(SEES_PEOPLE),
    "POST /app/companies/{company_id}/what-if": Row(
        SEES_PEOPLE, {"data": FACTS}, ends=422
    ),  # too few answers
    "POST /app/companies/{company_id}/what-if/questions": Row(SEES_PEOPLE, {"data": {"entity_type": "llp"}}),
    "GET /api/companies/{company_id}/members": Row(SEES_PEOPLE),
    # The member is Chitra, a viewer.
    "PATCH /api/companies/{company_id}/members/{person_id}": Row(IN_CHARGE, {"json": {"role": "preparer"}}),
    "DELETE /api/companies/{company_id}/members/{person_id}": Row(IN_CHARGE),
    "GET /api/companies/{company_id}/invitations": Row(IN_CHARGE),
    "POST /api/companies/{company_id}/invitations": Row(IN_CHARGE, {"json": INVITED}),
    "DELETE /api/companies/{company_id}/invitations/{invitation_id}": Row(
        IN_CHARGE, ends=404
    ),  # none was made
    "GET /app/companies/{company_id}/members": Row(SEES_PEOPLE),
    "GET /api/companies/{company_id}/reach": Row(SEES_PEOPLE),
    "GET /api/companies/{company_id}/practices": Row(EVERYBODY),
    # No practice looks after it.
    "DELETE /api/companies/{company_id}/practice": Row(EVERYBODY, ends=404),
    "POST /app/companies/{company_id}/practice/end": Row(EVERYBODY, ends=404),
    "POST /app/companies/{company_id}/members": Row(IN_CHARGE, {"data": INVITED}),
    "POST /app/companies/{company_id}/invitations/{invitation_id}/withdraw": Row(IN_CHARGE, ends=404),
    "GET /app/companies/{company_id}/members/{person_id}": Row(SEES_PEOPLE),
    "POST /app/companies/{company_id}/members/{person_id}": Row(IN_CHARGE, {"data": {"role": "preparer"}}),
    "POST /app/companies/{company_id}/members/{person_id}/remove": Row(IN_CHARGE),
    "GET /app/companies/{company_id}/trail": Row(READS_TRAIL),
    "GET /app/companies/{company_id}/trail.jsonl": Row(READS_TRAIL),
}

# Of one company's tasks; each names a task or a notice that is not there, which whoever may ask is told.
WORKS = IN_CHARGE | {Role.PREPARER, Role.REVIEWER}
OWN_DUTY = {"title": "Pay the rent", "dueDate": "2026-12-31"}
NOTICE = {"authority": "CBDT", "subject": "Accounts", "dated": "2026-11-01", "receivedOn": "2026-11-02"}
NOTICE_FORM = {**NOTICE, "received_on": "2026-11-02"}
EVENT = {"kind": "heard", "on": "2026-11-20"}
_APP = "/app/companies/{company_id}"
_API, _TASK = "/api/companies/{company_id}", "/api/companies/{company_id}/tasks/{task_id}"
_NOTICE = "/api/companies/{company_id}/notices/{notice_id}"
_HOOK = "/api/companies/{company_id}/webhooks/{webhook_id}"
WEBHOOK = {"address": "https://example.com/called", "events": ["task.due"]}
CHAT = {"name": "Office", "address": "nowhere"}
TASKS: Mapping[str, Row] = {
    f"GET {_API}/dashboard": Row(EVERYBODY),
    f"GET {_API}/stats": Row(EVERYBODY),
    f"GET {_API}/register": Row(SEES_PEOPLE),
    f"PUT {_API}/register": Row(IN_CHARGE, {"json": {"reviewRequired": True}}),
    f"GET {_API}/tasks": Row(EVERYBODY),
    f"GET {_API}/agenda": Row(EVERYBODY, {"params": {"from": "2026-11-01", "to": "2026-11-30"}}),
    f"GET {_APP}/agenda": Row(EVERYBODY),
    f"GET {_TASK}/price": Row(EVERYBODY, ends=404),
    f"PUT {_TASK}/price": Row(WORKS, {"json": {"inputs": {"turnover": 1}}}, ends=404),
    f"POST {_APP}/tasks/{{task_id}}/price": Row(WORKS, {"data": {"input.turnover": "1"}}, ends=404),
    f"POST {_API}/tasks": Row(WORKS, {"json": OWN_DUTY}),
    f"POST {_API}/tasks/bulk": Row(WORKS, {"json": {"taskIds": [NOBODYS], "step": "start"}}),
    f"GET {_TASK}": Row(EVERYBODY, ends=404),
    f"PATCH {_TASK}": Row(WORKS, {"json": {"notes": "Mine now"}}, ends=404),
    f"POST {_TASK}/transitions": Row(EVERYBODY, {"json": {"step": "start"}}, ends=404),
    f"GET {_TASK}/comments": Row(SEES_PEOPLE, ends=404),
    f"POST {_TASK}/comments": Row(WORKS, {"json": {"text": "Mine now"}}, ends=404),
    f"PUT {_TASK}/items": Row(WORKS, {"json": {"text": "Mine now"}}, ends=404),
    f"DELETE {_TASK}/items": Row(WORKS, {"params": {"text": "Mine now"}}, ends=404),
    f"GET {_TASK}/evidence": Row(SEES_PEOPLE, ends=404),
    f"POST {_TASK}/evidence": Row(WORKS, {"files": {"file": ("a.txt", b"Mine now")}}, ends=404),
    f"GET {_TASK}/evidence/{{evidence_id}}": Row(SEES_PEOPLE, ends=404),
    f"DELETE {_TASK}/evidence/{{evidence_id}}": Row(WORKS, ends=404),
    f"POST {_APP}/tasks/{{task_id}}/evidence": Row(
        WORKS, {"files": {"file": ("a.txt", b"Mine now")}}, ends=404
    ),
    f"GET {_APP}/tasks/{{task_id}}/evidence/{{evidence_id}}": Row(SEES_PEOPLE, ends=404),
    f"POST {_APP}/tasks/{{task_id}}/evidence/{{evidence_id}}/remove": Row(WORKS, ends=404),
    f"GET {_APP}/bundle": Row(READS_TRAIL),
    f"GET {_APP}/tasks.{{kind}}": Row(EVERYBODY),
    f"GET {_APP}/lists/notices.{{kind}}": Row(SEES_PEOPLE),
    f"GET {_APP}/lists/duties.{{kind}}": Row(SEES_PEOPLE),
    f"GET {_APP}/lists/evidence.{{kind}}": Row(SEES_PEOPLE),
    f"GET {_APP}/lists/requests.{{kind}}": Row(SEES_PEOPLE),
    f"GET {_APP}/lists/people.{{kind}}": Row(SEES_PEOPLE),
    f"GET {_APP}/lists/trail.{{kind}}": Row(READS_TRAIL),
    f"GET {_APP}/lists/evidence": Row(SEES_PEOPLE),
    f"GET {_APP}/lists/requests": Row(SEES_PEOPLE),
    f"GET {_APP}/lists/duties": Row(SEES_PEOPLE),
    f"POST {_APP}/tasks/{{task_id}}/requests": Row(WORKS, {"data": {"items": "Bank statement"}}, ends=404),
    f"GET {_APP}/requests": Row(EVERYBODY),
    f"POST {_APP}/requests/{{request_id}}": Row(WORKS | {Role.CLIENT}, ends=404),
    f"POST {_APP}/requests/{{request_id}}/revoke": Row(WORKS, ends=404),
    f"GET {_APP}/requests/{{request_id}}/files/{{sent_id}}": Row(SEES_PEOPLE, ends=404),
    f"POST {_APP}/requests/{{request_id}}/files/{{sent_id}}/take": Row(WORKS, ends=404),
    f"POST {_APP}/requests/{{request_id}}/files/{{sent_id}}/refuse": Row(WORKS, ends=404),
    f"POST {_APP}/views": Row(EVERYBODY, {"data": {"name": "Late", "query": "due=overdue"}}),
    f"POST {_APP}/views/{{view_id}}/remove": Row(EVERYBODY, ends=404),
    f"GET {_APP}/imports": Row(WORKS),
    f"POST {_APP}/imports": Row(WORKS, {"files": {"file": ("a.csv", b"Task id\n")}}),
    f"GET {_APP}/imports/{{import_id}}": Row(WORKS, ends=404),
    f"POST {_APP}/imports/{{import_id}}/apply": Row(WORKS, ends=404),
    f"POST {_APP}/imports/{{import_id}}/undo": Row(WORKS, ends=404),
    f"POST {_APP}/bundle": Row(READS_TRAIL, {"data": {"from": "2026-04-01", "to": "2027-03-31"}}),
    f"POST {_API}/bundle": Row(READS_TRAIL, {"json": {"from": "2026-04-01", "to": "2027-03-31"}}),
    f"GET {_API}/duties": Row(SEES_PEOPLE),
    f"PUT {_API}/duties/{{duty_id}}": Row(WORKS, {"json": OWN_DUTY}, ends=404),
    f"GET {_API}/notices": Row(SEES_PEOPLE),
    f"POST {_API}/notices": Row(WORKS, {"json": NOTICE}),
    f"GET {_NOTICE}": Row(SEES_PEOPLE, ends=404),
    f"PUT {_NOTICE}": Row(WORKS, {"json": NOTICE}, ends=404),
    f"POST {_NOTICE}/events": Row(WORKS, {"json": EVENT}, ends=404),
    f"GET {_API}/reminders": Row(SEES_PEOPLE),
    f"PUT {_API}/reminders": Row(IN_CHARGE, {"json": {"before": [9]}}),
    f"GET {_API}/chats": Row(IN_CHARGE),
    f"POST {_API}/chats": Row(IN_CHARGE, {"json": CHAT}, ends=422),
    f"DELETE {_API}/chats/{{chat_id}}": Row(IN_CHARGE, ends=404),
    f"GET {_API}/webhooks": Row(IN_CHARGE),
    f"POST {_API}/webhooks": Row(IN_CHARGE, {"json": WEBHOOK}),
    f"PATCH {_HOOK}": Row(IN_CHARGE, {"json": {"paused": True}}, ends=404),
    f"DELETE {_HOOK}": Row(IN_CHARGE, ends=404),
    f"GET {_HOOK}/deliveries": Row(IN_CHARGE, ends=404),
    f"POST {_HOOK}/deliveries/{{delivery_id}}/again": Row(IN_CHARGE, ends=404),
    f"GET {_APP}/reminders": Row(IN_CHARGE),
    f"POST {_APP}/reminders": Row(IN_CHARGE, {"data": {"before": "9"}}),
    f"POST {_APP}/chats": Row(IN_CHARGE, {"data": CHAT}, ends=422),
    f"POST {_APP}/chats/{{chat_id}}/remove": Row(IN_CHARGE, ends=404),
    f"POST {_APP}/webhooks": Row(IN_CHARGE, {"data": WEBHOOK}),
    f"GET {_APP}/webhooks/{{webhook_id}}": Row(IN_CHARGE, ends=404),
    f"GET {_APP}/webhooks/{{webhook_id}}/deliveries.{{kind}}": Row(IN_CHARGE, ends=404),
    f"POST {_APP}/webhooks/{{webhook_id}}": Row(IN_CHARGE, {"data": {"deed": "pause"}}, ends=404),
    f"POST {_APP}/webhooks/{{webhook_id}}/deliveries/{{delivery_id}}/again": Row(IN_CHARGE, ends=404),
    f"GET {_APP}/dashboard": Row(EVERYBODY),
    f"GET {_APP}/register": Row(IN_CHARGE),
    f"POST {_APP}/register": Row(IN_CHARGE, {"data": {"review_required": "yes"}}),
    f"GET {_APP}/tasks": Row(EVERYBODY),
    f"POST {_APP}/tasks/bulk": Row(WORKS, {"data": {"task": NOBODYS, "step": "start"}}),
    f"GET {_APP}/tasks/new": Row(WORKS),
    f"POST {_APP}/tasks/new": Row(WORKS, {"data": {"title": "Pay the rent", "due_date": "2026-12-31"}}),
    f"GET {_APP}/tasks/{{task_id}}": Row(EVERYBODY, ends=404),
    f"POST {_APP}/tasks/{{task_id}}": Row(WORKS, {"data": {"notes": "Mine now"}}, ends=404),
    f"POST {_APP}/tasks/{{task_id}}/filing": Row(WORKS, {"data": {"acknowledgement": "1"}}, ends=404),
    f"POST {_APP}/tasks/{{task_id}}/steps": Row(EVERYBODY, {"data": {"step": "start"}}, ends=404),
    f"POST {_APP}/tasks/{{task_id}}/comments": Row(WORKS, {"data": {"comment": "Mine now"}}, ends=404),
    f"POST {_APP}/tasks/{{task_id}}/items": Row(WORKS, {"data": {"text": "Mine now"}}, ends=404),
    f"GET {_APP}/duties/{{duty_id}}": Row(WORKS, ends=404),
    f"POST {_APP}/duties/{{duty_id}}": Row(
        WORKS, {"data": {"title": "Rent", "due_date": "2026-12-31"}}, ends=404
    ),
    f"GET {_APP}/notices": Row(SEES_PEOPLE),
    f"GET {_APP}/notices/new": Row(WORKS),
    f"POST {_APP}/notices/new": Row(WORKS, {"data": NOTICE_FORM}),
    f"GET {_APP}/notices/{{notice_id}}": Row(SEES_PEOPLE, ends=404),
    f"GET {_APP}/notices/{{notice_id}}/edit": Row(WORKS, ends=404),
    f"POST {_APP}/notices/{{notice_id}}/edit": Row(WORKS, {"data": NOTICE_FORM}, ends=404),
    f"POST {_APP}/notices/{{notice_id}}/events": Row(WORKS, {"data": EVENT}, ends=404),
}
WRITING = {address: Row(WORKS, sent) for address, sent in documents.WRITERS.items()}
WRITING |= {address: Row(WORKS, sent, ends=ends) for address, (sent, ends) in documents.WORKERS.items()}
WRITING |= {
    address: Row(IN_CHARGE, sent, ends=ends) for address, (sent, ends) in documents.IN_CHARGES.items()
}
WRITING |= {address: Row(EVERYBODY) for address in documents.EVERYBODYS}
DOCUMENTS = {address: Row(EVERYBODY, sent, ends=404) for address, sent in documents.MISSING.items()}
MEMBERS = {**MEMBERS, **TASKS, **WRITING, **DOCUMENTS}
ASKING = {address: Row(EVERYBODY, sent) for address, sent in desk.EVERYBODYS.items()}
ASKING |= {address: Row(EVERYBODY, sent, ends=404) for address, sent in desk.MISSING.items()}
MEMBERS = {**MEMBERS, **ASKING}


def addresses() -> set[str]:
    app = create_app(Settings(_env_file=None, database_url="sqlite:///never-opened.db"))
    return {
        f"{method} {route.path}"
        for route in iter_route_contexts(app.routes)
        for method in route.methods or ()
        if method != "HEAD"
    }


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    # Whoever walks every address knocks oftener than a visitor may.
    async with open_house(database_url, redis_url, rate_limit="100000/minute") as made:
        yield made


def _address(row: str, company: str, person: str = NOBODYS) -> tuple[str, str]:
    method, _, path = row.partition(" ")
    return method, path.format(
        company_id=company,
        person_id=person,
        invitation_id=NOBODYS,
        session_id=NOBODYS,
        passkey_id=NOBODYS,
        linked_id=NOBODYS,
        token_id=NOBODYS,
        task_id=NOBODYS,
        duty_id=NOBODYS,
        evidence_id=NOBODYS,
        feed_id=NOBODYS,
        import_id=NOBODYS,
        view_id=NOBODYS,
        request_id=NOBODYS,
        sent_id=NOBODYS,
        token="a",
        notice_id=NOBODYS,
        chat_id=NOBODYS,
        webhook_id=NOBODYS,
        delivery_id=NOBODYS,
        practice_id=NOBODYS,
        team_id=NOBODYS,
        engagement_id=NOBODYS,
        key="a",
        kind="csv",
        file_hash="0" * 64,
        name="a",
        identity="a",
        page_name="growth",
        looked_at=NOBODYS,
        switch_name="surveys",
        figure_name="mrr",
        topic="a",
        **documents.PLACES,
        **desk.PLACES,
        **billing.PLACES,
    )


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert addresses() == OPEN | SIGNED_IN | OPERATORS | set(MEMBERS) | set(PRACTICES)


async def test_what_is_anothers_is_missing_at_every_address(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    company = await describe(asha)
    for address, row in MEMBERS.items():
        method, path = _address(address, company)
        reply = await chitra.request(method, path, **row.sent)
        assert reply.status_code == 404, (address, reply.status_code)
        assert PROFILE["name"] not in reply.text, address
    kept = (await asha.get(f"/api/companies/{company}")).json()["data"]
    assert (kept["name"], kept["version"]) == (PROFILE["name"], 1)


@pytest.mark.parametrize("role", Role)
async def test_each_role_may_do_what_its_table_says_and_nothing_else(house: House, role: Role) -> None:
    asha, bilal, chitra = [await house.register(each) for each in (ASHA, BILAL, CHITRA)]
    person = (await chitra.get("/api/auth/me")).json()["user"]["id"]
    for address, row in MEMBERS.items():
        # A company for each: what one row changes must not decide the next.
        company = await describe(asha)
        await house.join(bilal, company, role)
        await house.join(chitra, company, Role.VIEWER)
        status = await _status(bilal, address, company, row, person)
        if role in row.may:
            assert status < 400 or status == row.ends, (address, status)
        else:
            assert status == 403, (address, status)
            assert await _changes(asha, company) == BORN, address


async def test_an_auditor_whose_time_is_over_finds_nothing(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.AUDITOR, until=house.watch.now.date())
    assert await _status(bilal, "GET /api/companies/{company_id}", company, Row(EVERYBODY)) == 200
    house.watch.move(hours=23)
    for address, row in MEMBERS.items():
        assert await _status(bilal, address, company, row) == 404, address
    assert (await bilal.get("/api/companies")).json()["page"]["total"] == 0


async def _status(client: AsyncClient, address: str, company: str, row: Row, person: str = NOBODYS) -> int:
    method, path = _address(address, company, person)
    return (await client.request(method, path, **row.sent)).status_code


async def _changes(client: AsyncClient, company: str) -> int:
    return int((await client.get(f"/api/companies/{company}/trail")).json()["page"]["total"])


async def test_whoever_is_signed_out_is_asked_to_sign_in_at_every_address(house: House) -> None:
    company = await describe(await house.register(ASHA))
    visitor = await house.visitor()
    for row in SIGNED_IN | set(MEMBERS) | set(PRACTICES):
        method, path = _address(row, company)
        reply = await visitor.request(method, path)
        is_led = reply.status_code == 303 and reply.headers["location"].startswith("/login?next=/app")
        assert is_led or reply.status_code == 401, (row, reply.status_code)
        assert is_led is (method == "GET" and path.startswith("/app")), row


async def test_to_anybody_but_an_operator_there_is_no_console(house: House) -> None:
    company = await describe(await house.register(ASHA))
    for client in (await house.visitor(), await house.register(BILAL)):
        for row in OPERATORS:
            method, path = _address(row, company)
            reply = await client.request(method, path)
            assert (reply.status_code, "console" in reply.text.lower()) == (404, False), row


async def test_whatever_is_sent_to_an_open_address_nothing_breaks(house: House) -> None:
    visitor = await house.visitor()
    for row in OPEN:
        method, path = _address(row, "")
        reply = await visitor.request(method, path, content=b"\x00" if method == "POST" else None)
        assert reply.status_code < 500, (row, reply.status_code)
