"""A redline in a page: what came in `ins`, what went in `del`."""

from __future__ import annotations

from html import escape

from complianceai.drafting.comparing import Piece, Redline, RedRow
from complianceai.drafting.redline_tables import cells, together

_TAGS = {"title": "h1", "heading": "h2", "subheading": "h3"}
MARKS = {"added": "ins", "removed": "del", "same": ""}


def redline_html(redline: Redline) -> str:
    """The redline as one `article.paper.redline`, changes in `ins` and `del`."""
    parts = (_table(rows) if is_table else _row(rows[0]) for is_table, rows in together(redline.rows))
    body = "\n".join(parts)
    return f'<article class="paper redline" lang="{redline.language}">\n{body}\n</article>\n'


def _row(row: RedRow) -> str:
    if row.kind in ("rule", "page"):
        mark = MARKS[row.change]
        return f'<{mark} class="redline-row"><hr></{mark}>' if mark else "<hr>"
    tag = _TAGS.get(row.kind, "p")
    inner = "".join(_piece(piece) for piece in row.pieces)
    fate = "" if row.change == "same" else f" redline-{row.change}"
    return f'<{tag} class="redline-{row.kind} redline-depth-{row.depth}{fate}">{inner}</{tag}>'


def _piece(piece: Piece) -> str:
    text = escape(piece.text).replace("\n", "<br>").replace("\t", '<span class="redline-tab"> </span>')
    if piece.italic:
        text = f"<em>{text}</em>"
    if piece.bold:
        text = f"<strong>{text}</strong>"
    tag = MARKS[piece.change]
    return f"<{tag}>{text}</{tag}>" if tag else text


def _table(rows: list[RedRow]) -> str:
    return (
        f'<div class="paper-table" tabindex="0"><table>{"".join(_cells(row) for row in rows)}</table></div>'
    )


def _cells(row: RedRow) -> str:
    fate = "" if row.change == "same" else f' class="redline-{row.change}"'
    inner = "".join(f"<td>{''.join(_piece(piece) for piece in cell)}</td>" for cell in cells(row))
    return f"<tr{fate}>{inner}</tr>"
