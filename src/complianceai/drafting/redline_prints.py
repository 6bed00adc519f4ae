"""A redline as PDF: what came is green and underlined, what went is red and struck out."""

from __future__ import annotations

from complianceai.drafting import typesetting
from complianceai.drafting.comparing import Piece, Redline, RedRow
from complianceai.drafting.redline_pages import MARKS
from complianceai.drafting.redline_tables import cells, together
from complianceai.drafting.typesetting import quoted
from complianceai.drafting.writing_pdf import prelude

_LOOK = """
#let ins(body) = underline(stroke: 0.7pt, offset: 1.8pt, text(fill: rgb("#0a5c2b"), body))
#let del(body) = strike(stroke: 0.7pt, text(fill: rgb("#a01818"), body))
#let row(depth, body) = pad(left: depth * 1.6em, par(justify: false, body))
"""


def redline_pdf(redline: Redline, title: str = "") -> bytes:
    """The redline as a tagged PDF."""
    named = {"language": redline.language, "title": title or "Redline", "author": ""}
    opening = "".join(f"#let {name} = {quoted(value)}\n" for name, value in named.items())
    parts = (_table(rows) if is_table else _row(rows[0]) for is_table, rows in together(redline.rows))
    return typesetting.pdf(opening + prelude() + _LOOK + "\n".join(parts) + "\n")


def _row(row: RedRow) -> str:
    inner = "".join(_piece(piece) for piece in row.pieces)
    if row.kind == "title":
        return f"#heading(level: 1)[{inner}]"
    if row.kind in ("heading", "subheading"):
        return f"#heading(level: {2 if row.kind == 'heading' else 3})[{inner}]"
    return f"#row({row.depth})[{inner}]"


def _piece(piece: Piece) -> str:
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
    tag = MARKS[piece.change]
    return f"#{tag}[{text}]" if tag else text


def _table(rows: list[RedRow]) -> str:
    found = [cells(row) for row in rows]
    columns = max(map(len, found))
    inner = "".join(_cell(cell) for row in found for cell in [*row, *[[]] * (columns - len(row))])
    # What is the head of the old table may be no head of the new one, so none is set apart.
    return (
        f'#[#show table.cell.where(y: 0): set text(weight: "regular")\n#table(columns: {columns}, {inner})]'
    )


def _cell(pieces: list[Piece]) -> str:
    return f"[{''.join(_piece(piece) for piece in pieces)}], "
