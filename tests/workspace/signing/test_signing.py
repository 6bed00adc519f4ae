"""Papers signed by those who are asked, and sealed when the last has signed."""

import asyncio
import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from complianceai.drafting.sealing import State, look_at, trial_identity
from complianceai.storage.audit import audit
from complianceai.workspace.signing.tables import signers
from tests.cast import ASHA, BILAL, CHITRA, House, describe
from tests.support.mails import mails_of, text_of
from tests.support.papers import pdf_of
from tests.workspace.papers import DOCUMENTS, led, read, written
from tests.workspace.signing.signing import CHITRA_SIGNS, approved, ask, sign, token_in

BILAL_SIGNS = {"name": BILAL.name, "email": BILAL.email}


async def test_two_sign_one_after_the_other_and_the_paper_is_sealed(house: House) -> None:
    asha, document = await approved(house)
    request = await ask(asha, document, CHITRA_SIGNS, BILAL_SIGNS, inOrder=True, message="Please by Friday.")
    [first] = await mails_of(house)
    assert first["to"].startswith(CHITRA.name)
    assert "Please by Friday." in text_of(first)
    visitor = await house.visitor()
    page = await visitor.get(f"/sign/{token_in(first)}")
    assert page.status_code == 200
    assert "opened an account with the bank" in page.text
    assert await sign(house, visitor, token_in(first), drawn="10,10 500,900;20,20 30,30") == 303
    second = (await mails_of(house))[-1]
    assert second["to"].startswith(BILAL.name)
    assert await sign(house, visitor, token_in(second), typed="बिलाल खान") == 303
    told = await mails_of(house)
    assert sorted(mail["to"].split(" <")[0] for mail in told) == sorted([ASHA.name, BILAL.name, CHITRA.name])
    [done] = (await asha.get(f"{DOCUMENTS}/{document}/signing")).json()["data"]
    assert done["state"] == "completed"
    assert (await read(asha, document))["state"] == "signed"
    paper = await asha.get(f"{DOCUMENTS}/{document}/signing/{request}/file")
    assert paper.headers["content-type"] == "application/pdf"
    mine = await visitor.get(f"/sign/{token_in(first)}/paper")
    assert mine.content == paper.content
    await _is_whole(house, paper.content, done)


async def _is_whole(house: House, sealed: bytes, done: dict[str, str]) -> None:
    identity = trial_identity(house.settings.secret_keys[0])
    assert (await asyncio.to_thread(look_at, sealed, identity)).state is State.OURS
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(sealed)).pages)
    assert "opened an account with the bank" in text
    assert "Certificate of signatures" in text
    assert done["sha256"] in text.replace("\n", "")
    assert "nobody vouches" in " ".join(text.split())
    visitor = await house.visitor()
    for content, said in ((sealed, "unchanged"), (sealed + b"\n", "changed after it was sealed")):
        reply = await visitor.post("/papers/check", files={"file": ("a.pdf", content)})
        assert said in reply.text
    assert "very file" in (await visitor.post("/papers/check", files={"file": ("a.pdf", sealed)})).text


