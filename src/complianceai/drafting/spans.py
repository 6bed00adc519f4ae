"""The words inside a block: bold, italic, references and breaks, as markdown-it reads them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from complianceai.drafting.paper import Span, Spans

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_REFERENCE = re.compile(r"\[\[([a-z][a-z0-9\ue05f-]*)\]\]")
# Blanks to be filled in by hand are written ____; an underscore is never a mark here.
_UNDERSCORE = "\ue05f"


def spans_of(text: str) -> Spans:
    """The text of a block as spans of one look each; the text of a reference is still empty."""
    if not text:
        return ()
    # Nearly all words of a contract are plain: those without a mark need no parser.
    if not any(mark in text for mark in "*\\["):
        return (Span(text.replace("\n", " ")),)
    (inline,) = _parser().parseInline(text.replace("_", _UNDERSCORE))
    return _joined(_walk(inline.children or []))


def _walk(tokens: list[Token]) -> list[Span]:
    found: list[Span] = []
    bold = italic = 0
    for token in tokens:
        match token.type:
            case "strong_open":
                bold += 1
            case "strong_close":
                bold -= 1
            case "em_open":
                italic += 1
            case "em_close":
                italic -= 1
            case "hardbreak":
                found.append(Span("\n"))
            case "softbreak":
                found.append(Span(" ", bool(bold), bool(italic)))
            case "reference":
                found.append(Span("", bool(bold), bool(italic), token.content))
            case _:
                text = token.content.replace(_UNDERSCORE, "_")
                found.append(Span(text, bool(bold), bool(italic)))
    return found


def _joined(spans: list[Span]) -> Spans:
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else None
        if not span.text and not span.ref:
            continue
        if before and before[1:] == span[1:] and not span.ref and "\n" not in (span.text, before.text):
            joined[-1] = before._replace(text=before.text + span.text)
        else:
            joined.append(span)
    return tuple(joined)


def _reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the shape that markdown-it calls
    found = _REFERENCE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("reference", "", 0).content = found[1].replace(_UNDERSCORE, "_")
    state.pos = found.end()
    return True


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only where a paper is read

    parser = MarkdownIt("zero").enable(["emphasis", "escape", "newline"])
    parser.inline.ruler.before("emphasis", "reference", _reference)
    return parser
