"""Tables of Word: those of a paper, and the places to sign."""

from __future__ import annotations

from typing import NamedTuple

from complianceai.drafting.docx_base import SIZES
from complianceai.drafting.docx_words import BOLD, paragraph, runs, text_of
from complianceai.drafting.paper import (
    SIGNATURE_LABELS,
    SIGNATURE_WORDS,
    WITNESS_WORDS,
    Align,
    Line,
    Signature,
    Signatures,
    Span,
    Spans,
    Table,
    plain,
)  # fmt: skip
from complianceai.drafting.widths import widths

# The width between the margins, in twentieths of a point.
WIDTH = 9180
_JUSTIFY = {"left": "left", "right": "right", "centre": "center"}
_TIGHT = '<w:spacing w:before="20" w:after="20"/>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="787878"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_NO_SPLIT = "<w:cantSplit/>"
_BLANK = "________________"


def table(block: Table, language: str, indent: int = 0) -> str:
    """A table with lines, its head repeated on each page."""
    found = widths(block, (WIDTH - indent) / 20)
    twentieths = [round(column * 20) for column in found.columns]
    size = round(2 * SIZES[language] * 0.92 * found.scale)
    columns = [_Column(*each, size, language) for each in zip(block.aligns, twentieths, strict=True)]
    head = _row([_cell(*each, bold=True) for each in zip(block.head, columns, strict=True)], head=True)
    rows = "".join(_row([_cell(*each) for each in zip(row, columns, strict=True)]) for row in block.rows)
    properties = (
        f'<w:tblW w:w="{WIDTH - indent}" w:type="dxa"/><w:tblInd w:w="{indent}" w:type="dxa"/>'
        f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>'
    )
    return _table(properties, twentieths, head + rows) + paragraph("", '<w:spacing w:after="60"/>')


def signatures_table(block: Signatures, language: str) -> str:
    """The places to sign, two a row, never broken over pages."""
    half = WIDTH // 2
    rows = []
    for at in range(0, len(block.signatures), 2):
        pair = block.signatures[at : at + 2]
        cells = [_signed(each, language, half) for each in pair]
        if len(pair) == 1:
            cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{half}" w:type="dxa"/></w:tcPr>{paragraph("")}</w:tc>')
        rows.append(_row(cells))
    properties = f'<w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    return paragraph("") + _table(properties, [half, half], "".join(rows)) + paragraph("")


def _table(properties: str, widths: list[int], rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _row(cells: list[str], *, head: bool = False) -> str:
    properties = _NO_SPLIT + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


class _Column(NamedTuple):
    """How the cells of a column are set: width in twentieths of a point, letters in half points."""

    align: Align
    width: int
    size: int
    language: str


def _cell(spans: Spans, column: _Column, *, bold: bool = False) -> str:
    shown = tuple(span._replace(bold=True) for span in spans) if bold else spans
    inner = paragraph(
        runs(shown, column.language, column.size), _TIGHT, f'<w:jc w:val="{_JUSTIFY[column.align]}"/>'
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'


def _signed(signature: Signature, language: str, width: int) -> str:
    words = (WITNESS_WORDS if signature.is_witness else SIGNATURE_WORDS)[language]
    party = next((line for line in signature.lines if line.key == "for"), None)
    bold = f"<w:r><w:rPr>{BOLD}</w:rPr>{text_of(_party(party, language))}</w:r>" if party else ""
    room = '<w:spacing w:before="700" w:after="0"/>'
    lines = [
        paragraph(bold, _TIGHT),
        paragraph(f"<w:r>{text_of('_' * 30)}</w:r>", room),
        paragraph(
            f'<w:r><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>{text_of(words)}</w:r>', _TIGHT
        ),
        *(_line(line, language) for line in signature.lines if line.key != "for"),
    ]
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(lines)}</w:tc>'


def _line(line: Line, language: str) -> str:
    label = Span(f"{_label(line.key, language)}: ")
    return paragraph(runs((label, *(line.spans or (Span(_BLANK),))), language), "<w:keepNext/>", _TIGHT)


def _party(line: Line, language: str) -> str:
    name = plain(line.spans, language)
    return f"{_label('for', language)} {name}" if language == "en" else f"{name} {_label('for', language)}"


def _label(key: str, language: str) -> str:
    return SIGNATURE_LABELS.get(key, {}).get(language, key)
