"""A paper as blocks, the same for every way of writing it down; numbers and references are settled already."""

from __future__ import annotations

from typing import Literal, NamedTuple

Align = Literal["left", "right", "centre"]
Marks = Literal["letter", "roman", "number", "bullet"]


class Span(NamedTuple):
    """Words of one look, or a break of the line; `ref` is the anchor of a reference, whose number is the text."""

    text: str
    bold: bool = False
    italic: bool = False
    ref: str = ""


Spans = tuple[Span, ...]


class Title(NamedTuple):
    """What the paper is called, centred."""

    spans: Spans


class Heading(NamedTuple):
    """A heading; `number` is its clause ("4"), or empty."""

    level: int
    number: str
    spans: Spans
    anchor: str = ""


class Paragraph(NamedTuple):
    """A paragraph; `number` is its sub-clause ("4.2"), or empty."""

    spans: Spans
    number: str = ""
    anchor: str = ""


class Item(NamedTuple):
    """One point of a list, its label as it is read ("(a)", "1.", or empty for a bullet), and the list within it."""

    label: str
    spans: Spans
    within: tuple[Items, ...] = ()
    anchor: str = ""


class Items(NamedTuple):
    """A list of points."""

    marks: Marks
    items: tuple[Item, ...]


class Quote(NamedTuple):
    """Words set in: the text of a resolution."""

    blocks: tuple[Block, ...]


class Table(NamedTuple):
    """A table; each row has as many cells as the head."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    aligns: tuple[Align, ...]


class Rule(NamedTuple):
    """A line across the page."""

    kind: Literal["rule"] = "rule"


class PageBreak(NamedTuple):
    """What follows begins a page."""

    kind: Literal["pagebreak"] = "pagebreak"


class Line(NamedTuple):
    """One line of a signature: a known key or the label as somebody wrote it, and its words (none: to be filled in)."""

    key: str
    spans: Spans


class Signature(NamedTuple):
    """Where one person signs."""

    lines: tuple[Line, ...]
    is_witness: bool = False


class Signatures(NamedTuple):
    """Places to sign, side by side, two a row."""

    signatures: tuple[Signature, ...]


class Box(NamedTuple):
    """Blocks that stand together in one way."""

    kind: Literal["letterhead", "right", "centre", "keep"]
    blocks: tuple[Block, ...]


Block = Title | Heading | Paragraph | Items | Quote | Table | Rule | PageBreak | Signatures | Box


class Paper(NamedTuple):
    """A paper, block by block."""

    blocks: tuple[Block, ...]
    numbered: bool

    @property
    def title(self) -> str:
        """The words of its title, or nothing."""
        for block in self.blocks:
            if isinstance(block, Title):
                return plain(block.spans)
        return ""


# Labels of the lines of a signature, in each language.
SIGNATURE_LABELS = {
    "for": {"en": "For", "hi": "की ओर से"},
    "name": {"en": "Name", "hi": "नाम"},
    "designation": {"en": "Designation", "hi": "पदनाम"},
    "din": {"en": "DIN", "hi": "डीआईएन"},
    "pan": {"en": "PAN", "hi": "पैन"},
    "membership": {"en": "Membership no.", "hi": "सदस्यता सं."},
    "address": {"en": "Address", "hi": "पता"},
    "email": {"en": "E-mail", "hi": "ईमेल"},
    "phone": {"en": "Phone", "hi": "फ़ोन"},
    "date": {"en": "Date", "hi": "दिनांक"},
    "place": {"en": "Place", "hi": "स्थान"},
}
REFERENCE_WORDS = {"en": "clause", "hi": "खंड"}
WITNESS_WORDS = {"en": "Witness", "hi": "साक्षी"}
SIGNATURE_WORDS = {"en": "Signature", "hi": "हस्ताक्षर"}


def plain(spans: Spans, language: str = "en") -> str:
    """The words alone, references spelt out."""
    return "".join(said(span, language) for span in spans)


def said(span: Span, language: str) -> str:
    """The words of one span as they are read: a reference with its noun before the number."""
    return f"{REFERENCE_WORDS[language]} {span.text}" if span.ref else span.text
