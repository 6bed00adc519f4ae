"""A text as lines that know where they stand, so that faults are said by line."""

from __future__ import annotations

from typing import NamedTuple


class Numbered(NamedTuple):
    """One line of a text and where it stands, from 1."""

    number: int
    text: str


def lines_of(text: str) -> list[Numbered]:
    """The lines of a text, without what is blank at their ends."""
    return [Numbered(number, line.rstrip()) for number, line in enumerate(text.splitlines(), 1)]
