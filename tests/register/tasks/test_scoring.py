"""How punctual a company was: what counts, for which month, and what does not."""

from collections import Counter
from datetime import date, timedelta

from httpx import AsyncClient

from tests.cast import ASHA, CHITRA, House, describe

GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}


async def _file(asha: AsyncClient, base: str, task: dict[str, str], day: str) -> None:
    proof = {"filedOn": day, "acknowledgement": "AA270000000001"}
    assert (await asha.patch(f"{base}/tasks/{task['id']}", json=proof)).status_code == 200
    reply = await asha.post(f"{base}/tasks/{task['id']}/transitions", json={"step": "file"})
    assert reply.status_code == 200, reply.text


async def test_a_month_counts_what_fell_due_in_it_and_how_much_was_in_time(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    base, today = f"/api/companies/{company}", house.watch.now.date()
    before = (await asha.get(f"{base}/dashboard")).json()["data"]
    # What had passed before anybody was here and spoke of it is nobody's fault.
    assert before["score"] is None
    assert len(before["months"]) == 12
    assert before["months"][-1]["month"] == today.replace(day=1).isoformat()
    past = (await asha.get(f"{base}/tasks?due=overdue&size=200")).json()["data"]
    counted = Counter(task["effectiveDate"][:7] for task in past)
    month = max(each for each, number in counted.items() if number >= 3)
    ours = [task for task in past if task["effectiveDate"].startswith(month)][:3]
    in_time, late, waived = ours
    await _file(asha, base, in_time, in_time["effectiveDate"])
    day_after = (date.fromisoformat(late["effectiveDate"]) + timedelta(days=1)).isoformat()
    await _file(asha, base, late, day_after)
    waiver = {"step": "waive", "reason": "Nil"}
    assert (await asha.post(f"{base}/tasks/{waived['id']}/transitions", json=waiver)).status_code == 200
    after = (await asha.get(f"{base}/dashboard")).json()["data"]
    assert after["score"] == 50
    (scored,) = [each for each in after["months"] if each["due"]]
    assert scored == {"month": f"{month}-01", "due": 2, "onTime": 1, "percent": 50}
    page = (await asha.get(f"/app/companies/{company}/dashboard")).text
    assert "of what fell due in the last twelve months was filed in time" in page
    assert '<rect class="bar-value bar-short" width="50"' in page


async def test_what_passes_while_one_is_here_counts_though_nobody_speaks_of_it(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    house.watch.move(days=20)
    back = {"email": ASHA.email, "password": ASHA.password}
    assert (await asha.post("/api/auth/login", json=back)).status_code == 200
    found = (await asha.get(f"/api/companies/{company}/dashboard")).json()["data"]
    assert found["score"] == 0
    assert sum(each["due"] for each in found["months"]) > 0


async def test_a_stranger_finds_no_score(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    company = await describe(asha, **GST)
    assert (await chitra.get(f"/api/companies/{company}/dashboard")).status_code == 404
