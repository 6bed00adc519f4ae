"""Maker and checker: nobody approves their own work, in code and in the database."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from complianceai.base.ids import new_id
from complianceai.register.tasks.actions.evidence import add_evidence, remove_evidence
from complianceai.register.tasks.actions.holding import Named, hold_task
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.tables import registers, task_makers, tasks
from complianceai.tenancy.policies import Role
from complianceai.tenancy.queries import find_person
from complianceai.tenancy.scope import Scope
from tests.cast import ASHA, House, describe
from tests.register.tasks.cast_of_tasks import PROOF, Firm, firm_of


async def test_what_one_prepares_another_approves_and_the_approval_names_what_it_saw(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    await firm.submitted(task["id"])
    reviewer = firm.by_role[Role.REVIEWER]
    seen = await firm.task(task["id"], reviewer)
    assert "approve" in seen["steps"]
    assert (await firm.step(reviewer, task["id"], "approve", factsHash="0" * 64)).status_code == 409
    reply = await firm.step(reviewer, task["id"], "approve", factsHash=seen["factsHash"])
    found = reply.json()["data"]
    assert (found["state"], found["reviewed"], found["approval"]["holds"]) == ("filed", True, True)
    assert found["approval"]["factsHash"] == seen["factsHash"]
    row = (await firm.owner.get(f"{firm.base}/trail")).json()["data"][0]
    assert (row["deed"], row["after"]["facts_hash"]) == ("task.approve", seen["factsHash"])


async def test_a_change_after_the_approval_shows_what_changed(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    await firm.submitted(task["id"])
    await firm.step(firm.by_role[Role.REVIEWER], task["id"], "approve")
    own = await firm.edit(firm.by_role[Role.REVIEWER], task["id"], acknowledgement="B")
    assert own.json()["code"] == "register.approved_by_you"
    assert (await firm.edit(firm.owner, task["id"], acknowledgement="B", amountPaise=5)).status_code == 200
    found = await firm.task(task["id"])
    assert (found["approval"]["holds"], found["approval"]["changed"]) == (
        False,
        ["acknowledgement", "amount_paise"],
    )
    page = await firm.owner.get(f"/app/companies/{firm.company}/tasks/{task['id']}")
    assert "Something changed since Bilal Khan approved it" in page.text
    await firm.edit(firm.owner, task["id"], acknowledgement=PROOF["acknowledgement"], amountPaise=None)
    assert (await firm.task(task["id"]))["approval"]["holds"] is True


async def test_what_changed_since_is_approved_anew_without_opening_it_and_never_by_a_maker(
    house: House,
) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    reviewer = firm.by_role[Role.REVIEWER]
    await firm.submitted(task["id"])
    early = await firm.step(reviewer, task["id"], "approve_again")
    assert early.json()["code"] == "register.step_impossible"
    await firm.step(reviewer, task["id"], "approve")
    refused = await firm.step(reviewer, task["id"], "approve_again")
    assert refused.json()["code"] == "register.approval_stands"
    assert "approve_again" not in (await firm.task(task["id"], reviewer))["steps"]
    await firm.edit(firm.owner, task["id"], acknowledgement="AA270000000002")
    own = await firm.step(firm.owner, task["id"], "approve_again")
    assert own.json()["code"] == "register.own_work"
    seen = await firm.task(task["id"], reviewer)
    assert "approve_again" in seen["steps"]
    page = (await reviewer.get(f"/app/companies/{firm.company}/tasks/{task['id']}")).text
    assert f'value="{seen["factsHash"]}"' in page
    stale = await firm.step(reviewer, task["id"], "approve_again", factsHash="0" * 64)
    assert stale.json()["code"] == "register.task_changed"
    await firm.step(reviewer, task["id"], "approve_again", factsHash=seen["factsHash"])
    found = await firm.task(task["id"])
    assert (found["state"], found["approval"]["holds"], found["approval"]["changed"]) == ("filed", True, [])
    rows = (await firm.owner.get(f"{firm.base}/trail")).json()["data"]
    (again,) = (row for row in rows if row["deed"] == "task.approve_again")
    assert (again["after"]["changed"], again["after"]["facts_hash"]) == (
        ["acknowledgement"],
        seen["factsHash"],
    )


async def test_evidence_is_part_of_what_is_approved_and_whoever_adds_it_has_worked_on_it(
    house: House,
) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    database, now = house.database, house.watch.now
    async with database.reading() as connection:
        preparer = await find_person(connection, UUID(firm.ids[Role.PREPARER]))
    assert preparer is not None
    scope, named = Scope(preparer, today=now.date()), Named(UUID(firm.company), UUID(task["id"]))
    async with database.transaction() as connection:
        _, worked = await hold_task(connection, scope, named, Deed.WORK)
        mark = await add_evidence(connection, scope, worked, "ab" * 32, "challan.pdf", now)
    assert (await firm.edit(firm.owner, task["id"], filedOn="2026-11-20")).status_code == 200
    reply = await firm.step(firm.owner, task["id"], "submit", reviewerId=firm.ids[Role.REVIEWER])
    assert reply.status_code == 200
    await firm.step(firm.by_role[Role.REVIEWER], task["id"], "approve")
    found = await firm.task(task["id"])
    assert [each["sha256"] for each in found["evidence"]] == ["ab" * 32]
    async with database.transaction() as connection:
        _, worked = await hold_task(connection, scope, named, Deed.WORK)
        await remove_evidence(connection, scope, worked, mark, now)
    assert (await firm.task(task["id"]))["approval"]["changed"] == ["evidence"]


@pytest.mark.parametrize("own", ["filedOn", "acknowledgement", "filingNote", "amountPaise"])
async def test_whoever_wrote_any_fact_of_the_filing_cannot_approve_it(house: House, own: str) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    value = {"filedOn": "2026-11-19", "amountPaise": 7}.get(own, "mine")
    assert (await firm.edit(firm.owner, task["id"], **{own: value})).status_code == 200
    await firm.submitted(task["id"])
    refused = await firm.step(firm.owner, task["id"], "approve")
    assert (refused.status_code, refused.json()["code"]) == (403, "register.own_work")
    assert "approve" not in (await firm.task(task["id"]))["steps"]


async def test_sending_back_and_opening_again_wash_nobody_clean(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    reviewer, preparer = firm.by_role[Role.REVIEWER], firm.by_role[Role.PREPARER]
    await firm.edit(reviewer, task["id"], acknowledgement="mine")
    reply = await firm.step(preparer, task["id"], "submit", reviewerId=firm.ids[Role.REVIEWER])
    assert reply.json()["code"] == "register.not_a_reviewer"
    await firm.edit(preparer, task["id"], **PROOF)
    await firm.step(preparer, task["id"], "submit", reviewerId=firm.ids[Role.OWNER])
    await firm.step(firm.owner, task["id"], "send_back", reason="Wrong month")
    await firm.step(preparer, task["id"], "submit", reviewerId=firm.ids[Role.OWNER])
    await firm.step(firm.owner, task["id"], "approve")
    await firm.step(firm.owner, task["id"], "reopen", reason="Wrong after all")
    await firm.step(preparer, task["id"], "submit", reviewerId=firm.ids[Role.OWNER])
    assert (await firm.step(reviewer, task["id"], "approve")).json()["code"] == "register.own_work"
    assert (await firm.step(firm.owner, task["id"], "approve")).status_code == 200


async def test_a_higher_role_washes_nobody_clean_either(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    await firm.submitted(task["id"])
    member = f"{firm.base}/members/{firm.ids[Role.PREPARER]}"
    for role in ("reviewer", "administrator", "owner"):
        assert (await firm.owner.patch(member, json={"role": role})).status_code == 200
        refused = await firm.step(firm.by_role[Role.PREPARER], task["id"], "approve")
        assert refused.json()["code"] == "register.own_work", role


async def test_a_founder_alone_files_with_proof_and_is_marked_as_not_reviewed(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    base = f"/api/companies/{company}"
    task = (await asha.get(f"{base}/tasks")).json()["data"][0]["id"]
    bare = await asha.post(f"{base}/tasks/{task}/transitions", json={"step": "file"})
    assert (bare.status_code, bare.json()["code"]) == (409, "register.evidence_needed")
    await asha.patch(f"{base}/tasks/{task}", json=PROOF)
    found = (await asha.post(f"{base}/tasks/{task}/transitions", json={"step": "file"})).json()["data"]
    assert (found["state"], found["reviewed"], found["approval"]) == ("filed", False, None)
    page = await asha.get(f"/app/companies/{company}/tasks/{task}")
    assert "not reviewed by anybody else" in page.text
    await asha.put(f"{base}/register", json={"reviewRequired": True})
    other = (await asha.get(f"{base}/tasks")).json()["data"][0]["id"]
    await asha.patch(f"{base}/tasks/{other}", json=PROOF)
    refused = await asha.post(f"{base}/tasks/{other}/transitions", json={"step": "file"})
    assert (refused.status_code, refused.json()["code"]) == (409, "register.review_demanded")


async def test_where_several_work_a_review_is_demanded_until_the_owner_says_otherwise(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    assert (await firm.owner.get(f"{firm.base}/register")).json()["data"]["reviewDemanded"] is True
    await firm.edit(firm.owner, task["id"], **PROOF)
    assert (await firm.step(firm.owner, task["id"], "file")).json()["code"] == "register.review_demanded"
    assert (await firm.by_role[Role.PREPARER].put(f"{firm.base}/register", json={})).status_code == 403
    await firm.owner.put(f"{firm.base}/register", json={"reviewRequired": False})
    assert (await firm.step(firm.owner, task["id"], "file")).json()["data"]["reviewed"] is False


async def _refused(firm: Firm, statement: Any, told: str) -> None:
    with pytest.raises(DBAPIError, match=told):
        async with firm.house.database.transaction() as connection:
            await connection.execute(statement)


async def test_the_database_itself_lets_nobody_approve_their_own_work(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    await firm.submitted(task["id"])
    this, maker = UUID(task["id"]), UUID(firm.ids[Role.PREPARER])
    filed = update(tasks).where(tasks.c.id == this)
    approval = {"approved_hash": "0" * 64, "approved_name": "x", "state": "filed"}
    await _refused(firm, filed.values(state="filed"), "files nothing without an approval")
    await _refused(firm, filed.values(approved_by=maker, **approval), "two_people|what they worked on")
    other = (
        update(tasks).where(tasks.c.id == this).values(approved_by=maker, prepared_by=new_id(), **approval)
    )
    await _refused(firm, other, "what they worked on")
    await _refused(firm, delete(task_makers).where(task_makers.c.task_id == this), "kept for good")
    await _refused(firm, update(task_makers).values(person_id=new_id()), "kept for good")
    await firm.step(firm.by_role[Role.REVIEWER], task["id"], "approve")
    checker = UUID(firm.ids[Role.REVIEWER])
    row = insert(task_makers).values(task_id=this, person_id=checker, at=house.watch.now)
    await _refused(firm, row, "what they worked on")
    emptied = filed.values(approved_by=None, approved_hash=None)
    await _refused(firm, emptied, "files nothing without an approval")


async def test_a_company_goes_with_all_its_tasks_and_an_account_without_its_approvals(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    await firm.submitted(task["id"])
    reviewer = firm.by_role[Role.REVIEWER]
    await firm.step(reviewer, task["id"], "approve")
    gone = await reviewer.post("/api/auth/delete", json={"password": "Monsoon!2026", "companies": []})
    assert gone.status_code == 200, gone.text
    found = await firm.task(task["id"])
    assert (found["approval"]["name"], found["approval"]["holds"], found["reviewer"]) == (
        "Bilal Khan",
        True,
        None,
    )
    gone = await firm.owner.post(
        "/api/auth/delete", json={"password": "Monsoon!2026", "companies": [firm.company]}
    )
    assert gone.status_code == 200, gone.text
    async with house.database.reading() as connection:
        for table in (tasks, task_makers, registers):
            assert (await connection.execute(select(table))).first() is None
