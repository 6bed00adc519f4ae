"""A plan's limits hold where something is added, for one at a time, and nothing that is there is touched."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient, Response

from complianceai.billing.accounts.queries import Holder
from complianceai.billing.plans import load
from complianceai.billing.usage.queries import Metered
from complianceai.tenancy.policies import PracticeRole, Role
from tests.billing.plan_house import new_company, on_plan, person_of, stores, usage, used_up
from tests.cast import ASHA, BILAL, CHITRA, DEV, House, describe, open_house
from tests.register.evidence.test_evidence import GST, task_of
from tests.tenancy.practice.office import join, make_client, make_practice
from tests.workspace.papers import TEXT, read, saved, written

FREE = load()["free"].limits


@pytest.fixture
async def house(database_url: str, redis_url: str | None, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(
        database_url, redis_url, rate_limit="100000/minute", data_dir=tmp_path, plans=True
    ) as made:
        yield made


async def document(client: AsyncClient, company: str) -> Response:
    return await client.post("/api/documents", json={"companyId": company, "title": "Bank", "text": TEXT})


async def question(client: AsyncClient, company: str | None, said: str = "When is GSTR-3B due?") -> Response:
    return await client.post("/api/chat", json={"message": said, "companyId": company})


async def evidence(client: AsyncClient, company: str, text: str) -> Response:
    task = await task_of(client, company)
    address = f"/api/companies/{company}/tasks/{task}/evidence"
    return await client.post(address, files={"file": ("proof.txt", text.encode())})


async def sign_in_again(client: AsyncClient) -> None:
    wanted = {"email": ASHA.email, "password": ASHA.password}
    assert (await client.post("/api/auth/login", json=wanted)).status_code == 200


def refused(reply: Response, room: str) -> dict[str, Any]:
    """What a refusal says in figures."""
    assert reply.status_code == 402, reply.text
    told: dict[str, Any] = reply.json()
    assert (told["code"], told["fields"]["room"]) == ("billing.over_plan", room)
    return {**told["fields"], "sentence": told["error"]}


async def both(first: Awaitable[Response], second: Awaitable[Response]) -> list[int]:
    return sorted(each.status_code for each in await asyncio.gather(first, second))


async def test_one_more_company_than_the_plan_has_room_for_is_refused_in_a_sentence(house: House) -> None:
    asha = await house.register(ASHA)
    await describe(asha)
    told = refused(await new_company(asha), "companies")
    assert (told["limit"], told["used"], told["better"], told["more"]) == (1, 1, "Starter", 3)
    assert told["sentence"] == (
        "The plan Free has room for one company, and that place is taken. Starter has room for 3: whoever pays can "
        "choose it under Plan and usage."
    )
    await on_plan(house, await person_of(asha), "starter")
    assert (await new_company(asha)).status_code == 201


async def test_a_refusal_speaks_hindi_to_who_reads_hindi(house: House) -> None:
    asha = await house.register(ASHA)
    await describe(asha)
    asha.headers["accept-language"] = "hi"
    sentence = refused(await new_company(asha), "companies")["sentence"]
    assert "निःशुल्क" in sentence
    assert "Free" not in sentence
    assert "Starter" not in sentence


async def test_of_two_at_the_last_place_one_gets_it(house: House) -> None:
    asha = await house.register(ASHA)
    holder = await person_of(asha)
    assert await both(new_company(asha, "One LLP"), new_company(asha, "Two LLP")) == [201, 402]
    company = (await asha.get("/api/companies")).json()["data"][0]["id"]
    await used_up(house, holder, Metered.DOCUMENTS, FREE.documents_a_month - 1)
    assert await both(document(asha, company), document(asha, company)) == [201, 402]
    await used_up(house, holder, Metered.ANSWERS, FREE.answers_a_month - 1)
    assert await both(question(asha, company), question(asha, company)) == [200, 402]


async def test_two_companies_of_one_owner_share_the_last_place(house: House) -> None:
    asha = await house.register(ASHA)
    holder = await person_of(asha)
    await on_plan(house, holder, "starter")
    first, second = await describe(asha), await describe(asha)
    await used_up(house, holder, Metered.DOCUMENTS, load()["starter"].limits.documents_a_month - 1)
    assert await both(document(asha, first), document(asha, second)) == [201, 402]


async def test_of_two_who_accept_the_last_place_one_comes_in(house: House) -> None:
    asha, bilal, chitra, dev = [await house.register(each) for each in (ASHA, BILAL, CHITRA, DEV)]
    company = await describe(asha)
    await house.join(bilal, company, Role.PREPARER)
    links = [await invitation(asha, company, each.email) for each in (CHITRA, DEV)]
    assert await both(accept(chitra, links[0]), accept(dev, links[1])) == [200, 402]
    refused(await invite(asha, company, "eve@example.com", "preparer"), "people")
    # Whoever looks in from outside takes nobody's place.
    assert (await invite(asha, company, "eve@example.com", "client")).status_code == 201


async def invite(client: AsyncClient, company: str, email: str, role: str) -> Response:
    return await client.post(f"/api/companies/{company}/invitations", json={"email": email, "role": role})


async def invitation(client: AsyncClient, company: str, email: str) -> str:
    reply = await invite(client, company, email, "preparer")
    assert reply.status_code == 201, reply.text
    return str(reply.json()["data"]["link"].partition("token=")[2].partition("&")[0])


async def accept(client: AsyncClient, token: str) -> Response:
    return await client.post("/api/invitations/accept", json={"token": token})


async def test_an_auditor_made_a_preparer_needs_a_place(house: House) -> None:
    asha, bilal, chitra, dev = [await house.register(each) for each in (ASHA, BILAL, CHITRA, DEV)]
    company = await describe(asha)
    for client in (bilal, chitra):
        await house.join(client, company, Role.PREPARER)
    await house.join(dev, company, Role.CLIENT)
    person = (await person_of(dev)).person_id
    address = f"/api/companies/{company}/members/{person}"
    refused(await asha.patch(address, json={"role": "preparer"}), "people")
    assert (await asha.patch(address, json={"role": "auditor", "until": "2027-03-31"})).status_code == 200


async def test_a_document_too_many_is_refused_and_those_there_are_can_be_worked_on(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    papers = [await written(asha, company) for _ in range(FREE.documents_a_month)]
    told = refused(await document(asha, company), "documents")
    assert told["sentence"].endswith("Or wait until the month is over.")
    assert (await saved(asha, papers[0], TEXT.replace("Pune", "Surat")))["number"] == 2
    assert (await read(asha, papers[0]))["version"] == 2
    house.watch.move(days=31)
    await sign_in_again(asha)
    assert (await document(asha, company)).status_code == 201
    assert (await usage(asha))["documents"] == 1


async def test_a_question_too_many_is_refused_and_what_is_no_answer_is_not_counted(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    await used_up(house, await person_of(asha), Metered.ANSWERS, FREE.answers_a_month - 1)
    other = await question(asha, company, "Write me a poem about the sea")
    assert other.json()["data"]["refused"]
    assert (await question(asha, company)).status_code == 200
    refused(await question(asha, company), "answers")
    refused(await question(asha, None), "answers")


async def test_a_file_that_does_not_fit_is_refused_before_it_is_kept(house: House, tmp_path: Path) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha, **GST)
    await stores(house, company, FREE.storage_bytes - 10)
    told = refused(await evidence(asha, company, "eleven chars"), "storage")
    assert told["sentence"].startswith(
        "The plan Free has room for files of 200 MB in all, and 200 MB are kept. "
    )
    assert not (tmp_path / "files" / company).exists()
    assert (await evidence(asha, company, "ten chars.")).status_code == 201
    assert (await usage(asha))["storage"] == FREE.storage_bytes
    sent = {"file": ("paper.txt", b"one more")}
    reply = await asha.post("/api/documents/files", files=sent, data={"companyId": company, "title": "P"})
    refused(reply, "storage")


async def test_a_practice_pays_for_its_clients_and_counts_its_own_people(house: House) -> None:
    dev, asha, bilal = [await house.register(each) for each in (DEV, ASHA, BILAL)]
    practice = await make_practice(dev)
    holder = Holder(practice_id=UUID(practice.rpartition("/")[2]))
    client = await make_client(dev, practice)
    told = refused(
        await dev.post(f"{practice}/clients", json={"profile": {"name": "B", "entity_type": "llp"}}),
        "companies",
    )
    assert told["better"] == "Starter"
    await on_plan(house, holder, "practice")
    await make_client(dev, practice)
    # A company of one's own is one's own account's, whatever the practice has.
    own = await describe(dev)
    refused(await new_company(dev), "companies")
    await dev.post(f"{practice}/clients/{own}", json={})
    await join(house, bilal, practice, PracticeRole.STAFF)
    found = await usage(dev, practiceId=holder.practice_id)
    assert (found["companies"], found["people"]) == (2, 2)
    await house.join(asha, client, Role.OWNER)
    assert (await usage(dev, practiceId=holder.practice_id))["people"] == 3
    assert (await usage(asha))["companies"] == 0


async def test_a_trial_that_is_over_has_been_none(house: House) -> None:
    asha = await house.register(ASHA)
    await on_plan(house, await person_of(asha), "starter", trial_ends_on=house.watch.now.date())
    await describe(asha)
    await describe(asha)
    house.watch.move(days=2)
    await sign_in_again(asha)
    refused(await new_company(asha), "companies")


async def test_what_is_above_a_smaller_plan_stays_readable_and_can_be_taken_along(house: House) -> None:
    asha = await house.register(ASHA)
    holder = await person_of(asha)
    await on_plan(house, holder, "professional")
    first, second = await describe(asha, **GST), await describe(asha)
    papers = [await written(asha, second) for _ in range(FREE.documents_a_month + 1)]
    await stores(house, second, FREE.storage_bytes * 2)
    await on_plan(house, holder, "free")
    for company in (first, second):
        assert (await asha.get(f"/api/companies/{company}/dashboard")).status_code == 200
        assert (await asha.get(f"/api/companies/{company}/trail")).status_code == 200
    for paper in papers:
        assert (await read(asha, paper))["version"] == 1
        assert (await asha.get(f"/api/documents/{paper}/versions/1/file?format=docx")).status_code in {
            200,
            404,
        }
    assert (await asha.get("/api/auth/export")).status_code in {200, 404}
    edited = await asha.patch(f"/api/companies/{second}", json={"name": "New name LLP"})
    assert edited.status_code == 200
    refused(await new_company(asha), "companies")
    refused(await document(asha, second), "documents")
    refused(await evidence(asha, first, "proof"), "storage")


@pytest.mark.parametrize("plans", [None, False])
async def test_who_hosts_it_for_themselves_has_no_limits(
    database_url: str, redis_url: str | None, tmp_path: Path, plans: bool | None
) -> None:
    keys = {} if plans is None else {"razorpay_key_id": "rzp_test_1", "razorpay_key_secret": "secret"}
    async with open_house(database_url, redis_url, data_dir=tmp_path, plans=plans, **keys) as house:
        asha = await house.register(ASHA)
        companies = [await describe(asha) for _ in range(3)]
        for _ in range(FREE.documents_a_month + 1):
            await written(asha, companies[0])


async def test_keys_to_be_paid_with_turn_limits_on(
    database_url: str, redis_url: str | None, tmp_path: Path
) -> None:
    keys = {"razorpay_key_id": "rzp_test_1", "razorpay_key_secret": "secret"}
    async with open_house(database_url, redis_url, data_dir=tmp_path, **keys) as house:
        asha = await house.register(ASHA)
        await describe(asha)
        refused(await new_company(asha), "companies")
