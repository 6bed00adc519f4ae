"""Companies as a program uses them."""

import asyncio
from typing import Any

import pytest

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, PROFILE, House, describe

NOBODYS = "01a21023-3f4c-73b9-808e-3f0076b49641"


async def test_a_described_company_is_its_describers_own(house: House) -> None:
    asha = await house.register(ASHA)
    gst = {
        "registered": True,
        "registrations": [{"state": "MH", "scheme": "qrmp", "gstin": "27ZZQCS4821K1ZQ"}],
    }
    reply = await asha.post("/api/companies", json={"profile": {**PROFILE, "gst": gst}})
    company = reply.json()["data"]
    assert (reply.status_code, reply.json()["success"]) == (201, True)
    assert (company["name"], company["gstin"], company["role"]) == (
        PROFILE["name"],
        "27ZZQCS4821K1ZQ",
        "owner",
    )
    assert (company["version"], company["createdAt"]) == (1, company["updatedAt"])
    assert (await asha.get(f"/api/companies/{company['id']}")).json() == {"success": True, "data": company}
    assert (await asha.get("/api/companies")).json()["data"] == [company]


async def test_the_name_may_stand_beside_the_profile(house: House) -> None:
    asha = await house.register(ASHA)
    reply = await asha.post(
        "/api/companies", json={"name": "Rao & Co", "profile": {"entity_type": "partnership"}}
    )
    assert reply.json()["data"]["profile"] == {"entity_type": "partnership", "name": "Rao & Co"}


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({}, {"profile"}),
        ({"profile": {}}, {"name", "profile.whole"}),
        ({"profile": {"name": "A", "entity_type": "llc"}}, {"profile.entity_type"}),
        ({"profile": PROFILE, "role": "owner"}, {"role"}),
        ({"profile": PROFILE, "name": ""}, {"name"}),
        ({"profile": [PROFILE]}, {"profile"}),
        (
            {"profile": {**PROFILE, "gst": {"registrations": [{"state": "ZZ", "scheme": "qrmp"}]}}},
            {"profile.gst.registrations[0].state"},
        ),
        ({"profile": {**PROFILE, "turnover": -1}}, {"profile.turnover"}),
    ],
)
async def test_a_faulty_profile_is_refused_by_path(
    house: House, sent: dict[str, Any], fields: set[str]
) -> None:
    asha = await house.register(ASHA)
    reply = await asha.post("/api/companies", json=sent)
    assert (reply.status_code, set(reply.json()["fields"])) == (422, fields)
    assert (await asha.get("/api/companies")).json()["data"] == []


async def test_a_list_comes_in_pages_by_name(house: House) -> None:
    asha = await house.register(ASHA)
    for name in ("charlie", "Alpha", "Bravo"):
        await describe(asha, name=name)
    reply = (await asha.get("/api/companies?page=2&size=2")).json()
    assert [company["name"] for company in reply["data"]] == ["charlie"]
    assert reply["page"] == {"number": 2, "size": 2, "total": 3}
    assert (await asha.get("/api/companies?size=2")).json()["data"][0]["name"] == "Alpha"
    for query in ("page=0", "size=0", "size=201", "page=x"):
        assert (await asha.get(f"/api/companies?{query}")).status_code == 422


async def test_an_edit_changes_what_it_names_and_counts_the_version(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    house.watch.move(hours=1)
    named = (await asha.patch(f"/api/companies/{company}", json={"name": "Rao Mills LLP"})).json()["data"]
    assert (named["name"], named["version"], named["profile"]["state"]) == ("Rao Mills LLP", 2, "MH")
    assert named["updatedAt"] > named["createdAt"]
    profiled = await asha.patch(
        f"/api/companies/{company}", json={"profile": {"entity_type": "opc"}, "version": 2}
    )
    assert profiled.json()["data"]["profile"] == {"entity_type": "opc", "name": "Rao Mills LLP"}
    assert profiled.json()["data"]["version"] == 3


async def test_a_stale_or_faulty_edit_changes_nothing(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    await asha.patch(f"/api/companies/{company}", json={"name": "First"})
    stale = await asha.patch(f"/api/companies/{company}", json={"name": "Second", "version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "tenancy.company_changed")
    faulty = await asha.patch(
        f"/api/companies/{company}", json={"profile": {"entity_type": "x"}, "version": 2}
    )
    assert (faulty.status_code, set(faulty.json()["fields"])) == (422, {"profile.entity_type"})
    kept = (await asha.get(f"/api/companies/{company}")).json()["data"]
    assert (kept["name"], kept["version"]) == ("First", 2)


async def test_of_edits_made_at_once_on_one_version_one_is_kept(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    replies = await asyncio.gather(
        *(asha.patch(f"/api/companies/{company}", json={"name": f"Name {n}", "version": 1}) for n in range(8))
    )
    assert sorted(reply.status_code for reply in replies) == [200, *[409] * 7]
    assert (await asha.get(f"/api/companies/{company}")).json()["data"]["version"] == 2


@pytest.mark.parametrize("role", Role)
async def test_a_colleague_sees_it_and_edits_it_only_if_in_charge(house: House, role: Role) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, role)
    assert (await bilal.get(f"/api/companies/{company}")).json()["data"]["role"] == role
    reply = await bilal.patch(f"/api/companies/{company}", json={"name": "Changed"})
    assert reply.status_code == (200 if role in {Role.OWNER, Role.ADMINISTRATOR} else 403)


async def test_anothers_company_is_missing_just_as_one_that_is_not(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    company = await describe(asha)
    replies = [
        await chitra.request(
            method, f"/api/companies/{which}", json={"name": "Mine"} if method == "PATCH" else None
        )
        for method in ("GET", "PATCH")
        for which in (company, NOBODYS)
    ]
    assert {(reply.status_code, reply.json()["code"]) for reply in replies} == {
        (404, "tenancy.company_missing")
    }
    assert (await chitra.get("/api/companies")).json()["page"]["total"] == 0
    assert (await asha.get(f"/api/companies/{company}")).json()["data"]["name"] == PROFILE["name"]


async def test_what_is_no_id_is_refused(house: House) -> None:
    asha = await house.register(ASHA)
    for path in ("x", "1%27%20OR%201=1--", "..%2f"):
        assert (await asha.get(f"/api/companies/{path}")).status_code in {404, 422}
