"""A paper as PDF: tagged, for archives where that is asked."""

from __future__ import annotations

from functools import lru_cache

from complianceai.drafting import typesetting
from complianceai.drafting.letterheads import under_letterhead
from complianceai.drafting.model import HERE, Style
from complianceai.drafting.paper import (
    SIGNATURE_LABELS,
    SIGNATURE_WORDS,
    WITNESS_WORDS,
    Block,
    Box,
    Heading,
    Item,
    Items,
    PageBreak,
    Paper,
    Paragraph,
    Quote,
    Rule,
    Signature,
    Signatures,
    Span,
    Spans,
    Table,
    Title,
    said,
)  # fmt: skip
from complianceai.drafting.typesetting import quoted
from complianceai.drafting.widths import widths

PDFA = ("a-2a", "ua-1")
# A reader for the blind is promised headings from the first level on; a paper without a title has none.
PDFA_UNTITLED = ("a-2a",)


def write_pdf(paper: Paper, style: Style) -> bytes:
    """The paper as a tagged PDF; PDF/A-2a (and PDF/UA-1, where it has a title) if the style asks for archives."""
    first = next((block for block in paper.blocks if isinstance(block, Title | Heading)), None)
    standards = (PDFA if isinstance(first, Title) else PDFA_UNTITLED) if style.pdfa else ()
    return typesetting.pdf(source(paper, style), standards)


def source(paper: Paper, style: Style) -> str:
    """The paper in typst's language; every word of it is a quoted string."""
    paper = under_letterhead(paper, style)
    title = style.title or paper.title or "Paper"
    named = {"language": style.language, "title": title, "author": style.author}
    opening = "".join(f"#let {name} = {quoted(value)}\n" for name, value in named.items())
    return opening + prelude() + _Writer(style.language).body(paper.blocks)


@lru_cache(maxsize=1)
def prelude() -> str:
    """How papers look."""
    return (HERE / "prelude.typ").read_text(encoding="utf-8")


class _Writer:
    def __init__(self, language: str) -> None:
        self._language = language

    def body(self, blocks: tuple[Block, ...]) -> str:
        """The blocks in order; what stands under a numbered clause is set in as far as the clause's own words."""
        written: list[str] = []
        is_under_clause = False
        for block, following in zip(blocks, (*blocks, None)[1:], strict=True):
            if isinstance(block, Heading) and block.level == 2:
                is_under_clause = bool(block.number)
            elif isinstance(block, Title | Rule | PageBreak | Signatures | Box):
                is_under_clause = False
            elif isinstance(block, Paragraph) and block.number:
                is_under_clause = True
            text = self._block(block)
            hangs = isinstance(block, Heading) or (isinstance(block, Paragraph) and block.number)
            text = f"#set-in[{text}]" if is_under_clause and not hangs else text
            is_last_word = isinstance(following, Signatures) and isinstance(block, Paragraph)
            written.append(f"#with-next[{text}]" if is_last_word else text)
        return "\n\n".join(written) + "\n"

    def _block(self, block: Block) -> str:
        match block:
            case Title():
                return f"#head(1, none)[{self._words(block.spans)}]"
            case Heading():
                number = quoted(f"{block.number}.") if block.number else "none"
                return f"#head({block.level}, {number})[{self._words(block.spans)}]"
            case Paragraph() if block.number:
                number = block.number if "." in block.number else f"{block.number}."
                return f"#clause({quoted(number)})[{self._words(block.spans)}]"
            case Paragraph():
                return f"#par[{self._words(block.spans)}]"
            case Items():
                return self._items(block)
            case Quote():
                return f"#quote(block: true)[{self.body(block.blocks)}]"
            case Box():
                return self._box(block)
            case Table():
                return self._table(block)
            case Signatures():
                return self._signatures(block)
            case Rule():
                return "#rule"
            case PageBreak():
                return "#pagebreak(weak: true)"

    def _words(self, spans: Spans) -> str:
        return "".join(self._span(span) for span in spans)

    def _span(self, span: Span) -> str:
        if span.text == "\n":
            return "#linebreak()"
        text = f"#{quoted(said(span, self._language))}"
        if span.italic:
            text = f"#emph[{text}]"
        return f"#strong[{text}]" if span.bold else text

    def _items(self, items: Items) -> str:
        points = ", ".join(f"[{self._item(each)}]" for each in items.items)
        if items.marks == "bullet":
            return f"#list({points})"
        labels = ", ".join(quoted(each.label) for each in items.items)
        return f"#{{ let labels = ({labels},); enum(numbering: count => labels.at(count - 1), {points}) }}"

    def _item(self, item: Item) -> str:
        return "\n\n".join([self._words(item.spans), *(self._items(each) for each in item.within)])

    def _box(self, box: Box) -> str:
        inner = self.body(box.blocks)
        match box.kind:
            case "letterhead":
                return f"#letterhead[{inner}]"
            case "right":
                return f"#align(right)[{inner}]"
            case "centre":
                return f"#align(center)[{inner}]"
            case "keep":
                return f"#block(breakable: false)[{inner}]"

    def _table(self, table: Table) -> str:
        found = widths(table)
        columns = ", ".join(f"{column:.1f}fr" for column in found.columns)
        aligns = ", ".join(
            {"left": "left", "right": "right", "centre": "center"}[each] for each in table.aligns
        )
        head = ", ".join(f"[{self._words(cell)}]" for cell in table.head)
        cells = "".join(f"[{self._words(cell)}], " for row in table.rows for cell in row)
        made = f"table(columns: ({columns},), align: ({aligns},), table.header({head}), {cells})"
        return f"#scaled({found.scale:.2f}, {made})"

    def _signatures(self, block: Signatures) -> str:
        # Where one of them signs for somebody, the others leave as much room, so that the lines are level.
        has_party = any(line.key == "for" for each in block.signatures for line in each.lines)
        places = ", ".join(self._signature(each, "[]" if has_party else "none") for each in block.signatures)
        return f"#signatures({places})"

    def _signature(self, signature: Signature, no_party: str) -> str:
        words = (WITNESS_WORDS if signature.is_witness else SIGNATURE_WORDS)[self._language]
        party = next((line for line in signature.lines if line.key == "for"), None)
        said_party = f"[#strong[#{quoted(self._party(party.spans))}]]" if party else no_party
        rows = "".join(
            f"[#{quoted(self._label(line.key) + ': ')}{self._words(line.spans) or '#blank'}], "
            for line in signature.lines
            if line.key != "for"
        )
        return f"sign({said_party}, {quoted(words)}, ({rows}))"

    def _party(self, spans: Spans) -> str:
        name = "".join(said(span, self._language) for span in spans)
        return f"{self._label('for')} {name}" if self._language == "en" else f"{name} {self._label('for')}"

    def _label(self, key: str) -> str:
        return SIGNATURE_LABELS.get(key, {}).get(self._language, key)
