"""What nobody can mean is refused where it is typed, with the field, the rule and the cure, in the visitor's words."""

import re
from typing import Any

import pytest
from httpx import AsyncClient

from complianceai.site.language import translate
from tests.cast import ASHA, House, describe

GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}
OURS = {"title": "Pay the rent", "due_date": "2026-12-31", "repeats": "month"}
NOTICE = {"authority": "CBIC", "subject": "Interest", "dated": "2026-11-01", "received_on": "2026-11-03"}


async def _made(house: House) -> tuple[AsyncClient, str, str]:
    """Asha, her company, and the id of one of its tasks."""
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    (task, *_) = (await asha.get(f"/api/companies/{company}/tasks?q=GSTR-3B")).json()["data"]
    return asha, f"/app/companies/{company}", task["id"]


def _faults(page: str) -> str:
    found = re.search(r'id="faults">(.*?)</div>', page, re.DOTALL)
    return re.sub("<[^>]+>", "", found[1]) if found else page


@pytest.mark.parametrize(
    ("path", "form", "told"),
    [
        ("", {"working_date": "0001-01-01"}, "Own date: This cannot be before 1990-01-01."),
        ("", {"working_date": "9999-12-31"}, "Own date: This cannot be after 2099-12-31."),
        ("", {"notes": "x" * 6000}, "Notes: This is too long: at most 5000 characters fit."),
        ("", {"notes": "a\x00b"}, "Notes: Something in it does not belong here."),
        ("", {"priority": "urgent"}, "This is none of the choices: low, medium, high."),
        ("/filing", {"filed_on": "2026-11-25"}, "Nothing can be filed on a day that is still to come."),
        ("/filing", {"amount": "1e999"}, "is not an amount"),
        ("/steps", {"step": "jump"}, "This is none of the choices: start, submit"),
        ("/comments", {"comment": "\u200b\u202e"}, "This is needed. Type something."),
        ("/items", {"text": " ", "done": "yes"}, "This is needed. Type something."),
    ],
)
async def test_a_task_takes_no_nonsense(house: House, path: str, form: dict[str, str], told: str) -> None:
    asha, app, task = await _made(house)
    reply = await asha.post(f"{app}/tasks/{task}{path}", data=form)
    assert reply.status_code == 422
    assert told in re.sub("<[^>]+>", "", reply.text)
    assert (await asha.get(f"/api{app.removeprefix('/app')}/tasks/{task}")).json()["data"]["version"] == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": "\u202e\u200b"}, "What is to be done: This is needed. Type something."),
        ({"title": "x" * 201}, "What is to be done: This is too long: at most 200 characters fit."),
        ({"due_date": "2026-02-30"}, "Due date: This must be a date such as 2026-04-01."),
        ({"due_date": None}, "Due date: This is needed."),
        ({"repeats": "daily"}, "How often: This is none of the choices: once, month, quarter, year."),
        ({"ends_on": "2026-01-01"}, "Until: The last day is before the first."),
        ({"due_date": "1990-01-01"}, "Due date: What repeats begins at most two years back."),
    ],
)
async def test_a_duty_of_ones_own_takes_none(house: House, change: dict[str, Any], told: str) -> None:
    asha, app, _ = await _made(house)
    form = {name: value for name, value in {**OURS, **change}.items() if value is not None}
    reply = await asha.post(f"{app}/tasks/new", data=form)
    assert reply.status_code == 422
    assert told in _faults(reply.text)


@pytest.mark.parametrize("day", ["2025-05-31", "2031-01-01", "2099-12-31"])
async def test_a_duty_that_repeats_is_there_however_far_off_it_begins(house: House, day: str) -> None:
    asha, app, _ = await _made(house)
    reply = await asha.post(f"{app}/tasks/new", data={**OURS, "repeats": "year", "due_date": day})
    assert reply.status_code == 303
    assert "Pay the rent" in (await asha.get(reply.headers["location"])).text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"received_on": "2026-10-31"}, "Dated: It cannot be dated after the day on which it arrived."),
        ({"received_on": "2026-12-31"}, "Received on: This day is still to come."),
        ({"received_on": None}, "Received on: This is needed."),
        ({"authority": ""}, "From which authority: This is needed. Type something."),
    ],
)
async def test_a_notice_takes_none(house: House, change: dict[str, Any], told: str) -> None:
    asha, app, _ = await _made(house)
    form = {name: value for name, value in {**NOTICE, **change}.items() if value is not None}
    reply = await asha.post(f"{app}/notices/new", data=form)
    assert reply.status_code == 422
    assert told in _faults(reply.text)
    here = (await asha.post(f"{app}/notices/new", data=NOTICE)).headers["location"]
    wrong = await asha.post(f"{here}/edit", data=form)
    assert (wrong.status_code, told in _faults(wrong.text)) == (422, True)


@pytest.mark.parametrize("day", ["2020-01-01", "2026-10-31", "2026-11-25"])
async def test_nothing_becomes_of_a_notice_before_its_date_or_after_today(house: House, day: str) -> None:
    asha, app, _ = await _made(house)
    here = (await asha.post(f"{app}/notices/new", data=NOTICE)).headers["location"]
    reply = await asha.post(f"{here}/events", data={"kind": "heard", "on": day})
    assert reply.status_code == 422
    assert "Give a day from the date of the notice until today" in reply.text
    assert (await asha.post(f"{here}/events", data={"kind": "heard", "on": "2026-11-24"})).status_code == 303


async def test_a_file_is_not_over_before_what_it_is_about(house: House) -> None:
    asha, app, task = await _made(house)
    reply = await asha.post(
        f"{app}/tasks/{task}/evidence",
        files={"file": ("a.txt", b"paid", "text/plain")},
        data={"aboutOn": "2026-11-01", "expiresOn": "2026-10-01"},
    )
    assert reply.status_code == 422
    assert "It cannot be over before the day it is about." in reply.text


async def test_a_change_of_none_or_of_nothing_says_what_to_do(house: House) -> None:
    asha, app, task = await _made(house)
    for form in ({"step": "start"}, {"task": task}, {"task": "junk", "step": "start"}):
        reply = await asha.post(f"{app}/tasks/bulk", data=form)
        assert reply.status_code == 200
        assert "tick the tasks first, and say what is to change" in reply.text
        assert "0 tasks were changed" not in reply.text


async def test_a_refusal_is_told_in_hindi_with_its_figures(house: House) -> None:
    asha, app, task = await _made(house)
    asha.cookies.set("language", "hi")
    reply = await asha.post(f"{app}/tasks/{task}", data={"working_date": "0001-01-01", "notes": "x" * 6000})
    told = _faults(reply.text)
    for sentence, fields in (
        ("This cannot be before {day}.", {"day": "1990-01-01"}),
        ("This is too long: at most {most} characters fit.", {"most": "5000"}),
    ):
        assert translate("hi", sentence).format_map(fields) in told
    assert "Input" not in told
    assert "String" not in told


async def test_a_program_is_told_the_same(house: House) -> None:
    asha, app, task = await _made(house)
    api = f"/api{app.removeprefix('/app')}/tasks"
    reply = await asha.patch(f"{api}/{task}", json={"workingDate": "0001-01-01"})
    assert reply.status_code == 422
    assert "This cannot be before 1990-01-01." in reply.text
    far = await asha.patch(f"{api}/{task}", json={"filedOn": "2027-01-01"})
    assert (far.status_code, far.json()["code"]) == (422, "register.filed_in_future")
