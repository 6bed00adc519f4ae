"""One template over many rows: a zip of papers, and a report of the rows that made none."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from complianceai.base.errors import DomainError
from complianceai.drafting.answers import check
from complianceai.drafting.composing import compose
from complianceai.drafting.errors import TooMuch
from complianceai.drafting.model import Style, Template
from complianceai.drafting.paper import Paper
from complianceai.drafting.reading import read
from complianceai.drafting.writing_docx import write_docx
from complianceai.drafting.writing_html import write_html
from complianceai.drafting.writing_pdf import write_pdf

Form = Literal["docx", "pdf", "html"]
MOST_ROWS = 2000
MOST_BYTES = 200 * 1_048_576
_EPOCH = (1980, 1, 1, 0, 0, 0)
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
    """What is made of every row; `named_by` is the question whose answer names the file, or nothing."""

    template: Template
    company: Mapping[str, Any]
    on: date
    form: Form = "pdf"
    style: Style = Style()
    named_by: str = ""
    shared: Mapping[str, Any] = {}


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
        for number, row in enumerate(rows, 1):
            made = list(_paper(order, number, row))
            failures += [each for each in made if isinstance(each, Failure)]
            for data in (each for each in made if isinstance(each, bytes)):
                name = _name(order, number, row, names)
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
            if stream.tell() > MOST_BYTES:
                raise TooMuch(limit=f"an archive has at most {MOST_BYTES // 1_048_576} MB")
            progress(number, len(rows))
        archive.writestr(zipfile.ZipInfo("report.csv", _EPOCH), report(failures), zipfile.ZIP_DEFLATED)
    return Bulk(stream.getvalue(), len(names), tuple(failures))


def report(failures: Sequence[Failure]) -> str:
    """The failed rows as CSV that a spreadsheet opens; what could run as a formula there is made plain."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["row", "question", "what to mend"])
    writer.writerows([each.row, _inert(each.question), _inert(each.says)] for each in failures)
    return "\ufeff" + stream.getvalue()


def _paper(order: Order, number: int, row: Mapping[str, Any]) -> Iterator[bytes | Failure]:
    answers = {**order.shared, **{name: value for name, value in row.items() if value not in (None, "")}}
    template = order.template
    try:
        checked = check(template, answers, order.company, order.on)
        if checked.faults:
            yield from (Failure(number, fault.question, fault.says["en"]) for fault in checked.faults)
            return
        text = compose(template, checked.answers, order.company, order.style.language, order.on)
        yield _written(read(text, template.numbered), order)
    except DomainError as error:
        yield Failure(number, "", str(error))


def _written(paper: Paper, order: Order) -> bytes:
    match order.form:
        case "docx":
            return write_docx(paper, order.style)
        case "html":
            return write_html(paper, order.style.language).encode()
        case _:
            return write_pdf(paper, order.style)


def _name(order: Order, number: int, row: Mapping[str, Any], taken: set[str]) -> str:
    """A name for the file that no other has and every system takes."""
    said = _UNNAMEABLE.sub(" ", str(row.get(order.named_by, "") or order.template.id))
    stem = " ".join(said.split()).strip(". ")[:80] or order.template.id
    name = f"{number:04} {stem}.{order.form}"
    taken.add(name)
    return name


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
