"""One template over many rows: a zip of papers, and a report of the rows that made none."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from complianceai.base.errors import DomainError
from complianceai.drafting.answers import check
from complianceai.drafting.composing import compose, names_of
from complianceai.drafting.errors import TooMuch
from complianceai.drafting.model import Style, Template, Words
from complianceai.drafting.paper import Paper
from complianceai.drafting.reading import read
from complianceai.drafting.uploads import fill
from complianceai.drafting.writing_docx import write_docx
from complianceai.drafting.writing_html import write_html
from complianceai.drafting.writing_pdf import write_pdf

Form = Literal["docx", "pdf", "html"]
MOST_ROWS = 2000
MOST_BYTES = 200 * 1_048_576
EPOCH = (1980, 1, 1, 0, 0, 0)
_UNNAMEABLE = re.compile(r"[^\w\u0900-\u097f .()-]+")


class Failure(NamedTuple):
    """A row that made no paper: its number (from 1), the question at fault or nothing, and the cure in English."""

    row: int
    question: str
    says: str


class Bulk(NamedTuple):
    """The zip (with `report.csv` in it), how many papers it holds, and the rows that failed."""

    archive: bytes
    made: int
    failures: tuple[Failure, ...]


class Order(NamedTuple):
    """What is made of every row; `named_by` is the question whose answer names the file, or nothing.

    Shape: `word` is a company's own Word file, which is filled in where there is one.
    """

    template: Template
    company: Mapping[str, Any]
    on: date
    form: Form = "pdf"
    style: Style = Style()
    named_by: str = ""
    shared: Mapping[str, Any] = {}
    word: bytes = b""


class Made(NamedTuple):
    """What came of a row: its text (of a Word file none) and its file, or what is wrong with it by question."""

    text: str | None
    data: bytes
    faults: tuple[tuple[str, Words], ...] = ()


def write_many(
    order: Order,
    rows: Sequence[Mapping[str, Any]],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Bulk:
    """A paper for each row that can be filled in; a faulty row stops no other.

    Shape: a row holds answers by question, which come before those that all rows share; a column that nothing was
    written in is as if it were not there. `progress` is told how many rows are done, and of how many.
    Errors: TooMuch, for too many rows or too large an archive.
    """
    if len(rows) > MOST_ROWS:
        raise TooMuch(limit=f"at most {MOST_ROWS:,} rows at a time")
    stream = io.BytesIO()
    failures: list[Failure] = []
    names: set[str] = set()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, answers in enumerate(rows, 1):
            made = make(order, answers)
            failures += [Failure(number, question, says["en"]) for question, says in made.faults]
            if not made.faults:
                name = file_name(order, number, answers)
                names.add(name)
                archive.writestr(zipfile.ZipInfo(name, EPOCH), made.data, zipfile.ZIP_DEFLATED)
            if stream.tell() > MOST_BYTES:
                raise TooMuch(limit=f"an archive has at most {MOST_BYTES // 1_048_576} MB")
            progress(number, len(rows))
        archive.writestr(zipfile.ZipInfo("report.csv", EPOCH), report(failures), zipfile.ZIP_DEFLATED)
    return Bulk(stream.getvalue(), len(names), tuple(failures))


def report(failures: Iterable[Failure]) -> str:
    """The failed rows as CSV that a spreadsheet opens; what could run as a formula there is made plain."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["row", "question", "what to mend"])
    writer.writerows([each.row, _inert(each.question), _inert(each.says)] for each in failures)
    return "\ufeff" + stream.getvalue()


def make(order: Order, answers: Mapping[str, Any]) -> Made:
    """The paper of one row, or why there is none."""
    template, given = order.template, {**order.shared, **_written_in(answers)}
    try:
        checked = check(template, given, order.company, order.on)
        if checked.faults:
            return Made(None, b"", tuple((fault.question, fault.says) for fault in checked.faults))
        if order.word:
            names = names_of(template, checked.answers, order.company, order.on)
            return Made(None, fill(order.word, names, order.style.language))
        text = compose(template, checked.answers, order.company, order.style.language, order.on)
        return Made(text, _written(read(text, template.numbered), order))
    except DomainError as error:
        return Made(None, b"", (("", {"en": str(error), "hi": str(error)}),))


def row(order: Order, answers: Mapping[str, Any]) -> list[Any]:
    """As `make`, in lists, within a child that works for this order alone, where an own text needs no other."""
    made = make(order._replace(template=order.template._replace(own=False)), answers)
    return [made.text, b64encode(made.data).decode(), [[name, dict(says)] for name, says in made.faults]]


def look(order: Order, rows: Sequence[Mapping[str, Any]]) -> list[list[list[Any]]]:
    """What is wrong with each row's answers, in lists, within a child; nothing is made."""
    found = (
        check(order.template, {**order.shared, **_written_in(each)}, order.company, order.on) for each in rows
    )
    return [[[fault.question, dict(fault.says)] for fault in each.faults] for each in found]


def file_name(order: Order, number: int, answers: Mapping[str, Any]) -> str:
    """A name for the file that no other row's has and every system takes."""
    named = answers.get(order.named_by, "")
    said = str(named.get("name", "") if isinstance(named, Mapping) else named)
    return f"{number:04} {_plain(said) or _plain(order.style.title) or order.template.id}.{order.form}"


def _plain(said: str) -> str:
    return " ".join(_UNNAMEABLE.sub(" ", said).split()).strip(". ")[:80].strip()


def _written_in(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if value not in (None, "")}


def _written(paper: Paper, order: Order) -> bytes:
    match order.form:
        case "docx":
            return write_docx(paper, order.style)
        case "html":
            return write_html(paper, order.style.language).encode()
        case _:
            return write_pdf(paper, order.style)


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
