"""The numbers of clauses, and what a reference to a named one says."""

from __future__ import annotations

from complianceai.drafting.paper import (
    Block,
    Box,
    Heading,
    Item,
    Items,
    Line,
    Paragraph,
    Quote,
    Signature,
    Signatures,
    Span,
    Spans,
    Table,
    Title,
)  # fmt: skip

_ROMAN = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
)


class Numbering:
    """Counts the clauses of one paper while it is read."""

    def __init__(self, *, numbered: bool) -> None:
        self.numbered = numbered
        self.names: dict[str, str] = {}
        self.within = ""  # the number that the points of a list stand under
        self._clause = 0
        self._subclause = 0

    def clause(self) -> str:
        """The number of the next clause; none in a paper without numbers."""
        if not self.numbered:
            return ""
        self._clause += 1
        self._subclause = 0
        self.within = str(self._clause)
        return self.within

    def subclause(self) -> str:
        """The number of the next sub-clause, or of the next paragraph where clauses have none."""
        self._subclause += 1
        self.within = f"{self._clause}.{self._subclause}" if self._clause else f"{self._subclause}"
        return self.within

    def name(self, anchor: str, number: str) -> bool:
        """Whether the anchor could be given to the number: it has one, and the name is new."""
        if not number or anchor in self.names:
            return False
        self.names[anchor] = number
        return True


def letter(count: int) -> str:
    """The label of a point by letters: (a) to (z), then (aa)."""
    tail = ""
    while count > 0:
        count, place = divmod(count - 1, 26)
        tail = chr(ord("a") + place) + tail
    return f"({tail})"


def roman(count: int) -> str:
    """The label of a point within a point: (i), (ii)."""
    return f"({_ROMAN[count - 1] if count <= len(_ROMAN) else count})"


def referred(blocks: tuple[Block, ...], numbering: Numbering) -> tuple[tuple[Block, ...], list[str]]:
    """The blocks with each reference given its number, and the names that nothing bears."""
    resolver = _Resolver(numbering.names)
    return tuple(resolver.block(block) for block in blocks), list(dict.fromkeys(resolver.unknown))


class _Resolver:
    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        self.unknown: list[str] = []

    def block(self, block: Block) -> Block:
        match block:
            case Title() | Heading() | Paragraph():
                return block._replace(spans=self._spans(block.spans))
            case Quote() | Box():
                return block._replace(blocks=tuple(self.block(each) for each in block.blocks))
            case Items():
                return self._items(block)
            case Table():
                rows = tuple(tuple(self._spans(cell) for cell in row) for row in block.rows)
                return block._replace(head=tuple(self._spans(cell) for cell in block.head), rows=rows)
            case Signatures():
                return Signatures(tuple(self._signature(each) for each in block.signatures))
            case _:
                return block

    def _items(self, items: Items) -> Items:
        return items._replace(items=tuple(self._item(item) for item in items.items))

    def _item(self, item: Item) -> Item:
        return item._replace(
            spans=self._spans(item.spans), within=tuple(self._items(each) for each in item.within)
        )

    def _signature(self, signature: Signature) -> Signature:
        lines = tuple(Line(line.key, self._spans(line.spans)) for line in signature.lines)
        return signature._replace(lines=lines)

    def _spans(self, spans: Spans) -> Spans:
        if not any(span.ref for span in spans):
            return spans
        return tuple(self._span(span) if span.ref else span for span in spans)

    def _span(self, span: Span) -> Span:
        if span.ref not in self._names:
            self.unknown.append(span.ref)
        return span._replace(text=self._names.get(span.ref, "?"))
