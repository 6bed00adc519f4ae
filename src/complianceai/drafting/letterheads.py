"""The letterhead of a company, above a paper that brings none of its own."""

from __future__ import annotations

from complianceai.drafting.model import Style
from complianceai.drafting.paper import Box, Paper, Paragraph, Span


def under_letterhead(paper: Paper, style: Style) -> Paper:
    """The paper below the style's letterhead, its first line bold; as it is where it has one, or none is given."""
    lines = [line.strip() for line in style.letterhead.splitlines() if line.strip()]
    has_one = any(isinstance(block, Box) and block.kind == "letterhead" for block in paper.blocks)
    if has_one or not lines:
        return paper
    rest = [span for line in lines[1:] for span in (Span("\n"), Span(line))][1:]
    head = (Paragraph((Span(lines[0], bold=True),)), *([Paragraph(tuple(rest))] if rest else []))
    return paper._replace(blocks=(Box("letterhead", head), *paper.blocks))
