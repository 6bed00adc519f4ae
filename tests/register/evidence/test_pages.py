"""Files on the page of a task, without scripts: sent, proposed, taken over, fetched, taken away; and the bundle."""

import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, House, describe, open_house
from tests.register.evidence.test_evidence import ACKNOWLEDGEMENT, GST, task_of
from tests.support.papers import pdf_of


@pytest.fixture
async def house(database_url: str, redis_url: str | None, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute", data_dir=tmp_path) as made:
        yield made


async def test_what_a_file_says_is_proposed_and_fills_the_form_only_when_it_is_taken_over(
    house: House,
) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    here = f"/app/companies/{company}/tasks/{await task_of(asha, company)}"
    content = pdf_of(ACKNOWLEDGEMENT)
    data = {"aboutOn": "2026-11-19", "expiresOn": "2026-11-20"}
    sent = await asha.post(f"{here}/evidence", files={"file": ("ack.pdf", content)}, data=data)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{here}#evidence")
    shown = (await asha.get(here)).text
    for told in ("ack.pdf", "AA271126000123X", "filed on 19 November 2026", "expired on 20 November 2026"):
        assert told in shown
    assert 'value="AA271126000123X"' not in shown
    file_id = shown.partition("?take=")[2].partition("#")[0]
    assert 'value="AA271126000123X"' in (await asha.get(here, params={"take": file_id})).text
    assert (await asha.get(f"{here}/evidence/{file_id}")).content == content
    assert (await asha.post(f"{here}/evidence/{file_id}/remove")).status_code == 303
    assert "ack.pdf</a>" not in (await asha.get(here)).text


async def test_a_doubtful_file_says_why_in_words_and_a_refused_one_shows_the_page_again(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    here = f"/app/companies/{company}/tasks/{await task_of(asha, company)}"
    others = [line.replace("27AAPFU0939F1ZV", "29AAPFU0939F1ZR") for line in ACKNOWLEDGEMENT]
    await asha.post(f"{here}/evidence", files={"file": ("ack.pdf", pdf_of(others))})
    shown = (await asha.get(here)).text
    assert "29AAPFU0939F1ZR" in shown
    assert "It bears another&#39;s number" in shown
    for files, told in (
        ({"file": ("run.exe", b"MZ")}, "run.exe"),
        ({"file": ("ack.pdf", pdf_of(others))}, "with the task already"),
    ):
        refused = await asha.post(f"{here}/evidence", files=files)
        assert refused.status_code in {409, 422}
        assert told in refused.text or "Evidence" in refused.text
    wrong = await asha.post(f"{here}/evidence", files={"file": ("a.txt", b"x")}, data={"aboutOn": "soon"})
    assert "This is not a date" in wrong.text


async def test_the_bundle_is_taken_from_the_dashboard_by_whoever_sees_the_trail(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha, **GST)
    base = f"/app/companies/{company}"
    assert f"{base}/bundle" in (await asha.get(f"{base}/dashboard")).text
    typed = {"from": "2026-04-01", "to": "2027-03-31"}
    made = await asha.post(f"{base}/bundle", data=typed)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert "verify.py" in archive.namelist()
    wrong = await asha.post(f"{base}/bundle", data={"from": "2027-04-01", "to": "never"})
    assert wrong.status_code == 422
    assert "never" in wrong.text
    upside_down = await asha.post(f"{base}/bundle", data={"from": "2027-04-01", "to": "2026-04-01"})
    assert "The window must start" in upside_down.text
    await house.join(bilal, company, Role.PREPARER)
    assert f"{base}/bundle" not in (await bilal.get(f"{base}/dashboard")).text
