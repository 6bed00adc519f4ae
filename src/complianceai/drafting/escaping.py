"""Answers stay words: whatever somebody types, it never becomes a heading, a list or a table of the paper.

Inside the template each character that the markup knows is held as a stand-in from a private area of Unicode, so that
filters and joins keep it; afterwards it is written plainly, or escaped where it would mean something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

# Always escaped; the underscore and the dot are harmless but at the start of a line.
_ALWAYS = "\\*[]|{}"
_AT_START = "#>-:(."
_NEWLINE = "\n"
_OFFSET = 0xE000
_OUT = {ord(each): chr(_OFFSET + ord(each)) for each in _ALWAYS + _AT_START + _NEWLINE}
_BACK = {ord(held): chr(plain) for plain, held in _OUT.items()}
_HELD = re.compile(f"[{''.join(_OUT.values())}]")
_HELD_NEWLINES = re.compile(f"[ \t]*(?:{_OUT[ord(_NEWLINE)]}[ \t]*)+")
_PRIVATE = dict.fromkeys(range(57344, 57600))
# Before these a line has said nothing yet: indents, and the marks that open quotes and points.
_OPENING = re.compile(r"[\s>]*(?:(?:-|\d{1,3}\.)[ \t]+)?")
_ONE_LINE = re.compile(r"\A[ \t]*(?:\||#|[A-Za-z_ ]{1,40}:[ \t])")


class Record(dict[str, Any]):
    """A person, a row or the company: its fields before the methods of a dictionary (`row.items` is the column)."""


def held(value: Any) -> Any:
    """The value with each mark in its texts held by a stand-in."""
    if isinstance(value, str):
        return value.translate(_PRIVATE).replace("\r\n", "\n").replace("\r", "\n").translate(_OUT)
    if isinstance(value, Mapping):
        return Record({key: held(each) for key, each in value.items()})
    if isinstance(value, list | tuple):
        return [held(each) for each in value]
    if isinstance(value, bool | int | Decimal | date) or value is None:
        return value
    return held(str(value))


def released(text: str) -> str:
    """The text with every stand-in written as what it stands for."""
    if not _HELD.search(text):
        return text
    fenced = False
    lines = []
    for line in text.split("\n"):
        fenced = line.startswith((":::signature", ":::witness")) or (fenced and not line.startswith(":::"))
        lines.append(_line(line, fenced=fenced) if _HELD.search(line) else line)
    return "\n".join(lines)


def _line(line: str, *, fenced: bool) -> str:
    newline = _OUT[ord(_NEWLINE)]
    if fenced or line.lstrip().startswith(("|", "#")):
        line = _HELD_NEWLINES.sub(", ", line).replace(",, ", ", ")
    opening = _OPENING.match(line)
    prefix = opening[0] if opening else ""
    # The prefix is the template's own: `> ` goes before each line of a quotation, a point's lines are set in.
    carried = re.sub(r"[-\d.]", " ", prefix)
    pieces = [_escaped(piece.strip()) for piece in re.split(f"{newline}+", line[len(prefix) :])]
    kept = [piece for piece in pieces if piece]
    return prefix + f"\\\n{carried}".join(kept)


def _escaped(piece: str) -> str:
    """One line of words: held marks that mean something anywhere are escaped, the others at its start alone."""
    start = re.match(rf"(?:\d*)([{''.join(_OUT[ord(each)] for each in _AT_START)}])", piece)
    out = []
    for at, each in enumerate(piece):
        plain = _BACK.get(ord(each))
        if plain is None:
            out.append(each)
        elif plain in _ALWAYS or (start is not None and at == start.start(1)):
            out.append(f"\\{plain}")
        else:
            out.append(plain)
    return "".join(out)
