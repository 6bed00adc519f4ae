"""Runs and paragraphs of Word's language, as text; every word is escaped."""

from __future__ import annotations

import re
from html import escape

from complianceai.drafting.paper import REFERENCE_WORDS, Span, Spans

# What XML cannot hold at all.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BOLD = "<w:b/><w:bCs/>"
ITALIC = "<w:i/><w:iCs/>"
# Source: ECMA-376, part 1, 17.3.1.26 (CT_PPr).
_ORDER = (
    "pStyle",
    "keepNext",
    "keepLines",
    "numPr",
    "pBdr",
    "spacing",
    "ind",
    "contextualSpacing",
    "jc",
    "rPr",
)


def text_of(words: str, tag: str = "w:t") -> str:
    """The words as Word's text, spaces kept."""
    return f'<{tag} xml:space="preserve">{escape(_UNWRITABLE.sub("", words))}</{tag}>'


def look(span: Span, size: int = 0) -> str:
    """The look of a run; a size is given in half points where it is not the style's."""
    inner = (BOLD if span.bold else "") + (ITALIC if span.italic else "")
    inner += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def run(span: Span, language: str, size: int = 0) -> str:
    """One span as a run; a reference to a clause is a field that Word brings up to date."""
    if span.text == "\n":
        return "<w:r><w:br/></w:r>"
    shape = look(span, size)
    if not span.ref:
        return f"<w:r>{shape}{text_of(span.text)}</w:r>"
    noun = f"<w:r>{shape}{text_of(REFERENCE_WORDS[language] + ' ')}</w:r>"
    number = f"<w:r>{shape}{text_of(span.text)}</w:r>"
    if "(" in span.text:
        # Word would say the letter alone, without the clause it stands in.
        return noun + f'<w:hyperlink w:anchor="{bookmark(span.ref)}">{number}</w:hyperlink>'
    field = f" REF {bookmark(span.ref)} \\r \\h "
    return (
        f'{noun}<w:r>{shape}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{shape}<w:instrText xml:space="preserve">{field}</w:instrText></w:r>'
        f'<w:r>{shape}<w:fldChar w:fldCharType="separate"/></w:r>{number}'
        f'<w:r>{shape}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def runs(spans: Spans, language: str, size: int = 0) -> str:
    """The spans as runs."""
    return "".join(run(span, language, size) for span in spans)


def bookmark(anchor: str) -> str:
    """The name of a bookmark, as Word allows it."""
    return f"c_{anchor.replace('-', '_')}"[:40]


def paragraph(inner: str, *properties: str) -> str:
    """A paragraph; its properties, one element each, are put into the order that the standard asks for."""
    kept = sorted(filter(None, properties), key=_place)
    shape = f"<w:pPr>{''.join(kept)}</w:pPr>" if kept else ""
    return f"<w:p>{shape}{inner}</w:p>"


def _place(element: str) -> int:
    return _ORDER.index(element[3:].partition(" ")[0].rstrip("/>").partition(">")[0])
