"""Papers signed with Aadhaar eSign: the stand-in service behaves, and misbehaves on cue."""

import asyncio
import html
import re
import subprocess
from collections.abc import AsyncIterator, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient, Response
from pypdf import PdfReader
from sqlalchemy import select

from complianceai.drafting.sealing import State, look_at, trial_identity
from complianceai.jobs.tools import Tools
from complianceai.storage.audit import audit
from complianceai.storage.tables import metadata
from complianceai.workspace.signing.digital.sweeping import sweep_trips
from complianceai.workspace.signing.tables import digital_signatures, signers
from tests.cast import BILAL, CHITRA, House, open_house
from tests.support.esign import AADHAAR, Esp, running
from tests.support.mails import mails_of
from tests.workspace.papers import DOCUMENTS
from tests.workspace.signing.signing import CHITRA_SIGNS, approved, ask, sign, token_in

BILAL_SIGNS = {"name": BILAL.name, "email": BILAL.email}


@pytest.fixture
def esp() -> Iterator[Esp]:
    """The service; its clock is set once there is a house."""
    with running(Esp()) as found:
        yield found


@pytest.fixture
async def house(database_url: str, tmp_path: Path, esp: Esp) -> AsyncIterator[House]:
    """A house that offers eSign."""
    async with open_house(database_url, data_dir=tmp_path, **esp.settings) as found:
        esp.clock = found.watch
        yield found


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


async def go_out(visitor: AsyncClient, token: str) -> Response:
    """The page that leads on to the service."""
    begun = await visitor.post(f"/sign/{token}/esign/begin", data={"agrees": "true"})
    assert begun.status_code == 303, begun.text
    return await visitor.get(begun.headers["location"])


async def come_back(esp: Esp, visitor: AsyncClient, page: Response) -> Response:
    """What the product says to the answer that the browser brings from the service."""
    address, answer = await at_service(esp, page)
    return await visitor.post(address, data={"eSignResponse": answer, "espTxnID": "1"}, headers=ABROAD)


