"""One template over many rows: a zip of papers, a report of those that failed, progress told."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pytest

from complianceai.drafting import Style, TooMuch
from complianceai.drafting.bulk import MOST_ROWS, Failure, Order, report, write_many
from complianceai.drafting.own import own_template
from tests.drafting.drafts import ON, made

ROWS: list[dict[str, Any]] = [
    {"name": "Asha Kulkarni", "pay": "50000"},
    {"name": "../../etc/passwd", "pay": "12.345"},
    {"name": "Bilal / Shaikh", "pay": "60,000", "city": ""},
    {"pay": "1"},
]


def _order(tmp_path: Path, **more: Any) -> Order:
    body = "# Letter\n\nDear {{ name }}, your pay is {{ pay|money }}, at {{ city }}.\n"
    questions = (
        {"name": "name", "type": "text"},
        {"name": "pay", "type": "money"},
        {"name": "city", "type": "text"},
    )
    return Order(made(tmp_path, body, *questions), {}, ON, shared={"city": "Pune"}, named_by="name", **more)


def test_each_sound_row_becomes_a_paper_and_each_faulty_one_a_line(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    done = write_many(_order(tmp_path), ROWS, lambda count, whole: told.append((count, whole)))
    assert done.made == 2
    assert [(each.row, each.question) for each in done.failures] == [(2, "pay"), (4, "name")]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    with zipfile.ZipFile(io.BytesIO(done.archive)) as archive:
        assert archive.namelist() == ["0001 Asha Kulkarni.pdf", "0003 Bilal Shaikh.pdf", "report.csv"]
        words = pypdf.PdfReader(io.BytesIO(archive.read("0003 Bilal Shaikh.pdf"))).pages[0].extract_text()
        lines = list(csv.reader(io.StringIO(archive.read("report.csv").decode("utf-8-sig"))))
    assert "₹60,000, at Pune" in words
    assert lines[0] == ["row", "question", "what to mend"]
    assert [line[0] for line in lines[1:]] == ["2", "4"]


@pytest.mark.parametrize("form", ["docx", "html"])
def test_papers_are_made_in_other_forms(tmp_path: Path, form: str) -> None:
    done = write_many(_order(tmp_path, form=form, style=Style(letterhead="A Ltd")), ROWS[:1])
    with zipfile.ZipFile(io.BytesIO(done.archive)) as archive:
        assert archive.namelist()[0].endswith(form)


def test_a_companys_own_text_fails_by_row_too() -> None:
    template = own_template("own", "Own", "{{ name }} {{ clause(name) }}")
    done = write_many(Order(template, {}, ON, form="html"), [{"name": "no.such"}])
    assert done.made == 0
    assert "no topic of clauses" in done.failures[0].says


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooMuch):
        write_many(_order(tmp_path), [{}] * (MOST_ROWS + 1))


def test_a_report_holds_no_formula() -> None:
    assert "'=cmd" in report([Failure(1, "=cmd", "+1")])
