"""A model's text in sentences, each with the ids that it cites, also while the text is still coming."""

from __future__ import annotations

import re
from typing import NamedTuple

_MARK = re.compile(r"\s*[\[【]\s*(?P<ids>[A-Za-z0-9][\w.-]*(?:\s*[,;]\s*[A-Za-z0-9][\w.-]*)*)\s*[\]】](?!\()")
_END = re.compile(
    r"(?P<stop>[!?।]+|(?<!\.)\.(?!\w))(?P<after>[\"')\u201d\u2019]*(?:\s*[\[【][^\]】\n]*[\]】]\.?)*)(?=\s+[^\s\[【]|\s*\n)|\n+"
)
_SHORT = re.compile(
    r"(?:\b(?:rs|no|nos|sec|secs|s|ss|art|cl|dt|vs|v|e\.g|i\.e|viz|ltd|pvt|co|approx|max|min|st|fig|para|reg|u/s|cr|mr|ms|dr|p\.a|"
    r"g\.s\.r|s\.o|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)|^\s*(?:\d{1,2}|[a-z]))$|रु$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u2013]\s+|\(?\d{1,2}[.)]\s+|#{1,6}\s+)")


class Cited(NamedTuple):
    """One sentence as it will be read, and the ids that it cites."""

    text: str
    ids: tuple[str, ...]


def take_sentences(text: str) -> tuple[list[Cited], str]:
    """The sentences of a text that are whole, and the rest, which may go on."""
    found, start = [], 0
    for match in _END.finditer(text):
        if match["stop"] == "." and _SHORT.search(text[start : match.start()]):
            continue
        found.append(cited(text[start : match.end()]))
        start = match.end()
    return [each for each in found if each.text], text[start:]


def sentences_of(text: str) -> list[Cited]:
    """Every sentence of a text that is at its end."""
    whole, rest = take_sentences(text)
    last = cited(rest)
    return [*whole, last] if last.text or last.ids else whole


def cited(text: str) -> Cited:
    """The sentence without its marks, and what they cite."""
    ids = [each for found in _MARK.finditer(text) for each in re.split(r"\s*[,;]\s*", found["ids"])]
    words = re.sub(r"\s+([.,;:!?।])", r"\1", _BULLET.sub("", _MARK.sub("", text))).strip()
    words = re.sub(r"([.!?।])\.$", r"\1", words)
    return Cited("" if not re.search(r"\w", words) else words, tuple(dict.fromkeys(ids)))
