"""Two versions of a text as a redline in words: what went, what came, and all that stayed."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from complianceai.drafting.reading import read_leniently
from complianceai.drafting.rows import Kind, Row, Token, rows_of

Change = Literal["same", "removed", "added"]
# From this share of common words on, a paragraph is the old one changed, and not another.
ALIKE = 0.35
# So many pairs of paragraphs are weighed where a whole stretch was rewritten.
MOST_PAIRS = 60_000
# Between two changes, so few letters in common are chance.
CHANCE = 3


class Piece(NamedTuple):
    """Words of one look and one fate."""

    change: Change
    text: str
    bold: bool = False
    italic: bool = False


class RedRow(NamedTuple):
    """A paragraph of either version; `change` is that of the paragraph itself."""

    kind: Kind
    depth: int
    change: Change
    pieces: tuple[Piece, ...]


class Redline(NamedTuple):
    """A comparison; words are counted, blanks and marks are not."""

    rows: tuple[RedRow, ...]
    language: str
    added: int
    removed: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return all(
            row.change == "same" and all(piece.change == "same" for piece in row.pieces) for row in self.rows
        )

    def accepted(self) -> list[str]:
        """The paragraphs with every change accepted: the new version."""
        return self._without("removed")

    def rejected(self) -> list[str]:
        """The paragraphs with every change rejected: the old version."""
        return self._without("added")

    def _without(self, change: Change) -> list[str]:
        return [
            "".join(piece.text for piece in row.pieces if piece.change != change)
            for row in self.rows
            if row.change != change
        ]


def compare(old_text: str, new_text: str, *, numbered: bool = False, language: str = "en") -> Redline:
    """What became of a text; one that is no sound paper is compared as far as it can be read."""
    old, new = (
        rows_of(read_leniently(text, numbered=numbered)[0], language) for text in (old_text, new_text)
    )
    rows = tuple(_rows(old, new))
    return Redline(rows, language, _words(rows, "added"), _words(rows, "removed"))


def _rows(old: list[Row], new: list[Row]) -> Iterator[RedRow]:
    for is_same, before, after in _stretches(old, new):
        if is_same:
            yield from (_whole(row, "same") for row in after)
        else:
            yield from _rewritten(before, after)


def _stretches(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[bool, Sequence[Row], Sequence[Row]]]:
    """Whether a stretch stayed, and what it was and is."""
    for same, i, j, k, m in _opcodes(old, new):
        yield same, old[i:j], new[k:m]


def _opcodes(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[bool, int, int, int, int]]:
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - only where versions are compared

    # Numbers for what is compared: equal things by equality, never by chance of a hash.
    numbers: dict[Hashable, int] = {}
    one, other = ([numbers.setdefault(each, len(numbers)) for each in side] for side in (old, new))
    # What went and what came in one place is one stretch.
    for same, codes in groupby(LCSseq.opcodes(one, other), lambda code: code.tag == "equal"):
        run = list(codes)
        yield same, run[0].src_start, run[-1].src_end, run[0].dest_start, run[-1].dest_end


def _rewritten(old: Sequence[Row], new: Sequence[Row]) -> Iterator[RedRow]:
    at_old = at_new = 0
    for i, j in (*_pairs(old, new), (len(old), len(new))):
        yield from (_whole(row, "removed") for row in old[at_old:i])
        yield from (_whole(row, "added") for row in new[at_new:j])
        if i < len(old) and j < len(new):
            yield _changed(old[i], new[j])
        at_old, at_new = i + 1, j + 1


def _pairs(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[int, int]]:
    """Which old paragraph became which new one, in order, so that as much as can be is alike."""
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return []
    olds, news = ([_said(row) for row in side] for side in (old, new))
    width = len(new) + 1
    best = [[0.0] * width for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            skip = max(best[i + 1][j], best[i][j + 1])
            alike = _alike(olds[i], news[j]) if old[i].kind == new[j].kind else 0.0
            best[i][j] = max(skip, alike + best[i + 1][j + 1]) if alike >= ALIKE else skip
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1
    return found


def _said(row: Row) -> frozenset[str]:
    """The words of a row; its number says nothing of what it is, unless there is nothing else."""
    words = frozenset(token.text for token in row.tokens if token.text[0].isalpha())
    return words or frozenset(token.text for token in row.tokens)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _whole(row: Row, change: Change) -> RedRow:
    return RedRow(
        row.kind, row.depth, change, tuple(_joined([Piece(change, *token) for token in row.tokens]))
    )


def _changed(old: Row, new: Row) -> RedRow:
    pieces: list[Piece] = []
    for same, i, j, k, m in _settled(list(_opcodes(old.tokens, new.tokens)), old.tokens):
        if same:
            pieces += [Piece("same", *token) for token in new.tokens[k:m]]
        else:
            pieces += [Piece("removed", *token) for token in old.tokens[i:j]]
            pieces += [Piece("added", *token) for token in new.tokens[k:m]]
    return RedRow(new.kind, new.depth, "same", tuple(_joined(pieces)))


def _settled(
    codes: list[tuple[bool, int, int, int, int]], tokens: Sequence[Token]
) -> Iterator[tuple[bool, int, int, int, int]]:
    """The stretches, those that are alike by chance between two changes made part of the change."""
    pending: tuple[int, int, int, int] | None = None
    for at, (same, i, j, k, m) in enumerate(codes):
        common = sum(len(token.text.strip()) for token in tokens[i:j])
        is_chance = same and 0 < at < len(codes) - 1 and common <= CHANCE
        if same and not is_chance:
            if pending:
                yield False, *pending
            pending = None
            yield True, i, j, k, m
        else:
            pending = (pending[0], j, pending[2], m) if pending else (i, j, k, m)
    if pending:
        yield False, *pending


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces, neighbours of one fate and one look made one."""
    held: Piece | None = None
    for piece in pieces:
        if held and (held.change, *held[2:]) == (piece.change, *piece[2:]):
            held = held._replace(text=held.text + piece.text)
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def _words(rows: tuple[RedRow, ...], change: Change) -> int:
    return sum(len(piece.text.split()) for row in rows for piece in row.pieces if piece.change == change)
