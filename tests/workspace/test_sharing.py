"""Who sees a document: by role, because it is shared with them, or by a link."""

import re
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from complianceai.storage.outbox import outbox
from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, CHITRA, House, describe
from tests.workspace.papers import DOCUMENTS, OTHER, TEXT, read, written


async def me(client: AsyncClient) -> str:
    return str((await client.get("/api/auth/me")).json()["user"]["id"])


async def shared(client: AsyncClient, document: str, **body: str) -> int:
    return (await client.post(f"{DOCUMENTS}/{document}/shares", json=body)).status_code


async def does(client: AsyncClient, document: str) -> tuple[int, int, int]:
    """What somebody may: look, edit, share."""
    saved = {"baseVersion": 99, "text": OTHER}
    return (
        (await client.get(f"{DOCUMENTS}/{document}")).status_code,
        (await client.post(f"{DOCUMENTS}/{document}/versions", json=saved)).status_code,
        (await client.get(f"{DOCUMENTS}/{document}/links")).status_code,
    )


LOOKS, EDITS, SHARES, NOTHING = (200, 403, 403), (200, 409, 403), (200, 409, 200), (404, 404, 404)
BY_ROLE = {
    Role.OWNER: SHARES, Role.ADMINISTRATOR: SHARES, Role.REVIEWER: EDITS, Role.PREPARER: EDITS,
    Role.VIEWER: LOOKS, Role.AUDITOR: LOOKS, Role.CLIENT: NOTHING,
}  # fmt: skip


@pytest.mark.parametrize("role", Role)
async def test_each_role_may_what_its_table_says_and_a_private_document_is_not_there(
    house: House, role: Role
) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, role)
    document = await written(asha, company)
    assert await does(bilal, document) == BY_ROLE[role]
    private = await written(asha, company, isPrivate=True)
    in_charge = role in {Role.OWNER, Role.ADMINISTRATOR}
    assert await does(bilal, private) == (SHARES if in_charge else NOTHING)
    listed = (await bilal.get(DOCUMENTS, params={"companyId": company})).json()
    expected = {document} if role is not Role.CLIENT else set()
    assert {each["id"] for each in listed["data"]} == expected | ({private} if in_charge else set())
    assert listed["page"]["total"] == len(listed["data"])


@pytest.mark.parametrize("level", ["view", "edit", "admin"])
@pytest.mark.parametrize("by", ["person", "role"])
async def test_a_share_opens_a_private_document_at_its_level_until_it_ends(
    house: House, level: str, by: str
) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.CLIENT)
    document = await written(asha, company, isPrivate=True)
    whom = {"personId": await me(bilal)} if by == "person" else {"role": "client"}
    assert await shared(asha, document, level=level, **whom) == 201
    assert await does(bilal, document) == {"view": LOOKS, "edit": EDITS, "admin": SHARES}[level]
    listed = (await bilal.get(DOCUMENTS, params={"companyId": company})).json()["data"]
    assert [each["may"] for each in listed] == [level]
    (share,) = (await asha.get(f"{DOCUMENTS}/{document}/shares")).json()["data"]
    assert (share["level"], share["person"]) == (level, BILAL.name if by == "person" else None)
    address = f"{DOCUMENTS}/{document}/shares/{share['id']}"
    assert (await asha.delete(address)).status_code == 204
    assert (await asha.delete(address)).status_code == 404
    assert await does(bilal, document) == NOTHING


