"""What qpdf, poppler and LibreOffice say of our papers; left out where they are not installed."""

import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from complianceai.drafting import Style, compare, read, redline_docx, templates, write_docx, write_pdf
from tests.drafting.drafts import CONTRACT, drafted

LANGUAGES = ("en", "hi")


def _needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


def _said(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@_needs("qpdf")
@pytest.mark.parametrize("language", LANGUAGES)
def test_qpdf_finds_no_fault_in_any_pdf(tmp_path: Path, language: str) -> None:
    for template in templates():
        _, paper = drafted(template, language)
        for pdfa in (False, True):
            file = tmp_path / f"{template.id}-{pdfa}.pdf"
            file.write_bytes(write_pdf(paper, Style(language=language, pdfa=pdfa)))
            assert "No syntax or stream encoding errors" in _said("qpdf", "--check", file)


@_needs("pdfinfo")
@_needs("pdftotext")
@pytest.mark.parametrize("language", LANGUAGES)
def test_poppler_reads_a_tagged_pdf_with_its_words_and_its_title(tmp_path: Path, language: str) -> None:
    _, paper = drafted(templates()[0], language)
    file = tmp_path / "paper.pdf"
    file.write_bytes(write_pdf(paper, Style(language=language)))
    told = _said("pdfinfo", file)
    assert "Tagged:          yes" in told
    assert "JavaScript:      no" in told
    assert f"Title:           {paper.title}" in told
    # Letters that join are written as one shape; what is copied or searched is still the letters.
    words = "".join(_said("pdftotext", file, "-").split())
    assert "".join(paper.title.split()) in words


def _converted(folder: Path, files: Sequence[Path]) -> None:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


@pytest.mark.slow
@_needs("soffice")
@_needs("pdftotext")
@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_converts_the_word_file_of_every_template(tmp_path: Path, language: str) -> None:
    files = []
    for template in templates():
        _, paper = drafted(template, language)
        files.append(tmp_path / f"{template.id}.docx")
        files[-1].write_bytes(write_docx(paper, Style(language=language, letterhead="Sahyadri Tools\nPune")))
    _converted(tmp_path, files)
    missing = [file.stem for file in files if not file.with_suffix(".pdf").is_file()]
    assert missing == []
    for file in files:
        assert len(_said("pdftotext", file.with_suffix(".pdf"), "-").split()) > 30, file.stem


@_needs("soffice")
@_needs("pdftotext")
def test_libreoffice_numbers_clauses_and_references_as_we_do(tmp_path: Path) -> None:
    file = tmp_path / "contract.docx"
    file.write_bytes(write_docx(read(CONTRACT, numbered=True), Style()))
    _converted(tmp_path, [file])
    words = " ".join(_said("pdftotext", "-layout", file.with_suffix(".pdf"), "-").split())
    for expected in (
        "1. Services",
        "1.1 The provider does what clause 2 pays for.",
        "(a) design; (b) building (i) by hand (ii) by machine",
        "1.3 More under clause 1.2 and clause 1.2(b).",
        "2. Fees",
    ):
        assert expected in words


@_needs("soffice")
def test_libreoffice_opens_tracked_changes(tmp_path: Path) -> None:
    redline = compare(
        CONTRACT, CONTRACT.replace("a year", "a month").replace("- design;\n", ""), numbered=True
    )
    file = tmp_path / "redline.docx"
    file.write_bytes(redline_docx(redline, "Asha", datetime(2026, 11, 25, tzinfo=UTC)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    flat = file.with_suffix(".fodt").read_text(encoding="utf-8")
    assert flat.count("<text:insertion>") >= 1
    assert flat.count("<text:deletion>") >= 1
    assert "<dc:creator>Asha</dc:creator>" in flat
