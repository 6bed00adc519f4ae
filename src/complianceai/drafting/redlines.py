"""A redline as a Word file of tracked changes."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from complianceai.drafting import docx_words
from complianceai.drafting.comparing import Piece, Redline, RedRow
from complianceai.drafting.docx_numbering import Counters
from complianceai.drafting.docx_package import package
from complianceai.drafting.paper import Span
from complianceai.drafting.redline_pages import MARKS

_WORD_STYLES = {
    "title": "Title",
    "heading": "Heading1",
    "subheading": "Heading2",
    "quote": "Quoted",
    "clause": "Clause",
}
_INDENT = 440


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
            properties.append(f"<w:rPr><w:{MARKS[row.change]} {self._mark()}/></w:rPr>")
        return docx_words.paragraph("".join(self._piece(piece) for piece in row.pieces), *properties)

    def _piece(self, piece: Piece) -> str:
        look = docx_words.look(Span("", piece.bold, piece.italic))
        run = f"<w:r>{look}{_run_text(piece)}</w:r>"
        tag = MARKS[piece.change]
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