async def test_nothing_is_shared_with_who_does_not_belong_to_the_company(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    document = await written(asha, await describe(asha))
    assert await shared(asha, document, personId=await me(chitra)) == 422
    assert await shared(asha, document, personId=str(UUID(int=7))) == 422
    assert await shared(asha, document) == 422
    assert await shared(asha, document, role="client", personId=await me(chitra)) == 422
    assert await shared(asha, document, role="queen") == 422


async def test_whoever_is_called_in_a_comment_has_a_mail_if_they_see_the_document(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.PREPARER)
    document, private = await written(asha, company), await written(asha, company, isPrivate=True)
    for each in (document, private):
        body = {"text": "Please look, @Bilal Khan"}
        assert (await asha.post(f"{DOCUMENTS}/{each}/comments", json=body)).status_code == 201
    called = [(await asha.get(f"{DOCUMENTS}/{each}/comments")).json()["data"] for each in (document, private)]
    assert [rows[0]["mentions"] for rows in called] == [[BILAL.name], []]
    async with house.database.reading() as connection:
        rows = (await connection.execute(select(outbox.c.payload).where(outbox.c.kind == "mail"))).scalars()
        told = [each for each in rows if each["template"] == "workspace/mail/called.html"]
    assert [each["to"] for each in told] == [BILAL.email]
    assert told[0]["values"]["path"] == f"/app/companies/{company}/documents/{document}"


async def linked(client: AsyncClient, document: str, **body: object) -> dict[str, str]:
    made = await client.post(f"{DOCUMENTS}/{document}/links", json=body)
    assert made.status_code == 201, made.text
    found: dict[str, str] = made.json()["data"]
    return found


def path_of(link: dict[str, str]) -> str:
    found = re.search(r"/shared/[\w-]{32}$", link["address"])
    assert found is not None
    return found.group()


async def test_a_link_shows_the_paper_and_nothing_else_counts_and_ends(house: House) -> None:
    asha, visitor = await house.register(ASHA), await house.visitor()
    company = await describe(asha)
    document = await written(asha, company)
    link = await linked(asha, document, days=7)
    path = path_of(link)
    page = await visitor.get(path)
    assert "The Board met at Pune" in page.text
    for told in (company, document, ASHA.email):
        assert told not in page.text
    taken = await visitor.post(path, data={"format": "pdf"})
    assert taken.content.startswith(b"%PDF-")
    assert taken.headers["content-disposition"].startswith("attachment")
    (kept,) = (await asha.get(f"{DOCUMENTS}/{document}/links")).json()["data"]
    assert (kept["opens"], kept["hasPassword"], kept["address"]) == (2, False, None)
    deeds = [each["deed"] for each in (await asha.get(f"{DOCUMENTS}/{document}/activity")).json()["data"]]
    assert {"link_made", "link_opened", "link_taken"} <= set(deeds)
    again = await linked(asha, document, days=30)
    assert (await visitor.get(path_of(again))).status_code == 200
    assert (await asha.delete(f"{DOCUMENTS}/{document}/links/{again['id']}")).status_code == 204
    assert (await visitor.get(path_of(again))).status_code == 404
    assert (await asha.delete(f"{DOCUMENTS}/{document}/links/{again['id']}")).status_code == 404
    house.watch.move(days=8)
    assert (await visitor.get(path)).status_code == 404


async def test_a_password_is_asked_for_and_guesses_are_few(house: House) -> None:
    asha, visitor = await house.register(ASHA), await house.visitor()
    document = await written(asha, await describe(asha))
    path = path_of(await linked(asha, document, password="monsoon tea"))
    asked = await visitor.get(path)
    assert "The Board met" not in asked.text
    for _ in range(9):
        wrong = await visitor.post(path, data={"password": "coffee"})
        assert wrong.status_code == 403
        assert "The Board met" not in wrong.text
    right = await visitor.post(path, data={"password": "monsoon tea"})
    assert "The Board met" in right.text
    statuses = {(await visitor.post(path, data={"password": "coffee"})).status_code for _ in range(12)}
    assert statuses == {403, 429}
    (kept,) = (await asha.get(f"{DOCUMENTS}/{document}/links")).json()["data"]
    assert (kept["opens"], kept["hasPassword"]) == (1, True)


async def test_nothing_of_a_document_crosses_to_another_company(house: House) -> None:
    asha, chitra = await house.register(ASHA), await house.register(CHITRA)
    company, other = await describe(asha), await describe(chitra, name="Nair Exports LLP")
    canary = "Peacock-71 merges with nobody"
    document = await written(asha, company, text=f"# Secret\n\n{canary}.\n", title="Peacock-71")
    theirs = await written(chitra, other)
    made = await asha.post(f"{DOCUMENTS}/{document}/comments", json={"text": "hush"})
    comment = made.json()["data"]["id"]
    for place in ("", "/versions", "/versions/1", "/versions/1/file", "/draft", "/shares", "/links", "/activity",
                  "/comments", "/suggestions", "/compare?from=1&to=1"):  # fmt: skip
        reply = await chitra.get(f"{DOCUMENTS}/{document}{place}")
        assert reply.status_code == 404, place
    for place in ("", "/edit", "/sharing", "/activity", "/download"):
        for home in (f"/app/companies/{company}/documents", f"/app/companies/{other}/documents"):
            reply = await chitra.get(f"{home}/{document}{place}")
            assert reply.status_code == 404, place
            assert "Peacock" not in reply.text
    # A part of another's document is no part of one's own.
    assert (await chitra.post(f"{DOCUMENTS}/{theirs}/comments/{comment}/resolve", json={})).status_code == 404
    reply = await chitra.post(f"{DOCUMENTS}/{theirs}/comments", json={"text": "x", "parentId": comment})
    assert reply.status_code == 404
    assert (await chitra.get(DOCUMENTS, params={"q": "Peacock"})).json()["page"]["total"] == 0
    body = {"companyId": company, "title": "Mine now", "text": TEXT}
    assert (await chitra.post(DOCUMENTS, json=body)).status_code == 404
    wish = {"templateId": "nda-mutual", "companyId": company, "userInputs": {}}
    assert (await chitra.post(f"{DOCUMENTS}/generate", json=wish)).status_code == 404
    assert (await read(asha, document))["version"] == 1
