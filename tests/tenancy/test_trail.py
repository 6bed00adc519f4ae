"""A company's trail as its members read it."""

import ast
import json
from pathlib import Path

import pytest

import complianceai
from complianceai.register.tasks.states import STEPS
from complianceai.storage import verify_trail
from complianceai.tenancy.policies import Role
from complianceai.tenancy.trail.pages import DEED_WORDS
from tests.cast import ASHA, BILAL, PROFILE, House, describe


async def test_each_change_of_a_company_leaves_a_row(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    house.watch.move(hours=1)
    asked = await asha.patch(
        f"/api/companies/{company}", json={"name": "Rao Mills LLP"}, headers={"x-request-id": "request-12"}
    )
    reply = (await asha.get(f"/api/companies/{company}/trail")).json()
    edited, synced, created = reply["data"]
    assert reply["page"] == {"number": 1, "size": 50, "total": 3}
    assert (synced["number"], synced["deed"], synced["previous"]) == (2, "tasks.synced", created["hash"])
    assert (created["number"], created["deed"], created["before"]) == (1, "company.created", None)
    assert created["after"]["profile"] == PROFILE
    assert (edited["number"], edited["deed"], edited["previous"]) == (3, "company.edited", synced["hash"])
    assert (edited["before"]["name"], edited["after"]["name"]) == (PROFILE["name"], "Rao Mills LLP")
    assert (edited["person"], edited["address"]) == (ASHA.name, "127.0.0.1")
    assert edited["requestId"] == asked.headers["x-request-id"] == "request-12"
    assert edited["at"].startswith("2026-11-24T07:00:00")


async def test_a_refused_change_leaves_none(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.VIEWER)
    await bilal.patch(f"/api/companies/{company}", json={"name": "Mine"})
    await asha.patch(f"/api/companies/{company}", json={"name": "Late", "version": 9})
    await asha.patch(f"/api/companies/{company}", json={"profile": {"entity_type": "x"}})
    assert (await asha.get(f"/api/companies/{company}/trail")).json()["page"]["total"] == 2


async def test_an_answer_of_not_knowing_is_in_the_trail(house: House) -> None:
    asha = await house.register(ASHA)
    form = {"name": "Rao LLP", "entity_type": "llp", "state": "MH", "gst.registered": "unsure"}
    reply = await asha.post("/app/companies/new", data=form)
    company = reply.headers["location"].rpartition("/")[2]
    _, latest, _ = (await asha.get(f"/api/companies/{company}/trail")).json()["data"]
    assert (latest["deed"], latest["before"]) == ("unsure_facts.changed", {"paths": []})
    assert "gst.registered" in latest["after"]["paths"]


@pytest.mark.parametrize("door", ["/api", "/app"])
async def test_the_export_is_what_the_verifier_takes(house: House, door: str) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    for number in range(3):
        await asha.patch(f"/api/companies/{company}", json={"name": f"राव {number}"})
    reply = await asha.get(f"{door}/companies/{company}/trail.jsonl")
    lines = reply.content.removesuffix(b"\n").split(b"\n")
    assert (reply.status_code, len(lines)) == (200, 6)
    assert list(verify_trail.faults_of(lines)) == []
    assert json.loads(lines[-1])["rows"] == 5


async def test_the_page_tells_what_changed_in_either_language(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    await asha.patch(f"/api/companies/{company}", json={"name": "<b>Rao</b>"})
    shown = await asha.get(f"/app/companies/{company}/trail")
    assert shown.status_code == 200
    assert "changed its facts" in shown.text
    assert f"<del>{PROFILE['name']}</del> <ins>&lt;b&gt;Rao&lt;/b&gt;</ins>" in shown.text
    assert f"/app/companies/{company}/trail.jsonl" in shown.text
    hindi = await asha.get(f"/app/companies/{company}/trail", headers={"accept-language": "hi"})
    assert "इसके तथ्य बदले" in hindi.text


async def test_a_long_trail_comes_in_pages(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    for number in range(25):
        await asha.patch(f"/api/companies/{company}", json={"name": f"Rao {number}"})
    first = (await asha.get(f"/app/companies/{company}/trail")).text
    assert "Page 1 of 2" in first
    second = (await asha.get(f"/app/companies/{company}/trail?page=2")).text
    assert "described the company" in second
    assert "described the company" not in first


async def test_the_way_to_the_trail_is_shown_to_those_who_may_read_it(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.PREPARER)
    assert f"/app/companies/{company}/trail" in (await asha.get(f"/app/companies/{company}")).text
    assert f"/app/companies/{company}/trail" not in (await bilal.get(f"/app/companies/{company}")).text


def _deeds(tree: ast.AST) -> set[str]:
    """The names that a file gives to changes, but for those that are made of a step's name."""
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call) and each.args]
    named = [each.args[0] for each in calls if isinstance(each.func, ast.Name) and each.func.id == "Change"]
    inner = [part for each in named for part in ast.walk(each) if not isinstance(each, ast.JoinedStr)]
    return {part.value for part in inner if isinstance(part, ast.Constant) and "." in str(part.value)}


def test_every_deed_of_the_trail_is_told_in_words() -> None:
    files = Path(complianceai.__file__).parent.rglob("*.py")
    deeds = set().union(*(_deeds(ast.parse(each.read_text("utf-8"))) for each in files))
    deeds |= {f"task.{name}" for name in STEPS}
    assert len(deeds) > 50
    assert deeds - set(DEED_WORDS) == set()
