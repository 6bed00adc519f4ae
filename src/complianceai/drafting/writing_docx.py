"""A paper as a Word file that can be edited: styles, Word's own numbering, fields for references."""

from __future__ import annotations

import re

from complianceai.drafting import docx_numbering as numbering
from complianceai.drafting.docx_base import HANG
from complianceai.drafting.docx_package import package
from complianceai.drafting.docx_tables import signatures_table, table
from complianceai.drafting.docx_words import bookmark, paragraph, runs
from complianceai.drafting.letterheads import under_letterhead
from complianceai.drafting.model import Style
from complianceai.drafting.paper import (
    Block,
    Box,
    Heading,
    Items,
    PageBreak,
    Paper,
    Paragraph,
    Quote,
    Rule,
    Signatures,
    Table,
    Title,
)  # fmt: skip

_ALIGN = {"right": '<w:jc w:val="right"/>', "centre": '<w:jc w:val="center"/>'}
_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="787878"/></w:pBdr>'
_KINDS = {
    "letter": numbering.LETTERS, "roman": numbering.LETTERS, "number": numbering.NUMBERS, "bullet": numbering.BULLETS,
}  # fmt: skip
_KEEP = ("<w:keepNext/>", "<w:keepLines/>")


def write_docx(paper: Paper, style: Style) -> bytes:
    """The paper as a Word file."""
    paper = under_letterhead(paper, style)
    writer = _Writer(style.language)
    body = writer.body(paper.blocks)
    return package(
        body,
        writer.counters.xml(),
        language=style.language,
        title=style.title or paper.title,
        author=style.author,
    )


Extra = tuple[str, ...]


class _Writer:
    def __init__(self, language: str) -> None:
        self.counters = numbering.Counters()
        self._language = language
        self._bookmarks = 0

    def body(self, blocks: tuple[Block, ...], extra: Extra = (), style: str = "") -> str:
        """The blocks; `extra` and `style` are what every paragraph of theirs has besides its own."""
        written: list[str] = []
        is_under_clause = False
        for block in blocks:
            if isinstance(block, Heading) and block.level == 2:
                is_under_clause = bool(block.number)
            elif isinstance(block, Title | Rule | PageBreak | Signatures | Box):
                is_under_clause = False
            elif isinstance(block, Paragraph) and block.number:
                is_under_clause = True
            written.append(self._block(block, extra, style or ("Underclause" if is_under_clause else "")))
        return "".join(written)

    def _block(self, block: Block, extra: Extra, style: str) -> str:
        match block:
            case Title():
                return paragraph(runs(block.spans, self._language), _style("Title"))
            case Heading():
                return self._heading(block, extra)
            case Paragraph():
                return self._paragraph(block, extra, style)
            case Items():
                return self._items(block, 0, extra)
            case Quote():
                return self.body(block.blocks, extra, "Quoted")
            case Box():
                return self._box(block)
            case Table():
                return table(block, self._language, indent=HANG if style else 0)
            case Signatures():
                return signatures_table(block, self._language)
            case Rule():
                return paragraph("", _RULE)
            case PageBreak():
                return paragraph('<w:r><w:br w:type="page"/></w:r>')

    def _heading(self, block: Heading, extra: Extra) -> str:
        number = _number(numbering.Counters.CLAUSE_ID, 0) if block.number else ""
        style = _style("Heading1" if block.level == 2 else "Heading2")
        return paragraph(self._marked(block.anchor, runs(block.spans, self._language)), style, number, *extra)

    def _paragraph(self, block: Paragraph, extra: Extra, style: str) -> str:
        inner = self._marked(block.anchor, runs(block.spans, self._language))
        if not block.number:
            return paragraph(inner, _style(style) if style else "", *extra)
        is_subclause = "." in block.number
        counter = numbering.Counters.CLAUSE_ID if is_subclause else numbering.Counters.PARAGRAPH_ID
        return paragraph(inner, _style("Clause"), _number(counter, int(is_subclause)), *extra)

    def _marked(self, anchor: str, inner: str) -> str:
        if not anchor:
            return inner
        self._bookmarks += 1
        number = self._bookmarks
        return f'<w:bookmarkStart w:id="{number}" w:name="{bookmark(anchor)}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'

    def _items(self, items: Items, depth: int, extra: Extra) -> str:
        first = re.match(r"\d+", items.items[0].label)
        kind = _KINDS[items.marks]
        number = self.counters.list_id(kind, depth, int(first[0]) if first else 1)
        written = []
        for item in items.items:
            inner = self._marked(item.anchor, runs(item.spans, self._language))
            written.append(paragraph(inner, _number(number, depth), "<w:contextualSpacing/>", *extra))
            written += [self._items(each, min(depth + 1, 3), extra) for each in item.within]
        return "".join(written)

    def _box(self, box: Box) -> str:
        match box.kind:
            case "letterhead":
                return self.body(box.blocks, style="Letterhead") + paragraph("", _RULE)
            case "keep":
                return self.body(box.blocks, _KEEP)
            case _:
                return self.body(box.blocks, (_ALIGN[box.kind],))


def _style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def _number(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
