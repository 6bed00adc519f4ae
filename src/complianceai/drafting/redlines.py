"""A redline for people: in a page, as PDF, and as tracked changes of Word."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from complianceai.drafting import docx_words, typesetting
from complianceai.drafting.comparing import Change, Piece, Redline, RedRow
from complianceai.drafting.docx_numbering import Counters
from complianceai.drafting.docx_package import package
from complianceai.drafting.paper import Span
from complianceai.drafting.typesetting import quoted
from complianceai.drafting.writing_pdf import prelude

_TAGS = {"title": "h1", "heading": "h2", "subheading": "h3"}
_WORD_STYLES = {
    "title": "Title",
    "heading": "Heading1",
    "subheading": "Heading2",
    "quote": "Quoted",
    "clause": "Clause",
}
_MARKS: dict[Change, str] = {"added": "ins", "removed": "del", "same": ""}
_INDENT = 440


def redline_html(redline: Redline) -> str:
    """The redline as one `article.paper.redline`, changes in `ins` and `del`."""
    body = "\n".join(_html_row(row) for row in redline.rows)
    return f'<article class="paper redline" lang="{redline.language}">\n{body}\n</article>\n'


def _html_row(row: RedRow) -> str:
    if row.kind in ("rule", "page"):
        mark = _MARKS[row.change]
        return f'<{mark} class="redline-row"><hr></{mark}>' if mark else "<hr>"
    tag = _TAGS.get(row.kind, "p")
    inner = "".join(_html_piece(piece) for piece in row.pieces)
    fate = "" if row.change == "same" else f" redline-{row.change}"
    return f'<{tag} class="redline-{row.kind} redline-depth-{row.depth}{fate}">{inner}</{tag}>'


def _html_piece(piece: Piece) -> str:
    text = escape(piece.text).replace("\n", "<br>").replace("\t", '<span class="redline-tab"> </span>')
    if piece.italic:
        text = f"<em>{text}</em>"
    if piece.bold:
        text = f"<strong>{text}</strong>"
    tag = _MARKS[piece.change]
    return f"<{tag}>{text}</{tag}>" if tag else text


_PDF_LOOK = """
#let ins(body) = underline(stroke: 0.7pt, offset: 1.8pt, text(fill: rgb("#0a5c2b"), body))
#let del(body) = strike(stroke: 0.7pt, text(fill: rgb("#a01818"), body))
#let row(depth, body) = pad(left: depth * 1.6em, par(justify: false, body))
"""


def redline_pdf(redline: Redline, title: str = "") -> bytes:
    """The redline as PDF: what came is green and underlined, what went is red and struck out."""
    named = {"language": redline.language, "title": title or "Redline", "author": ""}
    opening = "".join(f"#let {name} = {quoted(value)}\n" for name, value in named.items())
    rows = "\n".join(_pdf_row(row) for row in redline.rows)
    return typesetting.pdf(f"{opening}{prelude()}{_PDF_LOOK}{rows}\n")


def _pdf_row(row: RedRow) -> str:
    inner = "".join(_pdf_piece(piece) for piece in row.pieces)
    if row.kind == "title":
        return f"#heading(level: 1)[{inner}]"
    if row.kind in ("heading", "subheading"):
        return f"#heading(level: {2 if row.kind == 'heading' else 3})[{inner}]"
    return f"#row({row.depth})[{inner}]"


def _pdf_piece(piece: Piece) -> str:
    parts = []
    for at, line in enumerate(piece.text.split("\n")):
        parts += [
            *(["#linebreak()"] if at else []),
            *([f"#{quoted(line.replace(chr(9), '   '))}"] if line else []),
        ]
    text = "".join(parts)
    if piece.italic:
        text = f"#emph[{text}]"
    if piece.bold:
        text = f"#strong[{text}]"
    tag = _MARKS[piece.change]
    return f"#{tag}[{text}]" if tag else text


def redline_docx(redline: Redline, author: str, when: datetime, title: str = "") -> bytes:
    """The redline as a Word file of tracked changes: accepting all gives the new version, rejecting all the old."""
    tracker = _Tracker(author, when)
    # A paragraph that went or came is one with the one after it, so there is always one.
    body = "".join(tracker.row(row) for row in redline.rows) + docx_words.paragraph("")
    return package(body, Counters().xml(), language=redline.language, title=title or "Redline", author=author)


class _Tracker:
    def __init__(self, author: str, when: datetime) -> None:
        day = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._by = f'w:author="{escape(author)}" w:date="{day}"'
        self._count = 0

    def row(self, row: RedRow) -> str:
        """The paragraph, its own mark tracked where it came or went."""
        style = _WORD_STYLES.get(row.kind)
        properties = [f'<w:pStyle w:val="{style}"/>' if style else ""]
        if row.depth:
            properties.append(f'<w:ind w:left="{(row.depth + 1) * _INDENT}" w:hanging="{_INDENT}"/>')
        if row.change != "same":
            properties.append(f"<w:rPr><w:{_MARKS[row.change]} {self._mark()}/></w:rPr>")
        return docx_words.paragraph("".join(self._piece(piece) for piece in row.pieces), *properties)

    def _piece(self, piece: Piece) -> str:
        look = docx_words.look(Span("", piece.bold, piece.italic))
        run = f"<w:r>{look}{_run_text(piece)}</w:r>"
        tag = _MARKS[piece.change]
        return f"<w:{tag} {self._mark()}>{run}</w:{tag}>" if tag else run

    def _mark(self) -> str:
        self._count += 1
        return f'w:id="{self._count}" {self._by}'


def _run_text(piece: Piece) -> str:
    tag = "w:delText" if piece.change == "removed" else "w:t"
    written = []
    for at, line in enumerate(piece.text.split("\n")):
        written += ["<w:br/>"] if at else []
        for column, text in enumerate(line.split("\t")):
            written += ["<w:tab/>"] if column else []
            written += [docx_words.text_of(text, tag)] if text else []
    return "".join(written)
