"""Papers signed with the certificate on somebody's own token: its program signs what we hand out."""

import asyncio
import subprocess
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from httpx import AsyncClient

from tests.cast import CHITRA, House, open_house
from tests.support.authorities import Authorities, Pair
from tests.support.esign import cms_of
from tests.support.mails import mails_of
from tests.workspace.papers import DOCUMENTS
from tests.workspace.signing.signing import CHITRA_SIGNS, approved, ask, token_in

TEXT = {"content-type": "text/html; charset=utf-8"}


@pytest.fixture
def those() -> Authorities:
    return Authorities()


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    return folder


@pytest.fixture
async def house(database_url: str, tmp_path: Path, those: Authorities, lists: Path) -> AsyncIterator[House]:
    """A house that knows the authorities, and a folder for their lists, which is empty so far."""
    settings = {"data_dir": tmp_path / "data", "cca_roots": those.pem, "cca_crl_dir": lists}
    async with open_house(database_url, **settings) as made:
        yield made


async def _begun(house: House) -> tuple[AsyncClient, AsyncClient, str, str]:
    """Whoever asked, the signer's browser, the document, and the page of the attempt."""
    asha, document = await approved(house)
    await ask(asha, document, CHITRA_SIGNS)
    token, visitor = token_in((await mails_of(house))[-1]), await house.visitor()
    begun = await visitor.post(f"/sign/{token}/dsc/begin", data={"agrees": "true"})
    assert begun.status_code == 303
    return asha, visitor, document, begun.headers["location"]


async def _give(visitor: AsyncClient, page: str, content: bytes) -> tuple[int, str]:
    reply = await visitor.post(page, files={"signature": ("signature.p7s", content)})
    return reply.status_code, reply.text


async def _signed(visitor: AsyncClient, page: str, pair: Pair) -> bytes:
    """What the token's program makes of the file that is to be signed."""
    content = (await visitor.get(f"{page}/bytes")).content
    return await asyncio.to_thread(cms_of, pair, sha256(content).digest())


@pytest.mark.parametrize("form", ["der", "base64", "pem"])
async def test_a_token_signs_what_is_handed_out(house: House, those: Authorities, form: str) -> None:
    asha, visitor, document, page = await _begun(house)
    shown = (await visitor.get(page)).text
    content = (await visitor.get(f"{page}/bytes")).content
    assert sha256(content).hexdigest() in shown
    assert b64encode(sha256(content).digest()).decode() in shown
    made = await _signed(visitor, page, those.issue(CHITRA.name, house.watch.now))
    lines = b64encode(made)
    sent = {
        "der": made,
        "base64": lines,
        "pem": b"-----BEGIN PKCS7-----\n" + lines + b"\n-----END PKCS7-----\n",
    }
    assert (await _give(visitor, page, sent[form]))[0] == 303
    await mails_of(house)
    [done] = (await asha.get(f"{DOCUMENTS}/{document}/signing")).json()["data"]
    assert done["state"] == "completed"
    kept = done["signers"][0]["certificate"]
    assert (kept["way"], kept["holder"], kept["revocationChecked"]) == ("dsc", CHITRA.name, False)
    company = (await asha.get(f"{DOCUMENTS}/{document}")).json()["data"]["companyId"]
    mine = (await asha.get(f"/app/companies/{company}/documents/{document}/signing")).text
    assert "Whether it was revoked was not checked." in mine
    assert kept["serial"] in mine


async def test_a_program_that_nobody_here_wrote_signs_as_well(
    house: House, those: Authorities, tmp_path: Path
) -> None:
    asha, visitor, document, page = await _begun(house)
    pair = those.issue(CHITRA.name, house.watch.now)
    content = (await visitor.get(f"{page}/bytes")).content
    made = await asyncio.to_thread(_openssl, tmp_path, content, pair)
    assert (await _give(visitor, page, made))[0] == 303
    await mails_of(house)
    [done] = (await asha.get(f"{DOCUMENTS}/{document}/signing")).json()["data"]
    assert done["state"] == "completed"