ABROAD = {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:9"}


async def at_service(esp: Esp, page: Response) -> tuple[str, str]:
    """Where the service sends the browser, with which answer."""
    action = re.search(r'<form class="row" method="post" action="([^"]+)"', page.text)
    assert action is not None
    async with AsyncClient() as browser:
        shown = await browser.post(html.unescape(action[1]), data=hidden(page.text))
    assert shown.status_code == 200, shown.text
    back = re.search(r'action="([^"]+)"', shown.text)
    assert back is not None
    return html.unescape(back[1]), hidden(shown.text)["eSignResponse"]


async def test_two_sign_in_order_with_certificates_and_one_by_code(
    house: House, esp: Esp, tmp_path: Path
) -> None:
    asha, document = await approved(house)
    third = {"name": "Third Person", "email": "third@example.com"}
    request = await ask(asha, document, CHITRA_SIGNS, BILAL_SIGNS, third, inOrder=True)
    visitor = await house.visitor()
    for name in (CHITRA.name, BILAL.name):
        esp.name = name
        token = token_in((await mails_of(house))[-1])
        page = await go_out(visitor, token)
        assert f"form-action 'self' {esp.url};" in page.headers["content-security-policy"]
        assert (await come_back(esp, visitor, page)).status_code == 303
        assert "You signed on" in (await visitor.get(f"/sign/{token}")).text
    assert await sign(house, visitor, token_in((await mails_of(house))[-1])) == 303
    await mails_of(house)
    [done] = (await asha.get(f"{DOCUMENTS}/{document}/signing")).json()["data"]
    assert done["state"] == "completed"
    ways = [each["certificate"] and each["certificate"]["way"] for each in done["signers"]]
    assert ways == ["esign", "esign", None]
    assert done["signers"][0]["certificate"]["issuer"] == "A certifying authority of the tests"
    assert done["signers"][0]["certificate"]["revocationChecked"] is False
    paper = (await asha.get(f"{DOCUMENTS}/{document}/signing/{request}/file")).content
    await _bears_all(house, esp, paper, tmp_path)
    own = await asha.get(f"{DOCUMENTS}/{document}/signing/{request}/certificate")
    text = " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(own.content)).pages).split())
    assert "Aadhaar eSign" in text
    assert "whether it was revoked was not checked" in text
    assert (await visitor.get(f"/sign/{token}/certificate")).content == own.content


async def _bears_all(house: House, esp: Esp, paper: bytes, folder: Path) -> None:
    """Others than us find each signature sound, in its order, and the last one around the whole paper."""
    kept = folder / "signed.pdf"
    kept.write_bytes(paper)
    told = await asyncio.to_thread(
        subprocess.run, ["pdfsig", "-nocert", str(kept)], capture_output=True, text=True, check=False
    )
    assert told.stdout.count("Signature Validation: Signature is Valid.") == 3, told.stdout
    assert told.stdout.count("Total document signed") == 1
    names = re.findall(r"Signer Certificate Common Name: (.*)", told.stdout)
    assert names[:2] == [CHITRA.name, BILAL.name]
    identity = trial_identity(house.settings.secret_keys[0])
    assert (await asyncio.to_thread(look_at, paper, identity)).state is State.OURS
    assert (await asyncio.to_thread(look_at, paper + b"\n", identity)).state is State.CHANGED
    spoiled = paper.replace(b"/Type /Catalog", b"/Type /Catalok", 1).replace(
        b"/Type/Catalog", b"/Type/Catalok", 1
    )
    assert spoiled != paper
    assert (await asyncio.to_thread(look_at, spoiled, identity)).state is not State.OURS


REFUSED = {
    "cancelled": (409, "that you did not sign (112)"),
    "pending": (409, "has not finished"),
    "wrong_hash": (422, "of another paper"),
    "other_txn": (422, "another request"),
    "expired": (422, "too old"),
    "stranger": (422, "No authority"),
    "not_for_signing": (422, "not for signing"),
    "other_certificate": (422, "of another paper"),
    "no_signature": (422, "not from the signature service"),
    "forged": (422, "not from the signature service"),
    "unsigned": (422, "not from the signature service"),
    "tampered": (422, "not from the signature service"),
    "sha1": (422, "not from the signature service"),
    "old": (409, "took too long"),
    "huge": (422, "of another paper"),
    "entities": (422, "not from the signature service"),
    "wrapped": (422, "not from the signature service"),
    "nonsense": (422, "not from the signature service"),
}


@pytest.mark.parametrize("cue", REFUSED)
async def test_what_is_wrong_is_told_and_nothing_is_signed(house: House, esp: Esp, cue: str) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS)
    token, visitor = token_in((await mails_of(house))[0]), await house.visitor()
    page = await go_out(visitor, token)
    esp.cue = cue
    reply = await come_back(esp, visitor, page)
    assert (reply.status_code, REFUSED[cue][1] in html.unescape(reply.text)) == (REFUSED[cue][0], True), (
        reply.text
    )
    async with house.database.reading() as connection:
        assert (await connection.execute(select(signers.c.signed_at))).scalar_one() is None
    # They may begin again, and then it works.
    esp.cue = ""
    assert (await come_back(esp, visitor, await go_out(visitor, token))).status_code == 303
    async with house.database.reading() as connection:
        assert (await connection.execute(select(signers.c.signed_at))).scalar_one() is not None


async def test_an_answer_counts_once_and_only_for_its_own_attempt(house: House, esp: Esp) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS, BILAL_SIGNS)
    first, second = (token_in(mail) for mail in await mails_of(house))
    visitor = await house.visitor()
    earlier = await at_service(esp, await go_out(visitor, first))
    latest = await at_service(esp, await go_out(visitor, first))
    crossed = await visitor.post(latest[0], data={"eSignResponse": earlier[1]}, headers=ABROAD)
    assert crossed.status_code == 422, "an answer to another request"
    over = await visitor.post(earlier[0], data={"eSignResponse": earlier[1]}, headers=ABROAD)
    assert over.status_code == 409, "an attempt that ended when the next began"
    for _ in range(3):
        reply = await visitor.post(latest[0], data={"eSignResponse": latest[1]}, headers=ABROAD)
        assert (reply.status_code, reply.headers["location"]) == (303, f"/sign/{first}")
    async with house.database.reading() as connection:
        signed = (
            await connection.execute(select(audit.c.deed).where(audit.c.deed == "document.signed_by"))
        ).all()
        assert len(signed) == 1
    assert (await visitor.get(f"/sign/{second}")).status_code == 200


async def test_an_answer_after_twenty_minutes_is_too_late(house: House, esp: Esp) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS)
    token, visitor = token_in((await mails_of(house))[0]), await house.visitor()
    address, answer = await at_service(esp, await go_out(visitor, token))
    house.watch.move(minutes=21)
    reply = await visitor.post(address, data={"eSignResponse": answer}, headers=ABROAD)
    assert (reply.status_code, "took too long" in reply.text) == (409, True)


