"""Every door, tried by everybody, to approve one's own work: none opens."""

import re
from typing import Any
from uuid import UUID

import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import select

from complianceai.register.tasks.states import STEPS
from complianceai.register.tasks.tables import task_makers, tasks
from complianceai.tenancy.policies import Role
from tests.cast import House, Player
from tests.register.tasks.cast_of_tasks import PROOF, Firm, firm_of

WORKERS = [Role.OWNER, Role.REVIEWER, Role.PREPARER, Role.CLIENT]
ESHA = Player("Esha Iyer", "esha@example.com")
NOBODYS = "01a21023-3f4c-73b9-808e-3f0076b49641"


async def self_approvals(firm: Firm) -> list[Any]:
    """The tasks whose approver worked on them, or is the one who prepared them."""
    own = (
        select(tasks.c.id)
        .join_from(tasks, task_makers, task_makers.c.task_id == tasks.c.id, isouter=True)
        .where(tasks.c.approved_by.is_not(None))
        .where(
            (tasks.c.approved_by == tasks.c.prepared_by) | (tasks.c.approved_by == task_makers.c.person_id)
        )
    )
    async with firm.house.database.reading() as connection:
        return list((await connection.execute(own)).scalars())


def doors(firm: Firm, task_id: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Every way to act on a task, as a program and as a page, with something that it takes."""
    api, app = f"{firm.base}/tasks", f"/app/companies/{firm.company}/tasks"
    reviewer = firm.ids[Role.REVIEWER]
    steps: list[tuple[str, str, dict[str, Any]]] = []
    for step in STEPS:
        sent = {"step": step, "reason": "because", "reviewerId": reviewer}
        steps += [
            ("POST", f"{api}/{task_id}/transitions", {"json": sent}),
            (
                "POST",
                f"{app}/{task_id}/steps",
                {"data": {"step": step, f"reason.{step}": "because", f"reviewer_id.{step}": reviewer}},
            ),
            ("POST", f"{api}/bulk", {"json": {"taskIds": [task_id], "step": step, "reason": "because"}}),
        ]
    return [
        ("PATCH", f"{api}/{task_id}", {"json": {**PROOF, "filingNote": "mine", "reviewerId": None}}),
        ("POST", f"{app}/{task_id}/filing", {"data": {"filed_on": "2026-11-20", "acknowledgement": "B"}}),
        ("POST", f"{app}/{task_id}", {"data": {"assignee_id": "", "reviewer_id": reviewer}}),
        ("PUT", f"{api}/{task_id}/items", {"json": {"text": "mine", "done": True}}),
        ("POST", f"{api}/{task_id}/comments", {"json": {"text": "approved"}}),
        *steps,
        *_every_other_door(firm, task_id),
        *(("POST", f"{app}/bulk", {"data": {"task": task_id, "step": step}}) for step in ("approve", "file")),
    ]


def _every_other_door(firm: Firm, task_id: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Whatever else there is at the address of a task, those that rooms add later too, asked to approve."""
    found = []
    for route in iter_route_contexts(firm.house.app.routes):
        path = getattr(route, "path", "")
        for method in (route.methods or set()) - {"GET", "HEAD"} if "{task_id}" in path else ():
            names = dict.fromkeys(re.findall(r"{(\w+)}", path), NOBODYS)
            address = path.format(**{**names, "company_id": firm.company, "task_id": task_id})
            body = "json" if path.startswith("/api/") else "data"
            found.append((method, address, {body: {"step": "approve", "state": "filed", "text": "x"}}))
    assert len(found) > 8
    return sorted(found, key=lambda door: door[:2])


@pytest.mark.parametrize("role", Role)
async def test_no_door_lets_anybody_approve_what_they_worked_on(house: House, role: Role) -> None:
    firm = await firm_of(house)
    if role not in firm.by_role:
        firm.by_role[role] = await house.register(ESHA)
        await house.join(firm.by_role[role], firm.company, role)
    who = firm.by_role[role]
    found = (await firm.tasks())[:2]
    for number, task in enumerate(found):
        # Worked on alone, and after somebody else had sent it for review.
        if number:
            await firm.submitted(task["id"])
        for method, path, sent in doors(firm, task["id"]) * 2:
            reply = await who.request(method, path, **sent)
            assert reply.status_code < 500, (method, path, sent, reply.text)
            assert await self_approvals(firm) == [], (method, path, sent)


async def test_two_who_both_worked_on_it_cannot_approve_for_each_other(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    for role in (Role.OWNER, Role.REVIEWER):
        for method, path, sent in doors(firm, task["id"]):
            await firm.by_role[role].request(method, path, **sent)
    await firm.step(firm.owner, task["id"], "reopen", reason="again")
    await firm.edit(firm.by_role[Role.PREPARER], task["id"], **PROOF)
    for role in WORKERS:
        await firm.step(firm.by_role[role], task["id"], "submit", reviewerId=firm.ids[Role.OWNER])
        await firm.step(firm.by_role[role], task["id"], "approve")
    assert (await firm.task(task["id"]))["approvedBy"] is None
    async with house.database.reading() as connection:
        state = (
            await connection.execute(select(tasks.c.approved_by).where(tasks.c.id == UUID(task["id"])))
        ).scalar()
    assert state is None


async def test_a_token_is_its_person_and_approves_no_more_than_they(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    wish = {"name": "robot", "may": ["read", "write"], "days": 30}
    reply = await firm.owner.post("/api/auth/tokens", json=wish)
    assert reply.status_code == 201, reply.text
    robot = await house.visitor(authorization=f"Bearer {reply.json()['data']['token']}")
    assert (await firm.edit(robot, task["id"], **PROOF)).status_code == 200
    await firm.step(firm.by_role[Role.PREPARER], task["id"], "submit", reviewerId=firm.ids[Role.REVIEWER])
    for client in (robot, firm.owner):
        assert (await firm.step(client, task["id"], "approve")).json()["code"] == "register.own_work"