def _openssl(folder: Path, content: bytes, pair: Pair) -> bytes:
    (folder / "signer.pem").write_text(pair.pem)
    (folder / "to-sign.bin").write_bytes(content)
    wanted = [
        "openssl", "cms", "-sign", "-binary", "-md", "sha256", "-outform", "DER", "-signer", folder / "signer.pem",
        "-in", folder / "to-sign.bin",
    ]  # fmt: skip
    return subprocess.run(wanted, capture_output=True, check=True).stdout


async def test_what_is_no_signature_of_this_paper_is_refused_and_may_be_mended(
    house: House, those: Authorities
) -> None:
    _, visitor, _, page = await _begun(house)
    good = those.issue(CHITRA.name, house.watch.now)
    wrong = await asyncio.to_thread(cms_of, good, b"\x01" * 32)
    for content in (
        b"",
        b"nonsense",
        b"\x30\x82\x01\x00" + b"\x00" * 60,
        b"-----BEGIN X-----",
        wrong,
        wrong * 40,
    ):
        status, text = await _give(visitor, page, content)
        assert (status, "of another paper" in text) == (422, True), content[:40]
    assert (await _give(visitor, page, await _signed(visitor, page, good)))[0] == 303


async def test_only_certificates_of_the_authorities_that_are_good_today_are_taken(
    house: House, those: Authorities
) -> None:
    _, visitor, _, page = await _begun(house)
    now = house.watch.now
    cases = [
        (Authorities().issue("Chitra Nair", now), "No authority"),
        (those.issue("Chitra Nair", now, minutes=-1), "too old"),
        (those.issue("Chitra Nair", now, before=-10), "not good yet"),
        (those.issue("Chitra Nair", now, usages=frozenset({"key_encipherment"})), "not for signing"),
    ]
    for pair, said in cases:
        status, text = await _give(visitor, page, await _signed(visitor, page, pair))
        assert (status, said in text) == (422, True), said


async def test_with_lists_of_revoked_certificates_they_are_looked_at(
    house: House, those: Authorities, lists: Path
) -> None:
    asha, visitor, document, page = await _begun(house)
    gone, good = (those.issue(CHITRA.name, house.watch.now) for _ in range(2))
    those.revoked.append(gone.certificate.serial_number)
    _lay(lists, those.lists(datetime(2026, 6, 1, tzinfo=UTC)))
    status, text = await _give(visitor, page, await _signed(visitor, page, good))
    assert (status, "cannot be told just now" in text) == (503, True), "lists of last June"
    _lay(lists, those.lists(house.watch.now))
    status, text = await _give(visitor, page, await _signed(visitor, page, gone))
    assert (status, "was revoked" in text) == (422, True)
    assert (await _give(visitor, page, await _signed(visitor, page, good)))[0] == 303
    [done] = (await asha.get(f"{DOCUMENTS}/{document}/signing")).json()["data"]
    assert done["signers"][0]["certificate"]["revocationChecked"] is True


def _lay(folder: Path, lists: list[bytes]) -> None:
    for number, each in enumerate(lists):
        (folder / f"{number}.crl").write_bytes(each)


async def test_where_no_authority_is_known_no_certificate_is_asked_for(
    database_url: str, tmp_path: Path
) -> None:
    async with open_house(database_url, data_dir=tmp_path) as house:
        asha, document = await approved(house)
        await ask(asha, document, CHITRA_SIGNS)
        token, visitor = token_in((await mails_of(house))[-1]), await house.visitor()
        assert "certificate instead" not in (await visitor.get(f"/sign/{token}")).text
        for way in ("dsc", "esign"):
            begun = await visitor.post(f"/sign/{token}/{way}/begin", data={"agrees": "true"})
            assert begun.status_code == 404
