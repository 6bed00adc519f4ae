"""A paper as rows of words, for comparing: each block one row, its number and its marks among the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from complianceai.drafting.paper import (
    SIGNATURE_LABELS,
    SIGNATURE_WORDS,
    WITNESS_WORDS,
    Block,
    Box,
    Heading,
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

Kind = Literal[
    "title", "heading", "subheading", "clause", "paragraph", "point", "quote", "cells", "sign", "rule", "page"
]
# A word with the signs that belong to it (those of Devanagari are no letters to `\w`), blanks, or one mark.
_WORD = re.compile("[\\w\u0900-\u0963\u0966-\u097f\u200c\u200d]+|\\s+|.", re.DOTALL)
_BULLET = "\u2022"
_RULE = "\u2014\u2014\u2014"


class Token(NamedTuple):
    """One word, blank or mark, and its look."""

    text: str
    bold: bool = False
    italic: bool = False


class Row(NamedTuple):
    """One block's words; `depth` is how far it is set in."""

    kind: Kind
    depth: int
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(token.text for token in self.tokens)


def rows_of(paper: Paper, language: str) -> list[Row]:
    """The rows of a paper, in order."""
    return [row for block in paper.blocks for row in _rows(block, language)]


def _rows(block: Block, language: str) -> Iterator[Row]:
    match block:
        case Title():
            yield Row("title", 0, _tokens(block.spans, language))
        case Heading():
            number = f"{block.number}." if block.number else ""
            yield _numbered("heading" if block.level == 2 else "subheading", number, block.spans, language)
        case Paragraph() if block.number:
            number = block.number if "." in block.number else f"{block.number}."
            yield _numbered("clause", number, block.spans, language)
        case Paragraph():
            yield Row("paragraph", 0, _tokens(block.spans, language))
        case Items():
            yield from _points(block, 1, language)
        case Quote() | Box():
            for each in block.blocks:
                for row in _rows(each, language):
                    is_quote = isinstance(block, Quote) and row.kind == "paragraph"
                    yield row._replace(kind="quote", depth=1) if is_quote else row
        case Table():
            for cells in (block.head, *block.rows):
                yield Row("cells", 0, _cells(cells, language))
        case Signatures():
            for signature in block.signatures:
                yield from _signature(signature, language)
        case Rule():
            yield Row("rule", 0, (Token(_RULE),))
        case PageBreak():
            yield Row("page", 0, (Token(_RULE),))


def _numbered(kind: Kind, number: str, spans: Spans, language: str) -> Row:
    label = (Token(number), Token("\t")) if number else ()
    return Row(kind, 0, (*label, *_tokens(spans, language)))


def _points(items: Items, depth: int, language: str) -> Iterator[Row]:
    for item in items.items:
        label = (Token(item.label or _BULLET), Token("\t"))
        yield Row("point", depth, (*label, *_tokens(item.spans, language)))
        for each in item.within:
            yield from _points(each, depth + 1, language)


def _cells(cells: tuple[Spans, ...], language: str) -> tuple[Token, ...]:
    tokens: list[Token] = []
    for cell in cells:
        tokens += [*([Token("\t")] if tokens else []), *_tokens(cell or (Span("-"),), language)]
    return tuple(tokens)


def _signature(signature: Signature, language: str) -> Iterator[Row]:
    words = WITNESS_WORDS if signature.is_witness else SIGNATURE_WORDS
    yield Row("sign", 0, (Token(words[language]),))
    for line in signature.lines:
        label = SIGNATURE_LABELS.get(line.key, {}).get(language, line.key)
        yield Row("sign", 0, _tokens((Span(f"{label}: "), *line.spans), language))


def _tokens(spans: Spans, language: str) -> tuple[Token, ...]:
    return tuple(
        Token(word, span.bold, span.italic) for span in spans for word in _WORD.findall(said(span, language))
    )
