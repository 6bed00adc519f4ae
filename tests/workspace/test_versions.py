"""Every save is a version that nothing writes over, and nobody's words are lost."""

from hashlib import sha256
from uuid import UUID

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from complianceai.tenancy.policies import Role
from complianceai.workspace.tables import document_makers, document_versions, documents
from tests.cast import ASHA, BILAL, House, describe
from tests.workspace.papers import DOCUMENTS, OTHER, TEXT, led, read, saved, written


async def test_every_save_is_a_version_with_its_author_its_note_and_its_hash(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    document = await written(asha, company)
    await saved(asha, document, OTHER)
    found = (await asha.get(f"{DOCUMENTS}/{document}/versions")).json()
    assert found["page"]["total"] == 2
    second, first = found["data"]
    assert (first["number"], first["author"], first["note"]) == (1, ASHA.name, "")
    assert (second["number"], second["note"]) == (2, "Mended")
    assert second["sha256"] == sha256(OTHER.encode()).hexdigest()
    assert (await read(asha, document))["current"]["text"] == OTHER
    old = (await asha.get(f"{DOCUMENTS}/{document}/versions/1")).json()["data"]
    assert old["text"] == TEXT
    deeds = [row["deed"] for row in (await asha.get(f"/api/companies/{company}/trail")).json()["data"]]
    assert {"document.made", "document.edited"} <= set(deeds)


async def test_to_restore_is_a_new_version_that_says_so(house: House) -> None:
    asha = await house.register(ASHA)
    document = await written(asha, await describe(asha))
    await saved(asha, document, OTHER)
    again = await asha.post(f"{DOCUMENTS}/{document}/versions/1/restore", json={"baseVersion": 2})
    assert again.status_code == 201, again.text
    told = again.json()["data"]
    assert (told["number"], told["note"], told["restoredFrom"]) == (3, "Restored from version 1", 1)
    assert told["text"] == TEXT
    assert (await asha.post(f"{DOCUMENTS}/{document}/versions/1/restore")).status_code == 409
    assert (await asha.post(f"{DOCUMENTS}/{document}/versions/9/restore")).status_code == 404
    stale = await asha.post(f"{DOCUMENTS}/{document}/versions/2/restore", json={"baseVersion": 1})
    assert stale.status_code == 409


async def test_who_was_slower_is_told_both_texts_and_keeps_their_own(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.PREPARER)
    document = await written(asha, company)
    await saved(asha, document, OTHER)
    mine = TEXT.replace("account", "current account")
    late = await bilal.post(f"{DOCUMENTS}/{document}/versions", json={"baseVersion": 1, "text": mine})
    assert late.status_code == 409
    told = late.json()
    assert told["code"] == "workspace.changed_meanwhile"
    assert told["error"].startswith(f"{ASHA.name} saved version 2 while you edited version 1.")
    assert (told["fields"]["current_text"], told["fields"]["your_text"]) == (OTHER, mine)
    draft = (await bilal.get(f"{DOCUMENTS}/{document}/draft")).json()["data"]
    assert (draft["baseVersion"], draft["text"]) == (1, mine)
    both = OTHER.replace("account", "current account")
    await saved(bilal, document, both, base=2)
    assert (await bilal.get(f"{DOCUMENTS}/{document}/draft")).json()["data"] is None


async def test_the_same_text_again_is_no_version(house: House) -> None:
    asha = await house.register(ASHA)
    document = await written(asha, await describe(asha))
    body = {"baseVersion": 1, "text": TEXT.replace("\n", "\r\n")}
    again = await asha.post(f"{DOCUMENTS}/{document}/versions", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "workspace.no_change")


async def test_a_text_that_is_no_paper_is_refused_by_its_line(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    for wrong in ("# A\n\n:::nonsense\nx\n:::\n", "# A\n\nSee [[nowhere]].\n"):
        body = {"companyId": company, "title": "Wrong", "text": wrong}
        reply = await asha.post(DOCUMENTS, json=body)
        assert reply.status_code == 422, reply.text
        assert "Line 3" in reply.json()["fields"]["text"]
    for fields in ({"text": " \n "}, {"title": ""}, {"companyId": "x"}, {"language": "fr"}):
        reply = await asha.post(DOCUMENTS, json={"companyId": company, "title": "A", "text": TEXT, **fields})
        assert reply.status_code == 422, fields
        assert set(reply.json()["fields"]) == set(fields)


@pytest.mark.parametrize(
    "forged",
    [
        update(document_versions).values(text="forged"),
        update(document_versions).values(sha256="0" * 64),
        delete(document_versions),
        delete(document_makers),
        update(document_makers).values(person_id=UUID(int=1)),
        text("UPDATE documents SET approved_hash = 'forged', approved_version = 1"),
    ],
)
async def test_the_database_itself_lets_nobody_write_over_a_version(house: House, forged: object) -> None:
    asha = await house.register(ASHA)
    await written(asha, await describe(asha))
    with pytest.raises(DBAPIError):
        async with house.database.transaction() as connection:
            await connection.execute(forged)  # type: ignore[call-overload]


async def test_the_database_itself_lets_nobody_approve_their_own_words(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.REVIEWER)
    document = await written(asha, company)
    current = (await read(asha, document))["current"]
    person = UUID((await asha.get("/api/auth/me")).json()["user"]["id"])
    bound = {"approved_version": 1, "approved_hash": current["sha256"], "state": "approved"}
    for forged in ({**bound, "approved_by": person}, bound):
        with pytest.raises(DBAPIError):
            async with house.database.transaction() as connection:
                await connection.execute(update(documents).values(**forged))
    assert await led(asha, document, "submit") == 200
    assert await led(bilal, document, "approve", sha256=current["sha256"]) == 200
    with pytest.raises(DBAPIError):
        async with house.database.transaction() as connection:
            await connection.execute(
                text("INSERT INTO document_makers SELECT id, approved_by, created_at FROM documents")
            )


async def test_a_company_that_is_forgotten_takes_its_documents_along(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    await written(asha, company)
    async with house.database.transaction() as connection:
        await connection.execute(text("DELETE FROM companies"))
    async with house.database.reading() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM document_versions"))).scalar_one() == 0
