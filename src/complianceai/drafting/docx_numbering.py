"""Word's own numbering: clauses as levels of one list, and each list of points counting for itself."""

from __future__ import annotations

from complianceai.drafting.docx_base import HANG

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CLAUSES, LETTERS, NUMBERS, BULLETS, PARAGRAPHS = 1, 2, 3, 4, 5
_STEP = 440
_POINT_FORMATS = {
    LETTERS: (("lowerLetter", "(%1)"), ("lowerRoman", "(%2)"), ("upperLetter", "(%3)"), ("decimal", "(%4)")),
    NUMBERS: (("decimal", "%1."), ("decimal", "%2."), ("decimal", "%3."), ("decimal", "%4.")),
    BULLETS: (("bullet", "\u2022"), ("bullet", "\u2013"), ("bullet", "\u2022"), ("bullet", "\u2013")),
}


class Counters:
    """Hands out a number of Word's for each list of the paper; 1 is that of the clauses, 2 that of plain paragraphs."""

    CLAUSE_ID = 1
    PARAGRAPH_ID = 2

    def __init__(self) -> None:
        self._lists: list[tuple[int, int, int]] = []

    def list_id(self, kind: int, level: int, start: int) -> int:
        """The id of a list that begins to count at `start`."""
        self._lists.append((kind, level, start))
        return self.PARAGRAPH_ID + len(self._lists)

    def xml(self) -> bytes:
        """The part `numbering.xml`."""
        kinds = [_clauses(), *(_points(kind) for kind in _POINT_FORMATS), _paragraphs()]
        fixed = [(self.CLAUSE_ID, CLAUSES), (self.PARAGRAPH_ID, PARAGRAPHS)]
        numbers = [
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/></w:num>' for number, kind in fixed
        ]
        for at, (kind, level, start) in enumerate(self._lists, 1):
            override = (
                ""
                if kind == BULLETS
                else f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            )
            numbers.append(
                f'<w:num w:numId="{self.PARAGRAPH_ID + at}"><w:abstractNumId w:val="{kind}"/>{override}</w:num>'
            )
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        return f'{head}<w:numbering xmlns:w="{W}">{"".join(kinds)}{"".join(numbers)}</w:numbering>'.encode()


def _clauses() -> str:
    first = _level(0, "decimal", "%1.", HANG, HANG, style="Heading1")
    second = _level(1, "decimal", "%1.%2", HANG, HANG, style="Clause")
    return _kind(CLAUSES, first + second)


def _paragraphs() -> str:
    return _kind(PARAGRAPHS, _level(0, "decimal", "%1.", HANG, HANG))


def _points(kind: int) -> str:
    levels = (
        _level(at, form, text, HANG + _STEP * (at + 1), _STEP)
        for at, (form, text) in enumerate(_POINT_FORMATS[kind])
    )
    return _kind(kind, "".join(levels))


def _kind(number: int, levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def _level(at: int, form: str, text: str, left: int, hanging: int, *, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{named}<w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )
