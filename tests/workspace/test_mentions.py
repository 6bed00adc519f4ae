"""Whoever a comment on a document calls is told: at the bell, and by mail where they wish it."""

from httpx import AsyncClient

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, House, describe
from tests.support.mails import mails_of, text_of
from tests.workspace.papers import DOCUMENTS, written


async def _two(house: House) -> tuple[AsyncClient, AsyncClient, str, str]:
    """Asha who owns a company, Bilal who works in it, the company, and a document."""
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.PREPARER)
    return asha, bilal, company, await written(asha, company)


async def _say(client: AsyncClient, document: str, text: str) -> None:
    reply = await client.post(f"{DOCUMENTS}/{document}/comments", json={"text": text})
    assert reply.status_code == 201, reply.text


async def test_a_mention_in_a_document_rings_the_bell_and_is_mailed(house: House) -> None:
    asha, bilal, company, document = await _two(house)
    await _say(asha, document, f"@{BILAL.name} is the second paragraph right?")
    told = (await bilal.get("/api/alerts")).json()
    [alert] = told["data"]
    title = (await asha.get(f"{DOCUMENTS}/{document}")).json()["data"]["title"]
    assert alert["kind"] == "mention"
    assert ASHA.name in alert["text"]
    assert title in alert["text"]
    assert "second paragraph" in alert["said"]
    assert (alert["taskId"], alert["documentId"], alert["dueDate"]) == (None, document, None)
    assert alert["path"] == f"/app/companies/{company}/documents/{document}"
    assert (await bilal.get(alert["path"])).status_code == 200
    page = (await bilal.get("/app/alerts")).text
    assert title in page
    assert "1 unread" in page
    [mail] = [each for each in await mails_of(house) if BILAL.email in each["to"]]
    assert "second paragraph" in text_of(mail)
    assert (await bilal.post("/api/alerts/read", json={"ids": [alert["id"]]})).json()["data"]["read"] == 1
    assert (await asha.get("/api/alerts")).json()["data"] == []


async def test_nobody_who_does_not_see_the_document_is_called(house: House) -> None:
    asha, bilal, _, document = await _two(house)
    chitra = await house.register(CHITRA)
    await _say(asha, document, f"@{CHITRA.name} and @{ASHA.name}: look")
    for client in (asha, bilal, chitra):
        assert (await client.get("/api/alerts")).json()["data"] == []


async def test_who_left_the_company_hears_no_more_of_its_papers(house: House) -> None:
    asha, bilal, company, document = await _two(house)
    await _say(asha, document, f"@{BILAL.name} look")
    person = (await bilal.get("/api/auth/me")).json()["user"]["id"]
    gone = await asha.delete(f"/api/companies/{company}/members/{person}")
    assert gone.status_code in {200, 204}, gone.text
    assert (await bilal.get("/api/alerts")).json()["data"] == []


async def test_papers_and_tasks_stand_in_one_list_page_by_page(house: House) -> None:
    asha, bilal, company, document = await _two(house)
    task = (await asha.get(f"/api/companies/{company}/tasks")).json()["data"][0]["id"]
    for number in range(3):
        await _say(asha, document, f"@{BILAL.name} paper {number}")
        said = {"text": f"@{BILAL.name} task {number}"}
        reply = await asha.post(f"/api/companies/{company}/tasks/{task}/comments", json=said)
        assert reply.status_code == 201, reply.text
        house.watch.move(minutes=1)
    pages = [(await bilal.get("/api/alerts", params={"size": 4, "page": page})).json() for page in (1, 2)]
    said = [each["said"].split(maxsplit=2)[-1] for page in pages for each in page["data"]]
    assert sorted(said) == sorted(f"{kind} {number}" for kind in ("paper", "task") for number in range(3))
    assert pages[0]["page"]["total"] == 6
