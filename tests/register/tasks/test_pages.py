"""The pages of tasks, as a browser without scripts uses them."""

import re
from datetime import date

import pytest

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, House, describe
from tests.register.tasks.cast_of_tasks import PROOF, firm_of

GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}


async def test_a_filter_stands_in_the_address_and_in_the_form(house: House) -> None:
    firm = await firm_of(house, **GST)
    page = (await firm.owner.get(f"/app/companies/{firm.company}/tasks?q=GSTR-3B&due=30&state=all")).text
    assert 'name="q" type="text" value="GSTR-3B"' in page
    assert re.search(r'<option value="30" selected>', page)
    assert "GSTR-3B MH, Oct 2026" not in page
    assert "GSTR-3B MH, Nov 2026" in page
    next_page = (await firm.owner.get(f"/app/companies/{firm.company}/tasks?sort=title")).text
    assert f'href="/app/companies/{firm.company}/tasks?sort=title&amp;page=2"' in next_page


@pytest.mark.parametrize(
    "asked", ["state=odd&due=x&page=-1", "page=99999999999999999999", "q=%00%27%22", "sort=;drop"]
)
async def test_an_address_that_nobody_offers_shows_the_list_all_the_same(house: House, asked: str) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    assert (await asha.get(f"/app/companies/{company}/tasks?{asked}")).status_code == 200


async def test_a_task_goes_from_preparation_to_approval_by_forms_alone(house: House) -> None:
    firm = await firm_of(house, **GST)
    (task, *_) = await firm.tasks(q="GSTR-3B")
    here = f"/app/companies/{firm.company}/tasks/{task['id']}"
    preparer, reviewer = firm.by_role[Role.PREPARER], firm.by_role[Role.REVIEWER]
    early = await preparer.post(f"{here}/steps", data={"step": "submit"})
    assert early.status_code == 409
    assert "Say first on which day it was filed" in early.text
    filing = {"filed_on": "2026-05-18", "acknowledgement": "AA1", "amount": "1.5 lakh", "filing_note": ""}
    assert (await preparer.post(f"{here}/filing", data=filing)).status_code == 303
    assert "₹1,50,000" in (await preparer.get(here)).text
    sent = {"step": "submit", "reviewer_id.submit": firm.ids[Role.REVIEWER]}
    assert (await preparer.post(f"{here}/steps", data=sent)).status_code == 303
    page = (await reviewer.get(here)).text
    seen = re.search(r'name="facts_hash" value="([0-9a-f]{64})"', page)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert seen
    assert version
    await firm.edit(preparer, task["id"], acknowledgement="AA2")
    late = {"step": "approve", "facts_hash": seen[1], "version": version[1]}
    refused = await reviewer.post(f"{here}/steps", data=late)
    assert refused.status_code == 409
    assert "Somebody changed this task since you opened it" in refused.text
    assert (await reviewer.post(f"{here}/steps", data={"step": "approve"})).status_code == 303
    page = (await firm.owner.get(here)).text
    assert "Prepared by Chitra Nair, approved by Bilal Khan" in page
    assert "approved it" in page


async def test_the_one_who_worked_on_it_is_shown_why_they_cannot_approve(house: House) -> None:
    firm = await firm_of(house)
    (task, *_) = await firm.tasks()
    await firm.edit(firm.owner, task["id"], **PROOF)
    await firm.submitted(task["id"])
    page = (await firm.owner.get(f"/app/companies/{firm.company}/tasks/{task['id']}")).text
    assert "You worked on this yourself" in page
    assert 'value="approve"' not in page


async def test_a_form_with_faults_comes_back_with_what_was_typed(house: House) -> None:
    firm = await firm_of(house)
    base = f"/app/companies/{firm.company}"
    (task, *_) = await firm.tasks()
    tries = [
        (f"{base}/tasks/new", {"title": "Renew the lease", "due_date": "soon"}, "Renew the lease"),
        (f"{base}/notices/new", {"authority": "CBDT", "subject": "", "dated": "2026-11-01"}, "CBDT"),
        (f"{base}/tasks/{task['id']}/filing", {"amount": "plenty", "acknowledgement": "AA9"}, "AA9"),
        (f"{base}/register", {"engaged_from": "2026-12-01", "engaged_until": "2026-01-01"}, "2026-12-01"),
    ]  # fmt: skip
    for path, typed, kept in tries:
        reply = await firm.owner.post(path, data=typed)
        assert reply.status_code == 422, path
        assert 'role="alert"' in reply.text
        assert kept in reply.text


async def test_the_ticked_are_changed_and_the_rest_is_told(house: House) -> None:
    firm = await firm_of(house)
    ids = [task["id"] for task in (await firm.tasks())[:3]]
    await firm.step(firm.owner, ids[2], "start")
    sent = {"task": ids, "step": "start", "new_priority": "high", "back": "q=&state=open"}
    page = (await firm.owner.post(f"/app/companies/{firm.company}/tasks/bulk", data=sent)).text
    assert "2 tasks were changed." in page
    assert "1 task was left as it is:" in page
    assert [(await firm.task(each))["state"] for each in ids] == ["in_preparation"] * 3


