"""What is wrong with a text that somebody wrote as a template, by line, before anybody fills it in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from complianceai.drafting.environment import compiled
from complianceai.drafting.errors import FaultyText, MarkupFault
from complianceai.drafting.lines import lines_of

MOST_CHARACTERS = 200_000
_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")
_IMAGE = re.compile(r"!\[[^\]]*\]\(")
_LINK = re.compile(r"(?<!!)\[[^\[\]]+\]\([^)]*\)")
_COMMENT = re.compile(r"\{#[ \t]")
_FENCES = re.compile(r"^\s+:::")


def lint(text: str) -> tuple[MarkupFault, ...]:
    """Every fault that can be told from the text alone, in order of line."""
    if len(text) > MOST_CHARACTERS:
        return (MarkupFault(1, f"a template has at most {MOST_CHARACTERS:,} characters"),)
    faults = [*_of_lines(text)]
    try:
        compiled(text, "en")
    except FaultyText as error:
        faults += error.faults
    return tuple(sorted(faults))


def _of_lines(text: str) -> Iterator[MarkupFault]:
    for line in lines_of(text):
        for pattern, says in _RULES:
            if pattern.search(line.text):
                yield MarkupFault(line.number, says)


_RULES = (
    (_HTML, "HTML is not read; write ** for bold and * for italic"),
    (_IMAGE, "a paper holds no pictures"),
    (_LINK, "a paper holds no links; write the address as words"),
    (_COMMENT, "a comment is written {## so ##}; {#name} names a clause"),
    (_FENCES, "a block begins at the start of its line: :::"),
)
