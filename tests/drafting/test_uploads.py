"""Word files and PDFs from elsewhere: filled in where they only hold words, refused where they do more."""

import io
import zipfile
from collections.abc import Callable

import docx
import pypdf
import pytest

from complianceai.drafting import FaultyText, RefusedFile, Style, read, write_docx, write_pdf
from complianceai.drafting.foreign_pdf import check_pdf, dangers
from complianceai.drafting.foreign_zip import parts_of
from complianceai.drafting.uploads import examine, examine_docx, fill, fill_docx
from tests.drafting.drafts import CONTRACT, ON


def _word(*paragraphs: str, rows: list[list[str]] | None = None) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def _with(data: bytes, changes: dict[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = changes.get(name)
            part = old.read(name)
            new.writestr(name, part if change is None else change(part) if callable(change) else change)
        for name, change in changes.items():
            if name not in old.namelist():
                assert isinstance(change, bytes)
                new.writestr(name, change)
    return stream.getvalue()


def test_a_word_file_says_its_fields_and_is_filled_in() -> None:
    data = _word("Dear {{ name }},", "on {{ start_date|date }} for {{ fee|money }}")
    found = examine_docx(data)
    assert ([field.name for field in found.fields], found.faults) == (["name", "start_date", "fee"], ())
    made = fill_docx(data, {"name": "A & B <c>", "start_date": ON, "fee": 125000})
    assert _text(made) == "Dear A & B <c>,\non 25 November 2026 for ₹1,25,000"


def test_a_field_that_word_has_cut_into_runs_is_one_field() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Dear ")
    for piece in ("{", "{ na", "me }", "}"):
        paragraph.add_run(piece).bold = piece == "{ na"
    stream = io.BytesIO()
    document.save(stream)
    assert [each[0] for each in examine(stream.getvalue())[0]] == ["name"]
    assert _text(fill(stream.getvalue(), {"name": "Asha"}, "en")) == "Dear Asha"


def test_a_row_is_repeated_for_each_row_of_answers() -> None:
    rows = [["{%tr for x in items %}", ""], ["{{ x.name }}", "{{ x.price }}"], ["{%tr endfor %}", ""]]
    data = _word("List", rows=rows)
    (field,) = examine(data)[0]
    assert field == ["items", ["name", "price"], True, ""]
    made = fill(data, {"items": [{"name": "a", "price": 1}, {"name": "b", "price": 2}]}, "en")
    assert _text(made) == "List\na\n1\nb\n2"


@pytest.mark.parametrize(
    ("paragraphs", "line", "says"),
    [
        (["fine", "Dear {{ name"], 2, "never closed"),
        (["a }} b"], 1, "closes nothing"),
        (["ok", "ok", "{{ name| }}"], 3, "{{ name| }}"),
        (["{{ car.colour }}"], 1, "car.colour"),
        (["a", "{% if x %}", "b"], 3, "endif"),
        (["{{ Name }}"], 1, "small letters"),
    ],
)
def test_faults_are_told_by_paragraph(paragraphs: list[str], line: int, says: str) -> None:
    _, faults = examine(_word(*paragraphs))
    assert any(at == line and says in words for at, words in faults), faults


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ name.__class__ }}",
        "{{ cycler.__init__ }}",
        "{{ 'a' * 1000000000 }}",
        "{{ missing }}",
    ],
)
def test_a_word_file_escapes_no_more_than_a_text(source: str) -> None:
    with pytest.raises(FaultyText):
        fill(_word(source), {"name": "x"}, "en")


def _relation(kind: str, target: str) -> Callable[[bytes], bytes]:
    row = (
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )
    return lambda part: part.replace(b"</Relationships>", row.encode())


def _into_body(xml: str) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(b"<w:body>", b"<w:body>" + xml.encode(), 1)


