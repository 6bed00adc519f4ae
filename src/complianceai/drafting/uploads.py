"""Word files with {{ fields }} that a company brings as its own template: looked at and filled in, in a child."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from jinja2 import TemplateSyntaxError

from complianceai.drafting.environment import FAULTS, MOST_CHARACTERS, Sandbox, says_of
from complianceai.drafting.errors import FaultyText, MarkupFault, RefusedFile, TooMuch
from complianceai.drafting.fields import Field, faults_of_fields, fields_of
from complianceai.drafting.foreign_zip import MOST_BYTES, packed, parts_of
from complianceai.drafting.limits import apart

# Of a preview: more than anybody reads there.
MOST_PARAGRAPHS = 2000
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


class Examined(NamedTuple):
    """What a Word file asks for, and its faults by paragraph (from 1, tables after the text around them)."""

    fields: tuple[Field, ...]
    faults: tuple[MarkupFault, ...]


def examine_docx(data: bytes) -> Examined:
    """The fields of a Word file and what is wrong with them.

    Errors: RefusedFile where it holds macros, fetches things, or is no Word file; TooMuch.
    """
    _small_enough(data)
    fields, faults = apart("examine_docx", data)
    return Examined(
        tuple(Field(name, tuple(columns), is_list, hint) for name, columns, is_list, hint in fields),
        tuple(MarkupFault(line, says) for line, says in faults),
    )


def fill_docx(data: bytes, answers: Mapping[str, Any], language: str = "en") -> bytes:
    """The Word file with its fields filled in.

    Errors: RefusedFile; FaultyText by paragraph; TooMuch.
    """
    _small_enough(data)
    found: bytes = apart("fill_docx", data, dict(answers), language)
    return found


def words_of_filled(data: bytes, answers: Mapping[str, Any], language: str = "en") -> list[str]:
    """What the Word file says with its fields filled in, by paragraph.

    Errors: as `fill_docx`.
    """
    _small_enough(data)
    found: list[str] = apart("words_of_docx", data, dict(answers), language)
    return found


def _small_enough(data: bytes) -> None:
    # Before the file is handed to a child, which costs its copy.
    if len(data) > MOST_BYTES:
        raise RefusedFile(why=f"it is larger than {MOST_BYTES // 1_048_576} MB.")


def examine(data: bytes) -> list[list[Any]]:
    """As `examine_docx`, in lists, within the child."""
    import docx  # noqa: PLC0415 - only in the child

    document = docx.Document(io.BytesIO(packed(parts_of(data))))
    texts = list(_paragraphs(document))
    faults = [MarkupFault(at, says) for at, text in enumerate(texts, 1) for says in _of_paragraph(text)]
    fields: tuple[Field, ...] = ()
    if not faults:
        try:
            # Paragraph by paragraph, so that the line of a fault is the number of its paragraph.
            fields = fields_of("\n".join(_tags(text) for text in texts))
            faults += faults_of_fields(fields)
        except FaultyText as error:
            faults += error.faults
    found = [[name, list(columns), is_list, hint] for name, columns, is_list, hint in fields]
    return [found, [list(each) for each in faults]]


def words(data: bytes, answers: Mapping[str, Any], language: str) -> list[str]:
    """As `words_of_filled`, within the child."""
    import docx  # noqa: PLC0415 - only in the child

    document = docx.Document(io.BytesIO(fill(data, answers, language)))
    return [text for text in _paragraphs(document) if text.strip()][:MOST_PARAGRAPHS]


def fill(data: bytes, answers: Mapping[str, Any], language: str) -> bytes:
    """As `fill_docx`, within the child."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pkg_resources, which a library of docxtpl still looks for
        from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # noqa: PLC0415 - in the child

    if sum(len(str(each)) for each in answers.values()) > MOST_CHARACTERS:
        raise TooMuch(limit=f"answers have at most {MOST_CHARACTERS:,} characters")
    sandbox = Sandbox(language, for_xml=True)
    template = DocxTemplate(io.BytesIO(packed(parts_of(data))))
    try:
        template.render(dict(answers), sandbox, autoescape=True)
    except FAULTS as error:
        raise FaultyText((MarkupFault(getattr(error, "lineno", None) or 1, says_of(error)),)) from error
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


def _paragraphs(document: Any) -> Iterator[str]:
    """The text of each paragraph: the body's, those in tables, then headers and footers."""
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    bodies = [document.element.body]
    for section in document.sections:
        bodies += [section.header._element, section.footer._element]  # noqa: SLF001 - all of it, tables too
    for body in bodies:
        for paragraph in body.iter(f"{tag}p"):
            yield "".join(each.text or "" for each in paragraph.iter(f"{tag}t"))


def _of_paragraph(text: str) -> Iterator[str]:
    rest = _TAG.sub("", text)
    for opening, closing in (("{{", "}}"), ("{%", "%}")):
        if opening in rest:
            yield f"{opening} is never closed by {closing} in this paragraph"
        elif closing in rest:
            yield f"{closing} closes nothing in this paragraph"
    for tag in _TAG.findall(text):
        if tag.startswith("{{"):
            try:
                Sandbox("en").parse(_typed(tag))
            except TemplateSyntaxError as error:
                yield f"{tag}: {error.message}"


def _tags(text: str) -> str:
    """The tags of a paragraph alone, as one line."""
    return "".join(_typed(tag) for tag in _TAG.findall(text)).replace("\n", " ")


def _typed(tag: str) -> str:
    # {{r name }}, {%p for %}, {%tr for %}: docxtpl's own marks for where a tag stands.
    tag = re.sub(r"^\{\{(?:r|p)\s", "{{ ", tag)
    tag = re.sub(r"^\{%-?(?:p|tr|tc|r)\s", "{% ", tag)
    # Word makes quotes curly as one types.
    return tag.replace("\u2018", "'").replace("\u2019", "'").replace("\u201c", '"').replace("\u201d", '"')
