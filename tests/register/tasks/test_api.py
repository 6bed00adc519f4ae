"""Tasks as a program sees them: lists, filters, edits, comments, checklists, notices, the dashboard."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event

from complianceai.register.tasks.replies import TaskReply
from complianceai.site.replies import SuccessList
from complianceai.tenancy.policies import Role
from tests.cast import ASHA, House, describe
from tests.register.tasks.cast_of_tasks import PROOF, Firm, firm_of

GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}


async def test_pages_of_a_list_never_overlap_and_leave_nothing_out(house: House) -> None:
    firm = await firm_of(house, **GST)
    for sort in ("due", "-due", "priority", "title", "authority"):
        seen: list[str] = []
        for number in range(1, 100):
            asked = {"size": 17, "page": number, "sort": sort, "state": "all"}
            reply = (await firm.owner.get(f"{firm.base}/tasks", params=asked)).json()
            seen += [task["id"] for task in reply["data"]]
            if number * 17 >= reply["page"]["total"]:
                break
        assert len(seen) == len(set(seen)) == reply["page"]["total"] > 50
    beyond = (await firm.owner.get(f"{firm.base}/tasks?page=9999")).json()
    assert (beyond["data"], beyond["page"]["total"]) == ([], reply["page"]["total"])


async def test_the_list_is_of_the_shape_that_is_described(house: House) -> None:
    firm = await firm_of(house, **GST)
    (first, *_) = await firm.tasks(state="all")
    await firm.edit(firm.owner, first["id"], assigneeId=firm.ids[Role.PREPARER])
    reply = await firm.owner.get(f"{firm.base}/tasks?state=all&size=200")
    assert reply.headers["content-type"] == "application/json"
    # Written straight to the wire, past the model: it must be what the model would have made.
    told = SuccessList[TaskReply].model_validate_json(reply.content)
    assert told.model_dump(mode="json", by_alias=True) == reply.json()
    detail = (await firm.owner.get(f"{firm.base}/tasks/{first['id']}")).json()["data"]
    (listed,) = (each for each in reply.json()["data"] if each["id"] == first["id"])
    assert listed == {name: detail[name] for name in listed}


async def test_the_list_refuses_what_cannot_be_asked_and_whom_it_is_not_for(house: House) -> None:
    firm = await firm_of(house, **GST)
    for wrong in ("size=0", "size=2000", "page=0", "state=nonsense", "sort=size", "dueFrom=soon"):
        reply = await firm.owner.get(f"{firm.base}/tasks?{wrong}")
        assert (reply.status_code, reply.json()["code"]) == (422, "base.invalid_input"), wrong
        assert list(reply.json()["fields"]) == [wrong.split("=", maxsplit=1)[0]]
    assert (await firm.owner.get("/api/companies/none/tasks")).status_code == 422
    assert (await firm.owner.get(f"/api/companies/{uuid4()}/tasks")).status_code == 404
    assert (await (await house.visitor()).get(f"{firm.base}/tasks")).status_code == 401


async def test_filters_take_what_they_say(house: House) -> None:
    firm = await firm_of(house, **GST)
    every = await firm.tasks(state="all")
    (first, second, *_) = every
    await firm.edit(firm.owner, first["id"], assigneeId=firm.ids[Role.PREPARER], priority="low")
    await firm.step(firm.owner, second["id"], "waive", reason="Nil")
    today = house.watch.now.date().isoformat()
    assert {task["effectiveDate"] < today for task in await firm.tasks(due="overdue")} == {True}
    assert {task["effectiveDate"] >= today for task in await firm.tasks(due="30")} == {True}
    assert [task["id"] for task in await firm.tasks(state="waived")] == [second["id"]]
    assert [task["id"] for task in await firm.tasks(assignee=firm.ids[Role.PREPARER])] == [first["id"]]
    mine = await firm.tasks(firm.by_role[Role.PREPARER], assignee="me")
    assert [task["id"] for task in mine] == [first["id"]]
    assert first["id"] not in {task["id"] for task in await firm.tasks(assignee="none")}
    assert {task["authority"] for task in await firm.tasks(authority="CBIC")} == {"CBIC"}
    assert first["id"] in {task["id"] for task in await firm.tasks(priority="low")}
    found = await firm.tasks(q="gstr-3b nov")
    assert {(task["form"], task["periodLabel"]) for task in found} == {
        ("GSTR-3B", "Nov 2026"),
        ("GSTR-3B", "Nov 2027"),
    }
    assert await firm.tasks(q="100%_nothing") == []
    between = await firm.tasks(dueFrom="2026-12-01", dueTo="2026-12-31")
    assert between
    assert {task["effectiveDate"][:7] for task in between} == {"2026-12"}
    assert await firm.tasks(assignee=str(uuid4())) == await firm.tasks(assignee="nobody-at-all") == []


@pytest.mark.parametrize(
    "asked", ["state=odd", "due=9", "sort=x", "page=0", "size=1000", "dueFrom=soon", "priority=top"]
)
async def test_a_filter_that_cannot_be_is_refused_with_its_name(house: House, asked: str) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    reply = await asha.get(f"/api/companies/{company}/tasks?{asked}")
    assert (reply.status_code, list(reply.json()["fields"])) == (422, [asked.partition("=")[0]])


async def test_an_edit_changes_what_it_names_and_a_stale_one_nothing(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    edit = {"workingDate": "2026-11-10", "notes": "Ask the bank", "priority": "high"}
    changed = (await firm.edit(firm.owner, task["id"], **edit, version=task["version"])).json()["data"]
    assert {name: changed[name] for name in edit} == edit
    stale = await firm.edit(firm.owner, task["id"], notes="Mine", version=task["version"])
    assert (stale.status_code, stale.json()["code"]) == (409, "register.task_changed")
    back = (await firm.edit(firm.owner, task["id"], workingDate=None, priority=None)).json()["data"]
    assert (back["workingDate"], back["ownPriority"], back["notes"]) == (None, None, "Ask the bank")
    rows = (await firm.owner.get(f"{firm.base}/trail")).json()["data"]
    assert rows[0]["before"] == {"working_date": "2026-11-10", "priority": "high"}
    same = await firm.edit(firm.owner, task["id"], notes="Ask the bank")
    assert same.json()["data"]["version"] == back["version"]


async def test_work_is_given_only_to_those_who_work_and_review_to_two_people(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    client, preparer, reviewer = (firm.ids[role] for role in (Role.CLIENT, Role.PREPARER, Role.REVIEWER))
    refusals = [
        ({"assigneeId": client}, "register.not_a_member"),
        ({"assigneeId": str(uuid4())}, "register.not_a_member"),
        ({"reviewerId": preparer}, "register.not_a_reviewer"),
        ({"assigneeId": reviewer, "reviewerId": reviewer}, "register.same_person"),
    ]
    for edit, code in refusals:
        reply = await firm.edit(firm.owner, task["id"], **edit)
        assert (reply.status_code, reply.json()["code"]) == (422, code), edit
    reply = await firm.edit(firm.owner, task["id"], assigneeId=preparer, reviewerId=reviewer)
    assert (reply.json()["data"]["assignee"], reply.json()["data"]["reviewer"]) == (
        "Chitra Nair",
        "Bilal Khan",
    )
    refused = await firm.edit(firm.owner, task["id"], assigneeId=reviewer)
    assert refused.json()["code"] == "register.same_person"


async def test_a_client_sees_what_is_due_and_done_and_not_who_does_it(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    await firm.edit(firm.owner, task["id"], assigneeId=firm.ids[Role.PREPARER], notes="Slow payer", **PROOF)
    client = firm.by_role[Role.CLIENT]
    (row, *_) = await firm.tasks(client)
    assert (row["id"], row["assignee"], row["assigneeId"]) == (task["id"], None, None)
    found = await firm.task(task["id"], client)
    assert (found["notes"], found["checklist"], found["steps"], found["preparedName"]) == ("", [], [], None)
    assert (await client.get(f"{firm.base}/tasks/{task['id']}/comments")).status_code == 403
    page = await client.get(f"/app/companies/{firm.company}/tasks/{task['id']}")
    assert page.status_code == 200
    assert "Slow payer" not in page.text
    assert "Chitra" not in page.text


async def test_comments_mention_colleagues_by_name(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    address = f"{firm.base}/tasks/{task['id']}/comments"
    for text in ("@Bilal Khan please look", "and @chitra, too", "no @Bilalesh here", "<b>@Dev</b>"):
        assert (await firm.owner.post(address, json={"text": text})).status_code == 201
    said = (await firm.owner.get(address)).json()
    assert (said["page"]["total"], said["data"][0]["person"]) == (4, "Asha Rao")
    rows = (await firm.owner.get(f"{firm.base}/trail")).json()["data"]
    mentions = [row["after"]["mentions"] for row in reversed(rows) if row["deed"] == "task.commented"]
    assert mentions == [["Bilal Khan"], ["Chitra Nair"], [], []]
    page = (await firm.owner.get(f"/app/companies/{firm.company}/tasks/{task['id']}")).text
    assert "&lt;b&gt;@Dev&lt;/b&gt;" in page


async def test_the_checklist_has_the_papers_of_the_law_and_ones_own_points(house: House) -> None:
    firm = await firm_of(house, **GST)
    (task, *_) = await firm.tasks(q="GSTR-3B")
    papers = [point["text"] for point in (await firm.task(task["id"]))["checklist"]]
    assert papers
    address = f"{firm.base}/tasks/{task['id']}/items"
    await firm.owner.put(address, json={"text": papers[0], "done": True})
    await firm.owner.put(address, json={"text": "Call the bank"})
    points = (await firm.owner.put(address, json={"text": "Call the bank", "done": True})).json()["data"]
    assert [(p["text"], p["isOwn"], p["done"]) for p in points if p["done"]] == [
        (papers[0], False, True),
        ("Call the bank", True, True),
    ]
    assert points[0]["doneBy"] == "Asha Rao"
    gone = await firm.owner.delete(address, params={"text": "Call the bank"})
    assert [point["text"] for point in gone.json()["data"]] == papers
    for text in (papers[0], "Never written"):
        refused = await firm.owner.delete(address, params={"text": text})
        assert (refused.status_code, refused.json()["code"]) == (404, "register.item_missing")


async def test_a_duty_of_ones_own_repeats_and_is_in_nobodys_way(house: House) -> None:
    firm = await firm_of(house)
    sent = {"title": "Pay the rent", "dueDate": "2026-12-31", "repeats": "month", "endsOn": "2027-03-15"}
    made = await firm.owner.post(f"{firm.base}/tasks", json=sent)
    assert made.status_code == 201
    assert made.json()["data"]["dueDate"] == "2026-12-31"
    found = await firm.tasks(kind="custom")
    assert [task["dueDate"] for task in found] == ["2026-12-31", "2027-01-31", "2027-02-28"]
    bad = await firm.owner.post(f"{firm.base}/tasks", json={"title": " ", "dueDate": "1066-10-14"})
    assert list(bad.json()["fields"]) == ["title", "dueDate"]


async def test_a_notice_has_its_replies_hearings_and_adjournments_with_every_date_it_had(
    house: House,
) -> None:
    firm = await firm_of(house)
    sent = {
        "authority": "CBDT", "subject": "Accounts of 2024-25", "section": "142(1)", "reference": "ITBA/1",
        "dated": "2026-11-01", "receivedOn": "2026-11-03", "replyDue": "2026-11-30", "hearingOn": "2026-12-05",
    }  # fmt: skip
    notice = (await firm.owner.post(f"{firm.base}/notices", json=sent)).json()["data"]
    address = f"{firm.base}/notices/{notice['id']}"
    hearing = notice["tasks"]["hearing"]
    events = [
        {"kind": "extended", "on": "2026-11-20", "movedTo": "2026-12-02"},
        {"kind": "adjourned", "on": "2026-11-21", "movedTo": "2026-12-19"},
        {"kind": "adjourned", "on": "2026-11-22", "movedTo": "2027-01-09", "text": "The officer is away"},
        {"kind": "reply", "on": "2026-11-23", "text": "By the portal"},
    ]
    for each in events:
        assert (await firm.owner.post(f"{address}/events", json=each)).status_code == 201
    found = (await firm.owner.get(address)).json()["data"]
    assert (found["state"], found["replyDue"], found["hearingOn"]) == ("replied", "2026-12-02", "2027-01-09")
    moved = [(each["movedFrom"], each["movedTo"]) for each in found["events"] if each["kind"] == "adjourned"]
    assert sorted(moved) == [("2026-12-05", "2026-12-19"), ("2026-12-19", "2027-01-09")]
    task = await firm.task(hearing)
    assert task["dueDate"] == "2027-01-09"
    assert [each["due"] for each in task["earlierDates"]] == ["2026-12-05", "2026-12-19"]
    await firm.owner.post(f"{address}/events", json={"kind": "closed", "on": "2026-11-24"})
    refused = await firm.owner.post(f"{address}/events", json={"kind": "heard", "on": "2026-11-24"})
    assert (refused.status_code, refused.json()["code"]) == (409, "register.notice_closed")
    corrected = {**sent, "hearingOn": None}
    found = (await firm.owner.put(address, json=corrected)).json()["data"]
    assert (await firm.task(hearing))["lapse"] == "withdrawn"
    assert list(found["tasks"]) == ["reply"]


async def test_many_are_changed_at_once_and_those_that_refuse_say_why(house: House) -> None:
    firm = await firm_of(house)
    first, second, third = [task["id"] for task in (await firm.tasks())[:3]]
    await firm.step(firm.owner, third, "waive", reason="Nil")
    sent = {
        "taskIds": [first, second, third, str(uuid4())],
        "step": "start",
        "assigneeId": firm.ids[Role.PREPARER],
    }
    found = (await firm.owner.post(f"{firm.base}/tasks/bulk", json=sent)).json()["data"]
    assert (found["done"], sorted(each["code"] for each in found["refused"].values())) == (
        2,
        ["register.step_impossible", "register.task_missing"],
    )
    assert {(await firm.task(each))["state"] for each in (first, second)} == {"in_preparation"}
    # What is refused stays as it was, whole.
    assert (await firm.task(third))["assigneeId"] is None


async def test_the_dashboard_counts_what_is_there_and_prices_what_is_late(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST, turnover=9_000_000, aggregate_turnover_gst=9_000_000)
    base = f"/api/companies/{company}"
    late = (await asha.get(f"{base}/tasks?due=overdue&size=200")).json()
    before = (await asha.get(f"{base}/dashboard")).json()["data"]
    assert (before["overdue"], before["completed"]) == (late["page"]["total"], 0)
    risk = before["atRisk"]
    assert risk["total"] == sum(line["total"] for line in risk["lines"]) > 0
    assert risk["perDay"] == sum(line["perDay"] for line in risk["lines"]) > 0
    gstr1 = next(
        line for line in risk["lines"] if line["form"] == "GSTR-1" and line["periodLabel"] == "Oct 2026"
    )
    assert (gstr1["perDay"], gstr1["lines"][0]["formula"], gstr1["total"]) == (50, "13 days x Rs 50", 650)
    assert all(line["needs"] for line in risk["unknown"])
    assert [task["priority"] for task in before["next"]] == ["high"] * 3
    house.watch.move(days=1)
    assert (await asha.get(f"{base}/dashboard")).json()["data"]["atRisk"]["total"] >= risk["total"] + risk[
        "perDay"
    ]
    task = gstr1["taskId"]
    await asha.patch(f"{base}/tasks/{task}", json={"filedOn": "2026-11-10", "acknowledgement": "AA1"})
    assert (await asha.post(f"{base}/tasks/{task}/transitions", json={"step": "file"})).status_code == 200
    after = (await asha.get(f"{base}/dashboard")).json()["data"]
    assert (after["completed"], after["onTimeThisYear"], after["unreviewedThisYear"]) == (1, 1, 1)
    assert after["atRisk"]["perDay"] == risk["perDay"] - 50
    stats = (await asha.get(f"{base}/stats")).json()["data"]
    assert (stats["completed"], stats["documents"], stats["aiInteractions"]) == (1, 0, 0)
    assert stats["complianceTasks"] == after["pending"] + 1


async def test_from_the_day_a_register_is_kept_what_came_before_is_no_longer_to_do(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    base = f"/api/companies/{company}"
    page = await asha.get(f"/app/companies/{company}/dashboard")
    assert "had passed before this company was described here" in page.text
    form = {"review_required": "default", "engaged_from": "2026-11-24", "engaged_until": ""}
    reply = await asha.post(f"/app/companies/{company}/register", data=form)
    assert reply.headers["location"].endswith("/dashboard")
    assert (await asha.get(f"{base}/dashboard")).json()["data"]["overdue"] == 0
    gone = (await asha.get(f"{base}/tasks?state=not_applicable&size=200")).json()["data"]
    assert {task["lapse"] for task in gone} == {"before_engagement"}
    await asha.put(f"{base}/register", json={"engagedFrom": None})
    assert (await asha.get(f"{base}/dashboard")).json()["data"]["overdue"] == len(gone)
    wrong = await asha.put(
        f"{base}/register", json={"engagedFrom": "2026-12-01", "engagedUntil": "2026-11-01"}
    )
    assert list(wrong.json()["fields"]) == ["engagedUntil"] or list(wrong.json()["fields"]) == [
        "engaged_until"
    ]


async def test_the_number_of_selects_does_not_grow_with_the_number_of_tasks(house: House) -> None:
    firm = await firm_of(house, **GST)
    few = await _selects(firm)
    kept = (await firm.owner.get(firm.base)).json()["data"]["profile"]
    more = {**kept, **GST, "tds": {"tan": True, "pays": ["salary", "rent", "professional"]}}
    assert (await firm.owner.patch(firm.base, json={"profile": more})).status_code == 200
    for number in range(12):
        await firm.owner.post(f"{firm.base}/notices", json={
            "authority": "CBDT", "subject": f"{number}", "dated": "2026-11-01", "receivedOn": "2026-11-03",
            "hearingOn": "2026-12-05",
        })  # fmt: skip
    assert await _selects(firm) == few


async def _selects(firm: Firm) -> dict[str, int]:
    """How many statements each address sends to the database, when all is in step."""
    engine, counted = firm.house.database.engine.sync_engine, [0]

    def count(*_: Any) -> None:
        counted[0] += 1

    (task, *_) = await firm.tasks()
    app = f"/app/companies/{firm.company}"
    found = {}
    event.listen(engine, "before_cursor_execute", count)
    for path in (
        f"{firm.base}/tasks?size=200", f"{firm.base}/tasks/{task['id']}", f"{firm.base}/dashboard",
        f"{firm.base}/stats", f"{app}/tasks", f"{app}/tasks/{task['id']}", f"{app}/dashboard", f"{app}/notices", app,
    ):  # fmt: skip
        times = []
        for _ in range(
            3
        ):  # what is looked up once a minute, or written behind a reply, comes into some of them
            counted[0] = 0
            assert (await firm.owner.get(path)).status_code == 200
            times.append(counted[0])
        found[path.replace(task["id"], "TASK")] = min(times)
    event.remove(engine, "before_cursor_execute", count)
    assert max(found.values()) <= 24, found
    return found


async def test_a_duty_of_ones_own_moves_its_tasks_and_ends(house: House) -> None:
    firm = await firm_of(house)
    sent = {"title": "Pay the rent", "dueDate": "2026-12-05", "repeats": "quarter"}
    first = (await firm.owner.post(f"{firm.base}/tasks", json=sent)).json()["data"]
    await firm.edit(firm.owner, first["id"], notes="By cheque")
    address = f"{firm.base}/duties/{first['dutyId']}"
    moved = (await firm.owner.put(address, json={**sent, "dueDate": "2026-12-10"})).json()["data"]
    assert (moved["dueDate"], moved["repeats"]) == ("2026-12-10", "quarter")
    task = await firm.task(first["id"])
    assert (task["dueDate"], task["notes"], task["earlierDates"][0]["due"]) == (
        "2026-12-10",
        "By cheque",
        "2026-12-05",
    )
    form = {"title": "Pay the rent", "due_date": "2026-12-10", "repeats": "quarter", "ends_on": "2026-11-01"}
    page = f"/app/companies/{firm.company}/duties/{first['dutyId']}"
    assert 'value="Pay the rent"' in (await firm.owner.get(page)).text
    assert (await firm.owner.post(page, data=form)).status_code == 303
    assert await firm.tasks(kind="custom") == []
    assert (await firm.task(first["id"]))["lapse"] == "withdrawn"
    assert [duty["endsOn"] for duty in (await firm.owner.get(f"{firm.base}/duties")).json()["data"]] == [
        "2026-11-01"
    ]
