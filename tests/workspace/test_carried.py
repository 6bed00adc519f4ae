"""What a company and a person take along of documents: every version, file, comment, signed paper and own template."""

import io
import json
import zipfile
from hashlib import sha256

from tests.cast import ASHA, BILAL, House, describe
from tests.support.mails import mails_of
from tests.support.papers import pdf_of
from tests.workspace.bulk.tables import as_csv, sent
from tests.workspace.own.test_own import QUESTIONS, brought, made, word
from tests.workspace.papers import OTHER, led, saved, written
from tests.workspace.signing.signing import CHITRA_SIGNS, ask, sign, token_in


async def test_the_archive_of_a_company_has_all_of_its_papers(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    document = await written(asha, company)
    await saved(asha, document, OTHER)
    comment = await asha.post(f"/api/documents/{document}/comments", json={"text": "Which bank?"})
    assert comment.status_code == 201
    deed = pdf_of(["Partnership deed"])
    file = {"file": ("deed.pdf", deed)}
    assert (
        await asha.post("/api/documents/files", files=file, data={"companyId": company})
    ).status_code == 201
    own = await made(asha, company, questions=QUESTIONS)
    content = word("Dear {{ name }}")
    assert (await brought(asha, company, content)).status_code == 201
    assert await led(asha, document, "settle") == 200
    await ask(asha, document, CHITRA_SIGNS)
    assert await sign(house, await house.visitor(), token_in((await mails_of(house))[-1])) == 303
    await mails_of(house)
    await sent(asha, company, as_csv([["name", "pay", "start_date"], ["A", "1", "2026-12-01"]]), own["id"])
    reply = await asha.post(f"/api/companies/{company}/export")
    assert reply.status_code == 200, reply.text
    with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
        names = set(archive.namelist())

        def rows(table: str) -> list[dict[str, object]]:
            lines = archive.read(f"tables/{table}.jsonl").decode().splitlines()
            return [json.loads(line) for line in lines]

        assert len(rows("document_versions")) == 3
        assert [row["text"] for row in rows("document_comments")] == ["Which bank?"]
        assert len(rows("own_template_versions")) == 2
        assert "tables/paper_batches.jsonl" not in names
        [signed] = rows("signing_requests")
        assert f"files/{signed['sealed_sha256']}" in names
        assert {f"files/{sha256(each).hexdigest()}" for each in (deed, content)} <= names


async def test_a_person_takes_along_what_they_wrote_and_did_not_save(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    document = await written(asha, company)
    await asha.post(f"/api/documents/{document}/comments", json={"text": "Which bank?"})
    await asha.put(f"/api/documents/{document}/draft", json={"baseVersion": 1, "text": "# Half"})
    told = (await asha.get("/api/auth/export")).json()["data"]
    assert [each["number"] for each in told["documentVersions"]] == [1]
    assert [each["text"] for each in told["documentComments"]] == ["Which bank?"]
    assert [each["text"] for each in told["documentDrafts"]] == ["# Half"]
    his = (await bilal.get("/api/auth/export")).json()["data"]
    assert (his["documentVersions"], his["documentComments"], his["documentDrafts"]) == ([], [], [])