async def test_without_the_code_of_the_mail_nothing_is_signed(house: House) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS)
    token = token_in((await mails_of(house))[0])
    visitor = await house.visitor()
    given = {"deed": "sign", "typed": "Chitra Nair", "agrees": "true"}
    for code in ("", "000000", "abcdef"):
        assert (await visitor.post(f"/sign/{token}", data={**given, "code": code})).status_code == 422
    await visitor.post(f"/sign/{token}/code")
    code = re.search(r"\b\d{6}\b", text_of((await mails_of(house))[-1]))
    assert code is not None
    for _ in range(5):
        wrong = "000000" if code[0] != "000000" else "000001"
        assert (await visitor.post(f"/sign/{token}", data={**given, "code": wrong})).status_code == 422
    late = await visitor.post(f"/sign/{token}", data={**given, "code": code[0]})
    assert late.status_code == 422, "the right code after five wrong ones"
    async with house.database.reading() as connection:
        assert (await connection.execute(select(signers.c.signed_at))).scalar_one() is None
        kept = (await connection.execute(select(signers.c.code_hash, signers.c.token_hash))).one()
    assert code[0] not in str(kept)
    assert token not in str(kept)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"typed": ""}, "Write your name"), ({"agrees": ""}, "without it nothing is signed"),
     ({"drawn": "<svg onload=alert(1)>"}, "f-drawn"), ({"deed": "forge"}, "")],
)  # fmt: skip
async def test_a_signature_has_a_name_and_consent(house: House, given: dict[str, str], field: str) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS)
    token = token_in((await mails_of(house))[0])
    assert await sign(house, await house.visitor(), token, **given) == 422
    async with house.database.reading() as connection:
        assert (await connection.execute(select(signers.c.signed_at))).scalar_one() is None
    assert field is not None


async def test_a_code_is_too_old_after_a_quarter_of_an_hour(house: House) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS)
    token, visitor = token_in((await mails_of(house))[0]), await house.visitor()
    await visitor.post(f"/sign/{token}/code")
    code = re.search(r"\b\d{6}\b", text_of((await mails_of(house))[-1]))
    assert code is not None
    house.watch.move(minutes=16)
    given = {"deed": "sign", "typed": "Chitra Nair", "agrees": "true", "code": code[0]}
    assert (await visitor.post(f"/sign/{token}", data=given)).status_code == 422


async def test_whoever_declines_ends_it_and_says_why(house: House) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS, BILAL_SIGNS)
    first, second = await mails_of(house)
    visitor = await house.visitor()
    given = {"deed": "decline", "reason": "The branch is wrong"}
    assert (await visitor.post(f"/sign/{token_in(first)}", data=given)).status_code == 303
    mail = (await mails_of(house))[-1]
    assert mail["to"].startswith(ASHA.name)
    assert "The branch is wrong" in text_of(mail)
    assert (await visitor.post(f"/sign/{token_in(second)}/code")).status_code == 409
    [done] = (await asha.get(f"{DOCUMENTS}/{document}/signing")).json()["data"]
    assert (done["state"], done["signers"][0]["reason"]) == ("declined", "The branch is wrong")
    await ask(asha, document, BILAL_SIGNS)


async def test_what_is_withdrawn_too_old_or_opened_again_is_not_signed(house: House) -> None:
    asha, document = await approved(house)
    request = await ask(asha, document, CHITRA_SIGNS)
    visitor = await house.visitor()
    token = token_in((await mails_of(house))[0])
    assert (await asha.delete(f"{DOCUMENTS}/{document}/signing/{request}")).status_code == 204
    assert (await visitor.post(f"/sign/{token}/code")).status_code == 409
    await ask(asha, document, CHITRA_SIGNS, days=2)
    token = token_in((await mails_of(house))[-1])
    house.watch.move(days=3)
    assert (await visitor.post(f"/sign/{token}/code")).status_code == 409
    assert "cannot be signed any more" in (await visitor.get(f"/sign/{token}")).text
    await asha.post("/api/auth/login", json={"email": ASHA.email, "password": ASHA.password})
    await ask(asha, document, CHITRA_SIGNS)
    states = [each["state"] for each in (await asha.get(f"{DOCUMENTS}/{document}/signing")).json()["data"]]
    assert states == ["open", "withdrawn", "withdrawn"]
    assert (await visitor.get("/sign/made-up")).status_code == 404