MACROS = b"application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RUN = '<w:r><w:instrText xml:space="preserve">{}</w:instrText></w:r>'
FIELD = f"<w:p>{RUN}{RUN}</w:p>"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"[Content_Types].xml": lambda part: part.replace(PLAIN, MACROS)}, "macros"),
        ({"word/vbaProject.bin": b"x"}, "macros"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "embedded"),
        (
            {"word/_rels/document.xml.rels": _relation("attachedTemplate", "http://example.in/x.dotm")},
            "example.in",
        ),
        (
            {"word/_rels/document.xml.rels": _relation("image", "http://example.in/x.png")},
            "fetches something",
        ),
        (
            {
                "word/_rels/settings.xml.rels": b'<Relationship Type="x/frame" Target="a" TargetMode="External"/>'
            },
            "fetches",
        ),
        ({"word/document.xml": lambda part: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + part}, "entities"),
        ({"word/document.xml": _into_body(FIELD.format("DDE", "AUTO cmd"))}, "DDEAUTO"),
        ({"word/document.xml": _into_body(FIELD.format("INCLUDETEXT", " c:/x"))}, "INCLUDETEXT"),
        ({"../../etc/x.xml": b"x"}, "named in a way"),
        ({"word/big.xml": b"0" * 30_000_000}, "far too large"),
        ({"word/a.xml": b"0" * 40_000_000, "word/b.xml": b"0" * 40_000_000}, "far too large"),
    ],
)
def test_a_word_file_that_does_more_than_hold_words_is_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(RefusedFile) as refused:
        parts_of(_with(_word("Dear {{ name }}"), changes))  # type: ignore[arg-type]
    assert says in str(refused.value)


def test_links_to_pages_become_plain_words() -> None:
    link = '<w:p><w:hyperlink r:id="rId99"><w:r><w:t>our page {{ name }}</w:t></w:r></w:hyperlink></w:p>'
    data = _with(
        _word("x"),
        {
            "word/document.xml": _into_body(link),
            "word/_rels/document.xml.rels": _relation("hyperlink", "https://example.in"),
        },
    )
    made = fill_docx(data, {"name": "Asha"})
    assert "our page Asha" in _text(made)
    assert b"example.in" not in b"".join(parts_of(made).values())


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"x" * 100, b"\xd0\xcf\x11\xe0" + b"\0" * 1000]
)
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedFile, match="no Word file"):
        examine_docx(data)


def test_a_large_file_is_refused_before_it_is_opened() -> None:
    large = bytes(200 * 1_048_576)
    for refuse in (examine_docx, check_pdf, parts_of):
        with pytest.raises(RefusedFile, match="larger than"):
            refuse(large)


def _pdf(change: Callable[[pypdf.PdfWriter], None] | None = None) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(write_pdf(read(CONTRACT, numbered=True), Style())))
    if change:
        change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _launching(writer: pypdf.PdfWriter) -> None:
    name = pypdf.generic.NameObject
    action = pypdf.generic.DictionaryObject(
        {name("/S"): name("/Launch"), name("/F"): pypdf.generic.TextStringObject("calc.exe")}
    )
    writer._root_object[name("/OpenAction")] = action


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda writer: writer.add_open_action(pypdf.actions.JavaScript("app.alert(1)")), "script"),
        (_launching, "another program"),
        (lambda writer: writer.add_attachment("x.exe", b"MZ"), "embedded"),
    ],
)
def test_a_pdf_that_does_something_is_refused(change: Callable[[pypdf.PdfWriter], None], says: str) -> None:
    with pytest.raises(RefusedFile) as refused:
        check_pdf(_pdf(change))
    assert says in str(refused.value)


def test_our_own_pdfs_do_nothing() -> None:
    paper = read(CONTRACT, numbered=True)
    for style in (Style(), Style(language="hi", pdfa=True)):
        assert dangers(write_pdf(paper, style)) == []
    check_pdf(_pdf())


def test_our_own_word_files_are_taken() -> None:
    assert examine(write_docx(read(CONTRACT, numbered=True), Style())) == [[], []]


@pytest.mark.parametrize(
    "data", [b"", b"MZ", b"%PDF-1.7\nnothing", b"%PDF-1.7\n" + b"1 0 obj << /A 1 0 R >> endobj"]
)
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedFile):
        dangers(data)


def test_a_locked_pdf_is_refused() -> None:
    with pytest.raises(RefusedFile, match="password"):
        dangers(_pdf(lambda writer: writer.encrypt("secret", algorithm="RC4-128")))
