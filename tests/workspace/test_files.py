"""Files of the company's own: looked into, kept with versions, found by their words."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from tests.cast import ASHA, House, describe
from tests.support.papers import pdf_of
from tests.workspace.papers import DOCUMENTS, led, written


def word_of(*lines: str) -> bytes:
    made, into = docx.Document(), BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(into)
    return into.getvalue()


def macro() -> bytes:
    into = BytesIO(word_of("x"))
    with ZipFile(into, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    return into.getvalue()


async def test_a_file_is_kept_found_by_its_words_and_has_versions(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    lease = pdf_of(["Lease of the godown at Chinchwad"])
    sent = await asha.post(
        f"{DOCUMENTS}/files", data={"companyId": company, "expires_on": "2027-01-31"},
        files={"file": ("lease.pdf", lease)},
    )  # fmt: skip
    assert sent.status_code == 201, sent.text
    told = sent.json()["data"]
    assert (told["title"], told["kind"], told["expiresOn"]) == ("lease.pdf", "file", "2027-01-31")
    found = await asha.get(DOCUMENTS, params={"q": "godown chinchwad"})
    assert [each["id"] for each in found.json()["data"]] == [told["id"]]
    renewed = word_of("Lease of the shed at Nigdi")
    place = f"{DOCUMENTS}/{told['id']}/versions"
    again = await asha.post(
        f"{place}/files", data={"note": "Renewed"}, files={"file": ("lease.docx", renewed)}
    )
    assert again.status_code == 201, again.text
    assert (again.json()["data"]["number"], again.json()["data"]["note"]) == (2, "Renewed")
    assert (await asha.get(DOCUMENTS, params={"q": "godown"})).json()["page"]["total"] == 0
    assert (await asha.get(DOCUMENTS, params={"q": "shed nigdi"})).json()["page"]["total"] == 1
    assert (await asha.get(f"{place}/1/file")).content == lease
    assert (await asha.get(f"{place}/2/file")).content == renewed
    assert (await asha.post(f"{place}/1/restore")).status_code == 201
    assert (await asha.get(f"{place}/3/file")).content == lease
    twice = await asha.post(f"{place}/files", files={"file": ("lease.pdf", lease)})
    assert (twice.status_code, twice.json()["code"]) == (409, "workspace.no_change")
    assert await led(asha, told["id"], "settle") == 200
    late = await asha.post(f"{place}/files", files={"file": ("a.txt", b"late")})
    assert late.status_code == 409
    page = await asha.get(f"/app/companies/{company}/documents/{told['id']}")
    assert "Lease of the godown" in page.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ"), ("a.pdf", b"no pdf"), ("a.docx", b"PK\x03\x04"), ("macros.docx", macro()),
        ("", b"nameless"), ("a.png", b"<svg/>"), ("a.html", b"<script>"),
    ],
)  # fmt: skip
async def test_what_is_not_what_it_says_is_refused_and_nothing_is_kept(
    house: House, name: str, content: bytes
) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    sent = await asha.post(f"{DOCUMENTS}/files", data={"companyId": company}, files={"file": (name, content)})
    assert sent.status_code in {409, 422}, sent.text
    page = await asha.post(f"/app/companies/{company}/documents/upload", files={"file": (name, content)})
    assert page.status_code in {409, 422}
    assert 'id="f-file"' in page.text
    assert (await asha.get(DOCUMENTS)).json()["page"]["total"] == 0


async def test_a_text_takes_no_file_and_a_file_no_text(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    text = await written(asha, company)
    reply = await asha.post(f"{DOCUMENTS}/{text}/versions/files", files={"file": ("a.txt", b"x")})
    assert reply.json()["code"] == "workspace.not_a_file"
    sent = await asha.post(
        f"{DOCUMENTS}/files",
        data={"companyId": company, "title": "Note"},
        files={"file": ("a.txt", b"hello")},
    )
    file = sent.json()["data"]["id"]
    reply = await asha.post(f"{DOCUMENTS}/{file}/versions", json={"baseVersion": 1, "text": "# A"})
    assert reply.json()["code"] == "workspace.not_of_text"
    comment = {"text": "Which?", "quote": "hello"}
    assert (await asha.post(f"{DOCUMENTS}/{file}/comments", json=comment)).status_code == 201
    wrong = {"text": "Which?", "quote": "goodbye"}
    assert (await asha.post(f"{DOCUMENTS}/{file}/comments", json=wrong)).status_code == 422
    for body in ({"companyId": "x"}, {}):
        refused = await asha.post(f"{DOCUMENTS}/files", data=body, files={"file": ("a.txt", b"x")})
        assert set(refused.json()["fields"]) == {"companyId"}
