"""A file is kept only where its content is what its name says."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from complianceai.base.errors import DomainError
from complianceai.storage.contents import LONGEST_NAME, check_content
from complianceai.storage.errors import FileHasMacros, FileNotAsNamed, FileNotKept, FileUnfolds
from tests.support.papers import pdf_of

PNG, JPEG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
TYPES = {"[Content_Types].xml": b"<Types/>"}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def workbook() -> bytes:
    made = BytesIO()
    Workbook().save(made)
    return made.getvalue()


DOCX = zipped({**TYPES, "word/document.xml": b"<document/>"})
XLSX = workbook()
PDF = pdf_of(["A challan"])


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("challan.pdf", PDF, "application/pdf"),
        ("CHALLAN.PDF", PDF, "application/pdf"),
        ("scan.png", PNG, "image/png"),
        ("photo.jpeg", JPEG, "image/jpeg"),
        ("minutes.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("books.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("rows.csv", "तारीख,राशि\n".encode(), "text/csv"),
        ("note.txt", b"", "text/plain"),
    ],
)
def test_what_is_as_its_name_says_is_kept(name: str, content: bytes, media_type: str) -> None:
    stream = BytesIO(content)
    assert check_content(name, stream).media_type == media_type
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("run.exe", b"MZ" + b"\x00" * 60, FileNotKept),
        ("page.html", b"<script>alert(1)</script>", FileNotKept),
        ("picture.svg", b"<svg onload='x'/>", FileNotKept),
        ("noend", PDF, FileNotKept),
        ("", PDF, FileNotKept),
        ("challan.pdf.exe", PDF, FileNotKept),
        ("challan.pdf", b"MZ" + b"\x00" * 60, FileNotAsNamed),
        ("challan.pdf", PDF[:200], FileNotAsNamed),
        ("challan.pdf", b"", FileNotAsNamed),
        ("scan.png", JPEG, FileNotAsNamed),
        ("rows.csv", b"a,b\x00c", FileNotAsNamed),
        ("rows.csv", PDF, FileNotAsNamed),
        ("minutes.docx", XLSX, FileNotAsNamed),
        ("minutes.docx", zipped({"a.txt": b"x"}), FileNotAsNamed),
        ("minutes.docx", b"PK\x03\x04 broken", FileNotAsNamed),
        ("books.xlsx", zipped({**TYPES, "xl/workbook.xml": b"", "xl/vbaProject.bin": b"x"}), FileHasMacros),
        ("books.xlsx", zipped({**TYPES, "xl/workbook.xml": b"\x00" * 30_000_000}), FileUnfolds),
    ],
)  # fmt: skip
def test_what_is_not_is_refused_with_the_cure(name: str, content: bytes, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal) as refused:
        check_content(name, BytesIO(content))
    assert str(refused.value).count(".") >= 2


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/challan.pdf", "challan.pdf"),
        ("C:\\Users\\asha\\challan.pdf", "challan.pdf"),
        ("cha\r\nllan\x00.pdf", "challan.pdf"),
        ("\u202efdp.nallahc.pdf", "fdp.nallahc.pdf"),
        ("  चालान मई.pdf ", "चालान मई.pdf"),
        ("x" * 400 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_is_kept_without_its_path_and_without_what_cannot_be_seen(given: str, kept: str) -> None:
    assert check_content(given, BytesIO(PDF)).name == kept