async def test_only_what_is_approved_is_sent_and_only_once_at_a_time(house: House) -> None:
    asha = await house.register(ASHA)
    document = await written(asha, await describe(asha))
    body = {"signers": [CHITRA_SIGNS]}
    assert (await asha.post(f"{DOCUMENTS}/{document}/signing", json=body)).status_code == 409
    assert await led(asha, document, "settle") == 200
    twice = {"signers": [CHITRA_SIGNS, {**CHITRA_SIGNS, "email": CHITRA.email.upper()}]}
    assert (await asha.post(f"{DOCUMENTS}/{document}/signing", json=twice)).status_code == 422
    await ask(asha, document, CHITRA_SIGNS)
    assert (await asha.post(f"{DOCUMENTS}/{document}/signing", json=body)).status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        {"signers": []},
        {"signers": [CHITRA_SIGNS] * 21},
        {"signers": [{"name": "C", "email": "nobody"}]},
        {"signers": [CHITRA_SIGNS], "days": 0},
        {"signers": [CHITRA_SIGNS], "days": 91},
        {"signers": [CHITRA_SIGNS], "message": "x" * 1001},
    ],
)
async def test_nonsense_is_refused(house: House, body: dict[str, object]) -> None:
    asha, document = await approved(house)
    assert (await asha.post(f"{DOCUMENTS}/{document}/signing", json=body)).status_code == 422


async def test_the_page_asks_and_says_what_became_of_it(house: House) -> None:
    asha, document = await approved(house)
    company = (await read(asha, document))["companyId"]
    here = f"/app/companies/{company}/documents/{document}/signing"
    assert "Ask for signatures" in (await asha.get(here)).text
    wrong = await asha.post(here, data={"name0": "Chitra Nair", "email0": "nobody", "days": "14"})
    assert wrong.status_code == 422
    assert "nobody" in wrong.text
    asked = await asha.post(here, data={"name0": CHITRA.name, "email0": CHITRA.email, "days": "14"})
    assert asked.status_code == 303
    page = (await asha.get(here)).text
    assert "waiting for signatures" in page
    request = re.search(r"signing/([0-9a-f-]{36})/withdraw", page)
    assert request is not None
    assert (await asha.get(f"{here}/{request[1]}/paper")).status_code == 404
    assert (await asha.post(f"{here}/{request[1]}/withdraw")).status_code == 303
    assert "withdrawn" in (await asha.get(here)).text


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Choose a file"), (b"nonsense", "no PDF that can be read")],
)
async def test_nonsense_is_no_paper_of_ours(house: House, content: bytes, said: str) -> None:
    reply = await (await house.visitor()).post("/papers/check", files={"file": ("a.pdf", content)})
    assert said in reply.text


async def test_every_deed_stands_in_the_trail(house: House) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS)
    token = token_in((await mails_of(house))[0])
    assert await sign(house, await house.visitor(), token) == 303
    await mails_of(house)
    async with house.database.reading() as connection:
        deeds = (
            await connection.execute(select(audit.c.deed, audit.c.person).order_by(audit.c.number))
        ).all()
    wanted = ["document.signing_asked", "document.signed_by", "document.sealed"]
    found = [(deed, person) for deed, person in deeds if deed in wanted]
    assert found == list(zip(wanted, [ASHA.name, CHITRA.name, None], strict=True))


@pytest.mark.parametrize(("name", "status"), [("lease.pdf", 201), ("notes.txt", 409)])
async def test_of_files_only_a_pdf_is_signed(house: House, name: str, status: int) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    content = pdf_of(["Lease"]) if name.endswith(".pdf") else b"Lease"
    sent = await asha.post(f"{DOCUMENTS}/files", data={"companyId": company}, files={"file": (name, content)})
    assert sent.status_code == 201, sent.text
    document = str(sent.json()["data"]["id"])
    assert await led(asha, document, "settle") == 200
    reply = await asha.post(f"{DOCUMENTS}/{document}/signing", json={"signers": [CHITRA_SIGNS]})
    assert reply.status_code == status, reply.text
    if status == 201:
        visitor = await house.visitor()
        assert await sign(house, visitor, token_in((await mails_of(house))[0])) == 303
        await mails_of(house)
        [done] = (await asha.get(f"{DOCUMENTS}/{document}/signing")).json()["data"]
        assert done["state"] == "completed"