async def test_two_at_once_wait_for_each_other_and_none_is_lost(house: House, esp: Esp) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS, BILAL_SIGNS)
    first, second = (token_in(mail) for mail in await mails_of(house))
    visitor = await house.visitor()
    out = await at_service(esp, await go_out(visitor, first))
    waits = await visitor.post(f"/sign/{second}/esign/begin", data={"agrees": "true"})
    assert (waits.status_code, "five minutes" in waits.text) == (409, True)
    house.watch.move(minutes=6)
    esp.name = BILAL.name
    assert (await come_back(esp, visitor, await go_out(visitor, second))).status_code == 303
    overtaken = await visitor.post(out[0], data={"eSignResponse": out[1]}, headers=ABROAD)
    assert (overtaken.status_code, "signed the paper meanwhile" in overtaken.text) == (409, True)
    esp.name = CHITRA.name
    assert (await come_back(esp, visitor, await go_out(visitor, first))).status_code == 303
    await mails_of(house)
    [done] = (await asha.get(f"{DOCUMENTS}/{document}/signing")).json()["data"]
    assert done["state"] == "completed"


async def test_no_aadhaar_number_goes_out_or_is_kept(house: House, esp: Esp, tmp_path: Path) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS)
    token, visitor = token_in((await mails_of(house))[0]), await house.visitor()
    page = await go_out(visitor, token)
    esp.cue = "cancelled"
    reply = await come_back(esp, visitor, page)
    assert AADHAAR not in reply.text
    [request] = esp.seen
    assert request.get("ekycId") == ""
    async with house.database.reading() as connection:
        for table in metadata.sorted_tables:
            rows: list[Any] = list((await connection.execute(select(table))).all())
            assert AADHAAR not in str(rows), table.name
    assert not any(AADHAAR.encode() in each for each in _kept_in(tmp_path))


def _kept_in(folder: Path) -> list[bytes]:
    return [each.read_bytes() for each in folder.rglob("*") if each.is_file()]


async def test_consent_is_asked_for_first(house: House) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS)
    token, visitor = token_in((await mails_of(house))[0]), await house.visitor()
    refused = await visitor.post(f"/sign/{token}/esign/begin", data={"way": "esign"})
    assert (refused.status_code, "without it nothing is signed" in refused.text) == (422, True)
    assert (await visitor.post(f"/sign/{token}/magic/begin", data={"agrees": "true"})).status_code == 404
    for path in (
        f"/sign/{token}/esign/nonsense",
        f"/sign/{token}/esign/01a21023-3f4c-73b9-808e-3f0076b49641",
    ):
        assert (await visitor.get(path)).status_code == 409
    for path in ("/esign/made-up", "/esign/" + "A" * 120):
        assert (await visitor.post(path, data={"eSignResponse": "x"}, headers=ABROAD)).status_code == 404


async def test_attempts_that_nobody_finished_end_and_go(house: House, esp: Esp) -> None:
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS)
    token, visitor = token_in((await mails_of(house))[0]), await house.visitor()
    await go_out(visitor, token)
    services = house.app.state.services
    before = len(await services.files.list_all())
    tools = Tools(services.database, services.sealer, None, "http://testserver", "", clock=house.watch)  # type: ignore[arg-type]
    state = select(digital_signatures.c.state)
    for moved, wanted in (({"minutes": 10}, ["begun"]), ({"minutes": 11}, ["late"]), ({"days": 8}, [])):
        house.watch.move(**moved)
        await sweep_trips(tools, services.files)
        async with house.database.reading() as connection:
            assert list((await connection.execute(state)).scalars()) == wanted
    assert len(await services.files.list_all()) == before - 1


async def test_older_services_are_believed_where_that_is_wished(
    database_url: str, tmp_path: Path, esp: Esp
) -> None:
    async with open_house(database_url, data_dir=tmp_path, **esp.settings, esign_sha1=True) as house:
        esp.clock, esp.cue = house.watch, "sha1"
        asha, document = await approved(house)
        await ask(asha, document, CHITRA_SIGNS)
        token, visitor = token_in((await mails_of(house))[0]), await house.visitor()
        assert (await come_back(esp, visitor, await go_out(visitor, token))).status_code == 303