async def test_a_date_of_the_year_leads_to_its_task_and_shows_that_it_is_filed(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    base = f"/api/companies/{company}"
    task = next(each for each in (await asha.get(f"{base}/tasks?q=GSTR-3B&size=200")).json()["data"])
    page = await asha.get(f"/app/companies/{company}/dates/{task['key']}")
    assert f"/app/companies/{company}/tasks/{task['id']}" in page.text
    start = date.fromisoformat(task["dueDate"]).year
    assert 'aria-label="filed"' not in (await asha.get(f"/app/companies/{company}?year={start}")).text
    await asha.patch(f"{base}/tasks/{task['id']}", json=PROOF)
    await asha.post(f"{base}/tasks/{task['id']}/transitions", json={"step": "file"})
    assert 'aria-label="filed"' in (await asha.get(f"/app/companies/{company}?year={start}")).text


async def test_a_notice_is_kept_by_forms_and_shows_where_its_hearing_stood(house: House) -> None:
    firm = await firm_of(house)
    base = f"/app/companies/{firm.company}/notices"
    typed = {
        "authority": "CBDT", "subject": "Accounts <of> 2024-25", "section": "142(1)", "reference": "", "notes": "",
        "dated": "2026-11-01", "received_on": "2026-11-03", "reply_due": "", "hearing_on": "2026-12-05",
    }  # fmt: skip
    place = (await firm.owner.post(f"{base}/new", data=typed)).headers["location"]
    moved = {"kind": "adjourned", "on": "2026-11-20", "moved_to": "2027-01-09", "text": "The officer is away"}
    assert (await firm.owner.post(f"{place}/events", data=moved)).status_code == 303
    page = (await firm.owner.get(place)).text
    assert "Accounts &lt;of&gt; 2024-25" in page
    assert '<span class="struck">5 December 2026</span> moved to 9 January 2027' in page
    edited = await firm.owner.post(f"{place}/edit", data={**typed, "subject": "Accounts of 2024-25"})
    assert edited.headers["location"] == place
    assert "Accounts of 2024-25" in (await firm.owner.get(base)).text


async def test_the_pages_speak_hindi(house: House) -> None:
    firm = await firm_of(house, **GST)
    (task, *_) = await firm.tasks()
    firm.owner.cookies.set("language", "hi")
    app = f"/app/companies/{firm.company}"
    words = {
        "dashboard": "तारीख बीती",
        "tasks": "करना है",
        f"tasks/{task['id']}": "जाँच सूची",
        "notices": "नोटिस",
        "register": "रजिस्टर के नियम",
    }
    for path, word in words.items():
        assert word in (await firm.owner.get(f"{app}/{path}")).text, path


async def test_the_history_of_a_task_is_told_in_words(house: House) -> None:
    firm = await firm_of(house, **GST)
    (task, *_) = await firm.tasks(q="GSTR-3B")
    preparer, reviewer = firm.ids[Role.PREPARER], firm.ids[Role.REVIEWER]
    plan = {"assigneeId": preparer, "reviewerId": reviewer, "workingDate": "2026-05-18", "priority": "high"}
    assert (await firm.edit(firm.owner, task["id"], **plan)).status_code == 200
    assert (await firm.edit(firm.owner, task["id"], amountPaise=15_000_000)).status_code == 200
    assert (await firm.step(firm.owner, task["id"], "start")).status_code == 200
    here = f"/app/companies/{firm.company}/tasks/{task['id']}"
    english = _history((await firm.owner.get(here)).text)
    assert "Done by: <ins>Chitra Nair</ins>" in english
    assert "Own date: <ins>18 May 2026</ins>" in english
    assert "Amount: <ins>₹1,50,000</ins>" in english
    assert "Status: <del>to do</del> <ins>in preparation</ins>" in english
    assert preparer not in english
    assert "null" not in english
    firm.owner.cookies.set("language", "hi")
    assert "<del>करना है</del> <ins>तैयारी में</ins>" in _history((await firm.owner.get(here)).text)


def _history(page: str) -> str:
    return page.split('<ol class="happened">', 1)[1].split("</ol>", 1)[0]


async def test_a_form_that_nobody_filled_yet_is_empty_and_without_fault(house: House) -> None:
    firm = await firm_of(house, **GST)
    (task, *_) = await firm.tasks(q="GSTR-3B")
    page = (await firm.owner.get(f"/app/companies/{firm.company}/tasks/{task['id']}")).text
    asked = page.split('name="items"', 1)[1].split("</textarea>", 1)[0]
    assert asked.endswith(">")
    assert "aria-invalid" not in asked
    assert "method" not in asked


async def test_keeping_the_plan_for_another_reason_takes_nobody_off_the_task(house: House) -> None:
    firm = await firm_of(house, **GST)
    (task, *_) = await firm.tasks(q="GSTR-3B")
    await firm.edit(firm.owner, task["id"], reviewerId=firm.ids[Role.REVIEWER])
    reviewer, here = firm.by_role[Role.REVIEWER], f"/app/companies/{firm.company}/tasks/{task['id']}"
    page = (await reviewer.get(here)).text
    (field,) = re.findall(r'<select[^>]*name="reviewer_id"[^>]*>.*?</select>', page, re.DOTALL)
    chosen = re.search(r'value="([^"]*)" selected', field)
    assert chosen
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    kept = {"reviewer_id": chosen[1], "notes": "Seen", "version": version[1]}
    assert (await reviewer.post(here, data=kept)).status_code == 303
    assert (await firm.task(task["id"]))["reviewer"] == "Bilal Khan"
