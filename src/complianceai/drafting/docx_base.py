"""What every Word file of ours shares: styles, page, footer. Made once by python-docx, kept as parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

FONTS = {"en": ("Times New Roman", "Nirmala UI"), "hi": ("Nirmala UI", "Nirmala UI")}
SIZES = {"en": 11.5, "hi": 10.5}
PAGE_WORDS = {"en": ("Page ", " of "), "hi": ("पृष्ठ ", " / ")}
LANGUAGE_TAGS = {"en": "en-IN", "hi": "hi-IN"}
# In twentieths of a point.
HANG = 660
GREY = "5A5A5A"
# Source: ECMA-376, part 1, 17.3.2.28 (EG_RPrBase), as far as our styles go.
_RUN_ORDER = ("rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "kern", "sz", "szCs", "lang")


@lru_cache(maxsize=2)
def parts(language: str) -> Mapping[str, bytes]:
    """The parts of an empty document of ours, by their names in the package."""
    from docx import Document  # noqa: PLC0415 - only where a Word file is made

    made = Document()
    _page(made)
    _styles(made, language)
    _footer(made, language)
    stream = io.BytesIO()
    made.save(stream)
    with zipfile.ZipFile(stream) as package:
        # Nobody's thumbnail and no settings of a printer.
        return {name: package.read(name) for name in package.namelist() if "thumbnail" not in name}


def _page(made: Any) -> None:
    from docx.shared import Cm  # noqa: PLC0415 - as above

    section = made.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.3)


def _styles(made: Any, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 - as above

    size = SIZES[language]
    _shape(made.styles["Normal"], language, _Look(size, after=6))
    _shape(
        made.styles["Title"], language, _Look(size * 1.45, after=14, before=10, bold=True, is_centred=True)
    )
    _shape(made.styles["Heading 1"], language, _Look(size * 1.05, after=6, before=12, bold=True))
    is_slanted = language == "en"
    _shape(made.styles["Heading 2"], language, _Look(size, after=4, before=8, bold=True, italic=is_slanted))
    for name in ("Clause", "Under clause", "Quoted", "Letterhead"):
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = made.styles["Normal"]
        style.quick_style = True
    made.styles["Under clause"].paragraph_format.left_indent = _twips(HANG)
    quoted = made.styles["Quoted"].paragraph_format
    quoted.left_indent, quoted.right_indent = _twips(500), _twips(300)
    _shape(made.styles["Letterhead"], language, _Look(size, after=2, is_centred=True))


class _Look(NamedTuple):
    """How a style of Word looks; sizes and spaces in points."""

    size: float
    after: float = 0
    before: float = 0
    bold: bool | None = None
    italic: bool | None = None
    is_centred: bool = False


def _shape(style: Any, language: str, look: _Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    font, paragraph = style.font, style.paragraph_format
    size = Pt(round(look.size * 2) / 2)
    font.size, font.bold, font.italic, font.name = size, look.bold, look.italic, FONTS[language][0]
    font.color.rgb = RGBColor(0, 0, 0)
    paragraph.space_after, paragraph.space_before = Pt(look.after), Pt(look.before)
    if look.is_centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if (border := style.element.pPr.find(qn("w:pBdr"))) is not None:
        style.element.pPr.remove(border)
    _fonts(style.element.rPr, language, look)


def _fonts(shape: Any, language: str, look: _Look) -> None:
    """Nothing; the properties of a run name fonts and language for both scripts, in the order of the standard."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415

    latin, devanagari = FONTS[language]
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        shape.rFonts.attrib.pop(qn(name), None)
    for name, value in (("w:ascii", latin), ("w:hAnsi", latin), ("w:cs", devanagari)):
        shape.rFonts.set(qn(name), value)
    tag = LANGUAGE_TAGS[language]
    # Devanagari is set by these, and not by the size and the weight of Latin letters.
    wanted = {"w:szCs": {"w:val": str(round(look.size * 2))}, "w:lang": {"w:val": tag, "w:bidi": tag}}
    if look.bold:
        wanted["w:bCs"] = {}
    for name, values in wanted.items():
        for old in shape.findall(qn(name)):
            shape.remove(old)
        element = OxmlElement(name)
        for key, value in values.items():
            element.set(qn(key), value)
        shape.append(element)
    order = [qn(f"w:{name}") for name in _RUN_ORDER]
    shape[:] = sorted(shape, key=lambda each: order.index(each.tag) if each.tag in order else len(order))


def _footer(made: Any, language: str) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415 - as above
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    before, between = PAGE_WORDS[language]
    look = f'<w:rPr><w:color w:val="{GREY}"/><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>'

    def words(text: str) -> str:
        return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'

    def field(name: str) -> str:
        return f'<w:fldSimple w:instr="{name}"><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'

    inner = f"{words(before)}{field('PAGE')}{words(between)}{field('NUMPAGES')}"
    paragraph = f'<w:p {nsdecls("w")}><w:pPr><w:jc w:val="center"/></w:pPr>{inner}</w:p>'
    footer = made.sections[0].footer
    footer.is_linked_to_previous = False
    body = footer._element  # noqa: SLF001 - python-docx has no field of its own
    for old in list(body):
        body.remove(old)
    body.append(parse_xml(paragraph))


def _twips(value: int) -> Any:
    from docx.shared import Twips  # noqa: PLC0415 - as above

    return Twips(value)
