"""A paper as HTML: classes and no style, everything escaped, so that a page may show it as it is."""

from __future__ import annotations

from html import escape

from complianceai.drafting.model import HERE
from complianceai.drafting.paper import (
    SIGNATURE_LABELS,
    SIGNATURE_WORDS,
    WITNESS_WORDS,
    Block,
    Box,
    Heading,
    Item,
    Items,
    Line,
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

_BLANK = '<span class="paper-blank"></span>'


def write_html(paper: Paper, language: str) -> str:
    """The paper as one `article.paper`; its headings begin at h1."""
    body = "\n".join(_block(block, language) for block in paper.blocks)
    return f'<article class="paper" lang="{language}">\n{body}\n</article>\n'


def _block(block: Block, language: str) -> str:
    match block:
        case Title():
            return f'<h1 class="paper-title">{_words(block.spans, language)}</h1>'
        case Heading():
            level = min(block.level, 6)
            words = _number(block.number, dot=True) + _words(block.spans, language)
            return f"<h{level}{_id(block.anchor)}>{words}</h{level}>"
        case Paragraph():
            kind = ' class="paper-clause"' if block.number else ""
            number = _number(block.number, dot="." not in block.number)
            return f"<p{_id(block.anchor)}{kind}>{number}{_words(block.spans, language)}</p>"
        case Items():
            return _items(block, language)
        case Quote():
            return f'<blockquote class="paper-quote">{_blocks(block.blocks, language)}</blockquote>'
        case Box():
            return f'<div class="paper-{block.kind}">{_blocks(block.blocks, language)}</div>'
        case Table():
            return _table(block, language)
        case Signatures():
            signed = "".join(_signature(each, language) for each in block.signatures)
            return f'<div class="paper-signatures">{signed}</div>'
        case Rule():
            return "<hr>"
        case PageBreak():
            return '<hr class="paper-pagebreak">'


def _blocks(blocks: tuple[Block, ...], language: str) -> str:
    return "".join(_block(block, language) for block in blocks)


def _id(anchor: str) -> str:
    return f' id="clause-{escape(anchor)}"' if anchor else ""


def _number(number: str, *, dot: bool) -> str:
    return f'<span class="paper-number">{escape(number)}{"." if dot else ""}</span> ' if number else ""


def _words(spans: Spans, language: str) -> str:
    return "".join(_span(span, language) for span in spans)


def _span(span: Span, language: str) -> str:
    text = escape(said(span, language)).replace("\n", "<br>")
    if span.ref:
        text = f'<a href="#clause-{escape(span.ref)}">{text}</a>'
    if span.italic:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if span.bold else text


def _items(items: Items, language: str) -> str:
    tag = "ul" if items.marks == "bullet" else "ol"
    inner = "".join(_item(item, language) for item in items.items)
    return f'<{tag} class="paper-list paper-list-{items.marks}">{inner}</{tag}>'


def _item(item: Item, language: str) -> str:
    label = f'<span class="paper-number">{escape(item.label)}</span> ' if item.label else ""
    within = "".join(_items(each, language) for each in item.within)
    return f"<li{_id(item.anchor)}>{label}{_words(item.spans, language)}{within}</li>"


def _table(table: Table, language: str) -> str:
    head = "".join(
        f'<th scope="col" class="{align}">{_words(cell, language)}</th>'
        for cell, align in zip(table.head, table.aligns, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td class="{align}">{_words(cell, language)}</td>'
            for cell, align in zip(row, table.aligns, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    inner = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<div class="paper-table" tabindex="0"><table>{inner}</table></div>'


def _signature(signature: Signature, language: str) -> str:
    kind = "paper-witness" if signature.is_witness else "paper-signature"
    words = WITNESS_WORDS if signature.is_witness else SIGNATURE_WORDS
    party = "".join(
        f'<p class="paper-for">{_party(line, language)}</p>' for line in signature.lines if line.key == "for"
    )
    lines = "".join(
        f"<p>{_label(line.key, language)}: {_words(line.spans, language) or _BLANK}</p>"
        for line in signature.lines
        if line.key != "for"
    )
    return f'<div class="{kind}">{party}<p class="paper-line">{words[language]}</p>{lines}</div>'


def _label(key: str, language: str) -> str:
    return escape(SIGNATURE_LABELS.get(key, {}).get(language, key))


def _party(line: Line, language: str) -> str:
    words = [_label(line.key, language), _words(line.spans, language)]
    return " ".join(words if language == "en" else reversed(words))


def html_page(article: str, language: str, title: str) -> str:
    """A page of its own around a paper or a redline, to keep and to print; it fetches nothing and runs nothing."""
    css = (HERE / "paper.css").read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>\n{css}</style>"
    )
    return f'<!doctype html>\n<html lang="{language}"><head>{head}</head>\n<body>\n{article}</body></html>\n'
