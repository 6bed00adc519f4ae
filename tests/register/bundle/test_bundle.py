"""A bundle of evidence: whole as it comes, checked with Python alone, and no bit of it flips unnoticed."""

import subprocess
import sys
from asyncio import to_thread
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from httpx import AsyncClient

from complianceai.register.bundle.verify import faults_of
from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, House, describe, open_house
from tests.support.papers import pdf_of

GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}
YEAR = {"from": "2026-04-01", "to": "2027-03-31"}


@pytest.fixture
async def house(database_url: str, redis_url: str | None, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute", data_dir=tmp_path) as made:
        yield made


async def filed(house: House, asha: AsyncClient) -> str:
    """A company one of whose duties Bilal prepared, with a file, and Chitra approved."""
    bilal, chitra = await house.register(BILAL), await house.register(CHITRA)
    company = await describe(asha, **GST)
    await house.join(bilal, company, Role.PREPARER)
    await house.join(chitra, company, Role.REVIEWER)
    listed = (await asha.get(f"/api/companies/{company}/tasks", params={"q": "GSTR-3B Oct"})).json()["data"]
    address = f"/api/companies/{company}/tasks/{listed[0]['id']}"
    proof = {"file": ("पावती.pdf", pdf_of(["ARN AA271126000123X"]))}
    assert (await bilal.post(f"{address}/evidence", files=proof)).status_code == 201
    reviewer = (await chitra.get("/api/auth/me")).json()["user"]["id"]
    await bilal.patch(address, json={"filedOn": "2026-11-19", "reviewerId": reviewer})
    assert (await bilal.post(f"{address}/transitions", json={"step": "submit"})).status_code == 200
    assert (await chitra.post(f"{address}/transitions", json={"step": "approve"})).status_code == 200
    return company


async def bundle_of(client: AsyncClient, company: str) -> bytes:
    reply = await client.post(f"/api/companies/{company}/bundle", json=YEAR)
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/zip"
    return reply.content


async def test_a_stranger_with_python_alone_finds_the_bundle_whole(house: House, tmp_path: Path) -> None:
    asha = await house.register(ASHA)
    company = await filed(house, asha)
    archive = tmp_path / "bundle.zip"
    archive.write_bytes(await bundle_of(asha, company))
    folder = tmp_path / "unfolded"
    with ZipFile(archive) as opened:
        opened.extractall(folder)
        names = opened.namelist()
    assert sum(name.startswith("files/") for name in names) == 1
    for place in (archive, folder):
        done = await to_thread(
            subprocess.run,
            [sys.executable, "-E", "-s", str(folder / "verify.py"), str(place)],
            capture_output=True,
        )
        assert (done.returncode, done.stderr) == (0, b"")
    deeds = [row["deed"] for row in (await asha.get(f"/api/companies/{company}/trail")).json()["data"]]
    assert deeds[0] == "evidence.bundled"


async def test_no_bit_of_any_part_flips_unnoticed_and_the_verifier_names_the_part(
    house: House, tmp_path: Path
) -> None:
    asha = await house.register(ASHA)
    whole = await bundle_of(asha, await filed(house, asha))
    with ZipFile(BytesIO(whole)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    draw = Random(7)  # noqa: S311 - which bit, no secret
    for name, content in parts.items():
        for _ in range(6):
            spoilt = bytearray(content)
            spoilt[draw.randrange(len(spoilt))] ^= 1 << draw.randrange(8)
            place = tmp_path / "spoilt.zip"
            with ZipFile(place, "w") as made:
                for other, kept in parts.items():
                    made.writestr(other, bytes(spoilt) if other == name else kept)
            assert any(fault.startswith(name) for fault in faults_of(place)), name


async def test_a_part_that_is_missing_or_added_is_named(house: House, tmp_path: Path) -> None:
    asha = await house.register(ASHA)
    whole = await bundle_of(asha, await filed(house, asha))
    place = tmp_path / "spoilt.zip"
    with ZipFile(BytesIO(whole)) as opened, ZipFile(place, "w") as made:
        for name in opened.namelist():
            if not name.startswith("files/"):
                made.writestr(name, opened.read(name))
        made.writestr("files/of-mine.pdf", b"x")
    faults = list(faults_of(place))
    assert any(fault.endswith("is missing") for fault in faults)
    assert "files/of-mine.pdf: is not in the manifest" in faults
    assert next(faults_of(tmp_path / "nothing.zip")).startswith("manifest.json: cannot be read")


async def test_a_file_that_was_lost_is_named_in_the_bundle(house: House, tmp_path: Path) -> None:
    asha = await house.register(ASHA)
    company = await filed(house, asha)
    for path in (tmp_path / "files" / company).rglob("*"):
        if path.is_file():
            path.unlink()
    archive = tmp_path / "bundle.zip"
    archive.write_bytes(await bundle_of(asha, company))
    assert list(faults_of(archive)) == []
    with ZipFile(archive) as opened:
        assert b'"missing":["' in opened.read("manifest.json")


async def test_only_who_may_read_the_trail_takes_a_bundle_and_a_window_must_make_sense(house: House) -> None:
    asha = await house.register(ASHA)
    company = await filed(house, asha)
    bilal = await house.visitor()
    await bilal.post("/api/auth/login", json={"email": BILAL.email, "password": BILAL.password})
    assert (await bilal.post(f"/api/companies/{company}/bundle", json=YEAR)).status_code == 403
    wrong = await asha.post(
        f"/api/companies/{company}/bundle", json={"from": "2027-01-01", "to": "2026-01-01"}
    )
    assert wrong.status_code == 422
