"""Documents asked of a client: through a link without an account, in the app, taken as evidence, refused, revoked."""

import re
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest
from httpx import AsyncClient

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, PROFILE, House, describe, open_house
from tests.register.evidence.test_evidence import ACKNOWLEDGEMENT, GST, task_of
from tests.support.papers import pdf_of

ITEMS = "Bank statement, October\nSales register"


@pytest.fixture
async def house(database_url: str, redis_url: str | None, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="10000/minute", data_dir=tmp_path) as made:
        yield made


async def asked_of(asha: AsyncClient, company: str, task: str, days: str = "7") -> str:
    """The path of a new link."""
    typed = {"items": ITEMS, "days": days}
    made = await asha.post(f"/app/companies/{company}/tasks/{task}/requests", data=typed)
    assert made.status_code == 200, made.text
    assert "https://wa.me/?text=" in made.text
    found = re.search(r"/asked/[\w-]{32}", made.text)
    assert found is not None
    return found.group()


async def sent_to(visitor: AsyncClient, link: str, content: bytes, name: str = "statement.pdf") -> str:
    data = {"item": "Sales register", "name": "Ravi"}
    reply = await visitor.post(link, files={"file": (name, content)}, data=data)
    assert reply.status_code == 200, reply.text
    return reply.text


def deeds_of(text: str) -> list[str]:
    return re.findall(r"/requests/[0-9a-f-]+/files/[0-9a-f-]+/(?:take|refuse)", text)


async def test_a_file_sent_through_the_link_proves_the_task_once_it_is_taken(house: House) -> None:
    asha, visitor = await house.register(ASHA), await house.visitor()
    company = await describe(asha, **GST)
    task, content = await task_of(asha, company), pdf_of(ACKNOWLEDGEMENT)
    link = await asked_of(asha, company, task)
    page = await visitor.get(link)
    assert "Bank statement, October" in page.text
    assert ASHA.name in page.text
    for told in (PROFILE["name"], "GSTR-3B", company, task, "27AAPFU0939F1ZV"):
        assert told not in page.text
    assert sha256(content).hexdigest() in await sent_to(visitor, link, content)
    base, here = f"/app/companies/{company}", f"/app/companies/{company}/tasks/{task}"
    assert (await asha.get(f"/api/companies/{company}/tasks/{task}/evidence")).json()["data"] == []
    shown = (await asha.get(here)).text
    assert "sent by Ravi" in shown
    take, refuse = deeds_of(shown)
    assert (await asha.get(f"{base}{take.removesuffix('/take')}")).content == content
    assert (await asha.post(f"{base}{take}")).status_code == 303
    (proof,) = (await asha.get(f"/api/companies/{company}/tasks/{task}/evidence")).json()["data"]
    assert (proof["sha256"], proof["said"]["number"]) == (sha256(content).hexdigest(), "AA271126000123X")
    assert (await asha.post(f"{base}{refuse}")).status_code == 404
    trail = (await asha.get(f"/api/companies/{company}/trail")).json()["data"]
    told = {row["deed"]: row for row in trail}
    assert {"request.made", "request.answered", "request.taken"} <= set(told)
    assert told["request.answered"]["person"] == "Ravi"


async def test_a_link_that_is_revoked_or_over_tells_nothing_and_takes_nothing(house: House) -> None:
    asha, visitor = await house.register(ASHA), await house.visitor()
    company = await describe(asha, **GST)
    task = await task_of(asha, company)
    first, second = await asked_of(asha, company, task), await asked_of(asha, company, task)
    shown = (await asha.get(f"/app/companies/{company}/tasks/{task}")).text
    revoke = re.findall(r"/app/companies/[0-9a-f-]+/requests/[0-9a-f-]+/revoke", shown)[0]
    assert (await asha.post(revoke)).status_code == 303
    statuses = [(await visitor.get(link)).status_code for link in (first, second, "/asked/nothing")]
    assert sorted(statuses) == [200, 404, 404]
    assert statuses[2] == 404
    house.watch.move(days=8)
    for link in (first, second):
        assert (await visitor.get(link)).status_code == 404
        assert (await visitor.post(link, files={"file": ("a.txt", b"x")})).status_code == 404


async def test_what_cannot_be_kept_is_told_with_the_way_back_and_knocking_is_counted(house: House) -> None:
    asha, visitor = await house.register(ASHA), await house.visitor()
    company = await describe(asha, **GST)
    link = await asked_of(asha, company, await task_of(asha, company))
    for files in ({"file": ("run.exe", b"MZ")}, {"file": ("a.pdf", b"no")}, None):
        refused = await visitor.post(link, files=files, data={"item": "x\x00"})
        assert refused.status_code in {409, 422}
        assert f'href="{link}"' in refused.text
    statuses = {(await visitor.get(link)).status_code for _ in range(125)}
    assert statuses == {200, 429}


async def test_a_client_with_an_account_sees_and_answers_the_same_in_the_app(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha, **GST)
    task = await task_of(asha, company)
    await asked_of(asha, company, task)
    await house.join(bilal, company, Role.CLIENT)
    page = (await bilal.get(f"/app/companies/{company}/requests")).text
    assert "Sales register" in page
    action = re.findall(r'action="(/app/companies/[0-9a-f-]+/requests/[0-9a-f-]+)"', page)[0]
    sent = await bilal.post(action, files={"file": ("a.txt", b"sold")}, data={"item": "Sales register"})
    assert sha256(b"sold").hexdigest() in sent.text
    shown = (await asha.get(f"/app/companies/{company}/tasks/{task}")).text
    assert "sent by Bilal Khan" in shown
    take, refuse = deeds_of(shown)
    assert (await bilal.post(f"/app/companies/{company}{take}")).status_code == 403
    assert (await asha.post(f"/app/companies/{company}{refuse}")).status_code == 303
    assert (await asha.get(f"/api/companies/{company}/tasks/{task}/evidence")).json()["data"] == []


@pytest.mark.parametrize("items", ["", " \n ", "x" * 201, "\n".join(map(str, range(21)))])
async def test_nonsense_for_documents_shows_the_form_again(house: House, items: str) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    address = f"/app/companies/{company}/tasks/{await task_of(asha, company)}/requests"
    again = await asha.post(address, data={"items": items, "days": "14"})
    assert again.status_code == 422
    assert "Write one document a line" in again.text
