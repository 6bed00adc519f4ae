"""Files that prove a filing: kept by hash, read, refused, handed out, taken away; on both engines."""

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient, Response

from complianceai.register.evidence.actions import MOST_BYTES
from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, House, describe, open_house
from tests.support.papers import pdf_of

GST = {
    "gst": {
        "registered": True,
        "registrations": [{"state": "MH", "scheme": "regular", "gstin": "27AAPFU0939F1ZV"}],
    }
}
ACKNOWLEDGEMENT = (
    "Form GSTR-3B", "GSTIN 27AAPFU0939F1ZV", "Financial Year 2026-27", "Tax Period October",
    "ARN AA271126000123X", "Date of ARN 19/11/2026",
)  # fmt: skip


@pytest.fixture
async def house(database_url: str, redis_url: str | None, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute", data_dir=tmp_path) as made:
        yield made


async def task_of(client: AsyncClient, company: str, form: str = "GSTR-3B", period: str = "Oct 2026") -> str:
    found = (await client.get(f"/api/companies/{company}/tasks", params={"q": f"{form} {period}"})).json()
    return str(next(each["id"] for each in found["data"] if each["form"] == form))


async def send(
    client: AsyncClient, company: str, task: str, content: bytes, name: str = "ack.pdf", **said: str
) -> Response:
    address = f"/api/companies/{company}/tasks/{task}/evidence"
    return await client.post(address, files={"file": (name, content)}, data=said)


async def test_a_file_is_kept_read_and_handed_out_byte_for_byte(house: House, tmp_path: Path) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    task, content = await task_of(asha, company), pdf_of(ACKNOWLEDGEMENT)
    sent = await send(asha, company, task, content, "पावती मई.pdf", aboutOn="2026-11-19")
    assert sent.status_code == 201, sent.text
    made = sent.json()["data"]
    assert (made["name"], made["size"], made["aboutOn"]) == ("पावती मई.pdf", len(content), "2026-11-19")
    assert made["sha256"] == sha256(content).hexdigest()
    assert made["said"]["number"] == "AA271126000123X"
    assert made["said"]["filedOn"] == "2026-11-19"
    assert made["said"]["doubts"] == {}
    got = await asha.get(f"/api/companies/{company}/tasks/{task}/evidence/{made['id']}")
    assert got.content == content
    assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E0")
    assert "sandbox" in got.headers["content-security-policy"]
    assert (tmp_path / "files" / company / made["sha256"][:2] / made["sha256"]).read_bytes() == content


async def test_what_is_read_files_nothing_by_itself_and_a_paper_of_another_is_doubted(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    task = await task_of(asha, company)
    others = [
        line.replace("27AAPFU0939F1ZV", "29AAPFU0939F1ZR").replace("October", "May")
        for line in ACKNOWLEDGEMENT
    ]
    said = (await send(asha, company, task, pdf_of(others))).json()["data"]["said"]
    assert set(said["doubts"]) == {"anothers", "other_period"}
    shown = (await asha.get(f"/api/companies/{company}/tasks/{task}")).json()["data"]
    assert (shown["state"], shown["filedOn"], shown["acknowledgement"]) == ("to_do", None, "")


@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [
        (b"MZ" + b"\x00" * 40, "run.exe", 422, "storage.file_not_kept"),
        (b"no PDF", "ack.pdf", 422, "storage.file_not_as_named"),
        (b"%PDF-1.4" + b"x" * (MOST_BYTES + 100_000), "ack.pdf", 413, "site.too_large"),
    ],
    ids=["a program", "not as named", "too large"],
)
async def test_what_cannot_be_kept_is_refused_and_leaves_nothing(
    house: House, tmp_path: Path, content: bytes, name: str, status: int, code: str
) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    task = await task_of(asha, company)
    refused = await send(asha, company, task, content, name)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not list((tmp_path / "files").rglob("*.*")) if (tmp_path / "files").exists() else True
    assert (await asha.get(f"/api/companies/{company}/tasks/{task}/evidence")).json()["data"] == []


async def test_a_form_without_a_file_or_with_nonsense_for_a_day_says_what_to_mend(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    task = await task_of(asha, company)
    address = f"/api/companies/{company}/tasks/{task}/evidence"
    assert (await asha.post(address, data={"aboutOn": "2026-11-19"})).json()["code"] == "register.no_file"
    wrong = await send(asha, company, task, pdf_of(["x"]), aboutOn="yesterday")
    assert wrong.status_code == 422
    assert "aboutOn" in wrong.json()["fields"]


async def test_the_same_content_is_evidence_once_and_taken_away_it_stays_known(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    task = await task_of(asha, company)
    made = (await send(asha, company, task, pdf_of(ACKNOWLEDGEMENT))).json()["data"]
    assert (await send(asha, company, task, pdf_of(ACKNOWLEDGEMENT))).json()[
        "code"
    ] == "register.evidence_twice"
    address = f"/api/companies/{company}/tasks/{task}/evidence"
    assert (await asha.delete(f"{address}/{made['id']}")).status_code == 204
    assert (await asha.get(address)).json()["data"] == []
    assert (await asha.get(f"{address}/{made['id']}")).status_code == 200
    deeds = [row["deed"] for row in (await asha.get(f"/api/companies/{company}/trail")).json()["data"]]
    assert {"task.evidence_added", "task.evidence_removed"} <= set(deeds)


async def test_a_stranger_finds_nothing_and_a_viewer_adds_nothing(house: House) -> None:
    asha, bilal, chitra = [await house.register(each) for each in (ASHA, BILAL, CHITRA)]
    company = await describe(asha, **GST)
    await house.join(bilal, company, Role.VIEWER)
    task = await task_of(asha, company)
    made = (await send(asha, company, task, pdf_of(ACKNOWLEDGEMENT))).json()["data"]
    address = f"/api/companies/{company}/tasks/{task}/evidence"
    for path in (address, f"{address}/{made['id']}"):
        assert (await chitra.get(path)).status_code == 404
        assert (await bilal.get(path)).status_code == 200
    assert (await send(chitra, company, task, pdf_of(["hers"]))).status_code == 404
    assert (await send(bilal, company, task, pdf_of(["his"]))).status_code == 403


async def test_evidence_added_after_an_approval_shows_that_something_changed(house: House) -> None:
    asha, bilal, chitra = [await house.register(each) for each in (ASHA, BILAL, CHITRA)]
    company = await describe(asha, **GST)
    await house.join(bilal, company, Role.PREPARER)
    await house.join(chitra, company, Role.REVIEWER)
    task = await task_of(asha, company)
    address = f"/api/companies/{company}/tasks/{task}"
    await send(bilal, company, task, pdf_of(ACKNOWLEDGEMENT))
    reviewer = (await chitra.get("/api/auth/me")).json()["user"]["id"]
    edited = await bilal.patch(address, json={"filedOn": "2026-11-19", "reviewerId": reviewer})
    assert edited.status_code == 200, edited.text
    assert (await bilal.post(f"{address}/transitions", json={"step": "submit"})).status_code == 200
    approved = await chitra.post(f"{address}/transitions", json={"step": "approve"})
    assert approved.status_code == 200, approved.text
    assert (await send(bilal, company, task, pdf_of(["another file"]))).status_code == 201
    shown: dict[str, Any] = (await asha.get(address)).json()["data"]
    assert shown["approval"]["holds"] is False
    assert shown["approval"]["changed"] == ["evidence"]
