"""From marked-up text to a paper: blocks, numbers, references; what is wrong is said by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from complianceai.drafting.errors import FaultyText, MarkupFault
from complianceai.drafting.lines import Numbered, lines_of
from complianceai.drafting.listing import is_item, read_items
from complianceai.drafting.numbering import Numbering, referred
from complianceai.drafting.paper import (
    Block,
    Box,
    Heading,
    Line,
    PageBreak,
    Paper,
    Paragraph,
    Quote,
    Rule,
    Signature,
    Signatures,
    Title,
)  # fmt: skip
from complianceai.drafting.spans import spans_of
from complianceai.drafting.tabling import is_table, read_table

BOXES = ("letterhead", "right", "centre", "keep")
SIGNATURES = ("signature", "witness")
MOST_LINES = 20_000
MOST_CHARACTERS = 500_000
MOST_MARKS = 40_000
MOST_MARKS_A_LINE = 1000
LONGEST_LINE = 20_000
DEEPEST = 6
_HEADING = re.compile(r"(#{1,3})[ \t]+(.*)")
_ANCHOR = re.compile(r"[ \t]*(?<!\\)\{#([a-z][a-z0-9_-]*)\}$")
_FENCE = re.compile(r":::[ \t]*([a-z]*)[ \t]*$")
_SUBCLAUSE = re.compile(r"\(#\)[ \t]*")
_REFERS_TO_NOTHING = "[[{name}]] refers to nothing; name a clause by {{#{name}}} at its end"


def read(text: str, numbered: bool) -> Paper:  # noqa: FBT001 - the one question there is
    """The paper that a text is.

    Errors: FaultyText, with every fault by line.
    """
    paper, faults = read_leniently(text, numbered=numbered)
    if faults:
        raise FaultyText(faults)
    return paper


def read_leniently(text: str, *, numbered: bool) -> tuple[Paper, tuple[MarkupFault, ...]]:
    """The paper as far as it can be read, and what is wrong with the text."""
    lines = lines_of(text)
    if large := _too_large(text, lines):
        return Paper((), numbered), (large,)
    reader = _Reader(numbered=numbered)
    reader.closings = _closings(lines)
    blocks = tuple(reader.blocks(lines))
    blocks, unknown = referred(blocks, reader.numbering)
    missing = [MarkupFault(_line_with(lines, name), _REFERS_TO_NOTHING.format(name=name)) for name in unknown]
    return Paper(blocks, numbered), tuple(sorted([*reader.faults, *missing]))


def _too_large(text: str, lines: list[Numbered]) -> MarkupFault | None:
    """What passes a limit: a paper is read and set in seconds, whatever somebody pastes."""
    if len(lines) > MOST_LINES:
        return MarkupFault(MOST_LINES, f"a paper has at most {MOST_LINES:,} lines")
    if len(text) > MOST_CHARACTERS:
        return MarkupFault(1, f"a paper has at most {MOST_CHARACTERS:,} characters")
    if _marks(text) > MOST_MARKS:
        return MarkupFault(1, f"a paper has at most {MOST_MARKS:,} marks (*, [, | and such)")
    if busy := next((line for line in lines if _marks(line.text) > MOST_MARKS_A_LINE), None):
        return MarkupFault(busy.number, f"a line has at most {MOST_MARKS_A_LINE:,} marks (*, [, | and such)")
    if long := next((line for line in lines if len(line.text) > LONGEST_LINE), None):
        return MarkupFault(
            long.number, f"a line has at most {LONGEST_LINE:,} characters; begin a new paragraph"
        )
    return None


def _marks(text: str) -> int:
    return sum(map(text.count, "*[\\|"))


def _line_with(lines: list[Numbered], name: str) -> int:
    return next((line.number for line in lines if f"[[{name}]]" in line.text), 1)


class _Reader:
    def __init__(self, *, numbered: bool) -> None:
        self.numbering = Numbering(numbered=numbered)
        self.faults: list[MarkupFault] = []
        self.closings: dict[int, int] = {}
        self._depth = 0
        self._titled = False
        self._level = 1

    def blocks(self, lines: list[Numbered]) -> Iterator[Block]:
        """The blocks of these lines, in order."""
        if self._depth >= DEEPEST:
            self.faults.append(
                MarkupFault(lines[0].number, f"blocks stand at most {DEEPEST} deep in one another")
            )
            return
        self._depth += 1
        rest = lines
        while rest:
            if not rest[0].text.strip():
                rest = rest[1:]
                continue
            taken, block = self._next(rest)
            rest = rest[taken:]
            if block is not None:
                yield block
        self._depth -= 1

    def _next(self, lines: list[Numbered]) -> tuple[int, Block | None]:
        """How many lines the next block takes, and the block."""
        line, text = lines[0]
        if text.startswith(":::"):
            return self._fence(lines)
        if heading := _HEADING.match(text):
            return 1, self._heading(line, len(heading[1]), heading[2])
        if re.fullmatch(r"-{3,}", text):
            return 1, Rule()
        if text.startswith(">"):
            return self._quote(lines)
        if is_table(lines):
            taken = _while(lines, lambda each: each.startswith("|"))
            table, faults = read_table(lines[:taken])
            self.faults += faults
            return taken, table
        if is_item(text):
            return read_items(lines, self.numbering)
        return self._paragraph(lines)

    def _heading(self, line: int, level: int, text: str) -> Block:
        text, anchor = _anchored(text)
        if level == 1:
            if self._titled:
                self.faults.append(MarkupFault(line, "a paper has one title (#); write ## for a heading"))
            self._titled = True
            return Title(spans_of(text))
        number = self.numbering.clause() if level == 2 else ""
        self._name(line, anchor, number)
        # Whoever hears a paper read out is told of no level that was left out.
        self._level = min(level, self._level + 1)
        return Heading(self._level, number, spans_of(text), anchor)

    def _name(self, line: int, anchor: str, number: str) -> None:
        if anchor and not self.numbering.name(anchor, number):
            self.faults.append(
                MarkupFault(line, f"{{#{anchor}}} cannot be referred to: it stands twice, or has no number")
            )

    def _paragraph(self, lines: list[Numbered]) -> tuple[int, Block]:
        taken = 1 + _while(lines[1:], lambda each: bool(each.strip()) and not _begins(each))
        text, anchor = _anchored("\n".join(each.text.strip() for each in lines[:taken]))
        number = ""
        if found := _SUBCLAUSE.match(text):
            text, number = text[found.end() :], self.numbering.subclause()
        self._name(lines[0].number, anchor, number)
        return taken, Paragraph(spans_of(text), number, anchor)

    def _quote(self, lines: list[Numbered]) -> tuple[int, Block]:
        taken = _while(lines, lambda each: each.startswith(">"))
        inner = [Numbered(each.number, each.text[1:].removeprefix(" ")) for each in lines[:taken]]
        self.closings |= _closings(inner)
        return taken, Quote(tuple(self.blocks(inner)))

    def _fence(self, lines: list[Numbered]) -> tuple[int, Block | None]:
        line, text = lines[0]
        found = _FENCE.match(text)
        kind = found[1] if found else text
        if kind == "pagebreak":
            closed = len(lines) > 1 and lines[1].text == ":::"
            return 1 + closed, PageBreak()
        if not kind:
            self.faults.append(MarkupFault(line, "this ::: closes nothing"))
            return 1, None
        if kind not in (*BOXES, *SIGNATURES):
            known = ", ".join((*BOXES, *SIGNATURES, "pagebreak"))
            self.faults.append(MarkupFault(line, f"no block is called {kind!r}; there are {known}"))
            return 1, None
        if (end := self._end(lines)) is None:
            self.faults.append(MarkupFault(line, f"this :::{kind} is never closed by a line of :::"))
            return 1, None
        if kind in SIGNATURES:
            return self._signatures(lines)
        # A block of these kinds holds others; the closing line of its own belongs to it.
        inner = tuple(self.blocks(lines[1:end]))
        return end + 1, Box(kind, inner)  # type: ignore[arg-type]

    def _end(self, lines: list[Numbered]) -> int | None:
        """How many lines further the block is closed that the first line opens."""
        closing = self.closings.get(lines[0].number)
        # A block within a quotation, or within another block, ends where that does.
        return closing - lines[0].number if closing and closing - lines[0].number < len(lines) else None

    def _signatures(self, lines: list[Numbered]) -> tuple[int, Block]:
        """All places to sign that follow one another, blank lines between them left out."""
        found: list[Signature] = []
        at = 0
        while at < len(lines):
            fence = _FENCE.match(lines[at].text)
            end = self._end(lines[at:]) if fence and fence[1] in SIGNATURES else None
            if fence is None or end is None:
                break
            inner = lines[at + 1 : at + end]
            found.append(Signature(tuple(self._signed(inner)), fence[1] == "witness"))
            at += end + 1
            blank = _while(lines[at:], lambda each: not each.strip())
            if at + blank < len(lines) and lines[at + blank].text.startswith(":::"):
                at += blank
        return at, Signatures(tuple(found))

    def _signed(self, lines: list[Numbered]) -> Iterator[Line]:
        for line in lines:
            key, colon, value = line.text.strip().partition(":")
            if colon:
                yield Line(key.strip(), spans_of(value.strip()))
            elif key:
                self.faults.append(MarkupFault(line.number, "a line of a signature reads `name: words`"))


def _closings(lines: list[Numbered]) -> dict[int, int]:
    """The line that closes each block, by the line that opens it; one that is never closed is missing."""
    open_at: list[int] = []
    found: dict[int, int] = {}
    for line in lines:
        if not line.text.startswith(":::") or (fence := _FENCE.match(line.text)) is None:
            continue
        if not fence[1]:
            if open_at:
                found[open_at.pop()] = line.number
        elif fence[1] != "pagebreak":
            open_at.append(line.number)
    return found


def _begins(text: str) -> bool:
    """Whether a line begins a block even without a blank line before it."""
    starts = text.startswith((":::", ">", "|", "(#)")) or _HEADING.match(text) is not None
    return (
        starts
        or (is_item(text) and not re.match(r"\s*(?!1\.)\d", text))
        or re.fullmatch(r"-{3,}", text) is not None
    )


def _anchored(text: str) -> tuple[str, str]:
    found = _ANCHOR.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def _while(lines: list[Numbered], holds: Callable[[str], bool]) -> int:
    count = 0
    for line in lines:
        if not holds(line.text):
            break
        count += 1
    return count
