"""Lists of points: bullets, letters in a numbered paper, numbers; points within points by their indent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from complianceai.drafting.lines import Numbered
from complianceai.drafting.numbering import Numbering, letter, roman
from complianceai.drafting.paper import Item, Items, Marks
from complianceai.drafting.spans import spans_of

_ITEM = re.compile(r"(\s*)(-|\d{1,3}\.)[ \t]+(.*)")
_ANCHOR = re.compile(r"[ \t]*(?<!\\)\{#([a-z][a-z0-9_-]*)\}$")
DEEPEST = 4


def is_item(text: str) -> bool:
    """Whether a line begins a point of a list."""
    return _ITEM.match(text) is not None


def read_items(lines: Sequence[Numbered], numbering: Numbering) -> tuple[int, Items]:
    """How many lines the list takes that begins with the first one, and the list."""
    return _read(lines, 0, numbering, 0)


def _read(lines: Sequence[Numbered], start: int, numbering: Numbering, depth: int) -> tuple[int, Items]:
    """The line after the list (counted from the first of all lines), and the list."""
    first = _ITEM.match(lines[start].text)
    assert first is not None  # noqa: S101 - whoever calls has looked
    indent, ordered = len(first[1]), first[2] != "-"
    marks = _marks(numbering, depth, ordered=ordered)
    items: list[Item] = []
    at = start
    while at < len(lines):
        found = _ITEM.match(lines[at].text)
        if found is None or len(found[1]) < indent or (found[2] != "-") != ordered:
            break
        at, item = _item(lines, at, numbering, depth, _label(marks, len(items) + 1, found[2]))
        items.append(item)
        # Blank lines between two points are no end.
        ahead = _past_blank(lines, at)
        if ahead < len(lines) and is_item(lines[ahead].text):
            at = ahead
    return at, Items(marks, tuple(items))


def _item(
    lines: Sequence[Numbered], at: int, numbering: Numbering, depth: int, label: str
) -> tuple[int, Item]:
    found = _ITEM.match(lines[at].text)
    assert found is not None  # noqa: S101 - whoever calls has looked
    indent, words = len(found[1]), [found[3]]
    at += 1
    while at < len(lines) and lines[at].text.startswith(" " * (indent + 2)) and not is_item(lines[at].text):
        words.append(lines[at].text.strip())
        at += 1
    text = "\n".join(words)
    anchored = _ANCHOR.search(text)
    anchor = anchored[1] if anchored else ""
    if anchored:
        text = text[: anchored.start()]
        numbering.name(anchor, f"{numbering.within}{label}" if label.startswith("(") else label.rstrip("."))
    within: list[Items] = []
    while depth < DEEPEST:
        ahead = _past_blank(lines, at)
        inner = _ITEM.match(lines[ahead].text) if ahead < len(lines) else None
        if inner is None or len(inner[1]) < indent + 2:
            break
        at, deeper = _read(lines, ahead, numbering, depth + 1)
        within.append(deeper)
    return at, Item(label, spans_of(text), tuple(within), anchor)


def _past_blank(lines: Sequence[Numbered], at: int) -> int:
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    return at


def _marks(numbering: Numbering, depth: int, *, ordered: bool) -> Marks:
    if ordered:
        return "number"
    if not numbering.numbered:
        return "bullet"
    return "roman" if depth % 2 else "letter"


def _label(marks: Marks, count: int, written: str) -> str:
    match marks:
        case "number":
            # As it is written: a list may go on where another one ended.
            return written
        case "letter":
            return letter(count)
        case "roman":
            return roman(count)
        case _:
            return ""
