"""The command line as people and scripts use it: answers, exit statuses, one line a fault, never a stack trace."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complianceai import catalogue

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
PROFILE = """\
entity_type: private_limited
incorporated_on: 2018-05-10
state: MH
turnover: 80000000
paid_up_capital: 1000000
gst: {registered: true, registrations: [{state: MH, scheme: regular, registered_on: 2019-04-01}]}
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "company.yaml").write_text(PROFILE)

    def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "complianceai", *arguments]
        return subprocess.run(
            command, input=stdin, capture_output=True, cwd=tmp_path, timeout=60, check=False
        )

    return run


def _answer(done: subprocess.CompletedProcess[bytes]) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _refused(done: subprocess.CompletedProcess[bytes], status: int = 1) -> str:
    told = done.stderr.decode()
    assert done.returncode == status, told
    assert "Traceback" not in told
    assert done.stdout == b""
    return told


def _calendar(*more: str) -> tuple[str, ...]:
    return ("calendar", "company.yaml", "--from", "2026-04-01", "--to", "2027-03-31", *more)


def test_a_calendar_has_the_shape_of_the_contract(run: Run) -> None:
    answer = _answer(run(*_calendar("--format", "json")))
    assert answer.keys() == {"catalogue", "from", "to", "occurrences", "undetermined", "advice"}
    first = next(each for each in answer["occurrences"] if each["form"] == "GSTR-3B")
    assert first["obligation"] == "gst-gstr-3b"
    assert first["registration"] == "MH"
    assert first["period"] == {"label": "Mar 2026", "start": "2026-03-01", "end": "2026-03-31"}
    assert (first["due_date"], first["statutory_due_date"], first["effective_date"]) == (
        "2026-04-21",
        "2026-04-20",
        "2026-04-21",
    )
    assert first["extension"].keys() == {"instrument", "dated", "to", "source"}
    assert first["certainty"] == "verified"
    assert first["citations"][0].keys() == {"act", "provision", "url", "checked_on"}
    assert first["trace"][0] == "You are registered for GST in Maharashtra under the regular scheme."
    assert answer["undetermined"][0].keys() == {"obligation", "needs", "why"}


def test_a_table_goes_by_month_and_is_plain_when_piped(run: Run) -> None:
    told = run(*_calendar()).stdout.decode()
    assert told.startswith("April 2026\n")
    assert "\x1b[" not in told
    assert "was 20 April 2026" in told
    assert "Could not be decided" in told


def test_a_calendar_is_written_as_csv_icalendar_and_excel(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*_calendar("--format", "csv")).stdout.decode())))
    assert {"Due date", "Form", "Certainty"} <= rows[0].keys()
    feed = run(*_calendar("--format", "ics")).stdout.decode()
    assert feed.startswith("BEGIN:VCALENDAR")
    assert feed.count("BEGIN:VEVENT") == len(rows)
    book = run(*_calendar("--format", "xlsx")).stdout
    assert "xl/worksheets/sheet1.xml" in zipfile.ZipFile(io.BytesIO(book)).namelist()


def test_the_window_is_this_financial_year_where_none_is_given(run: Run) -> None:
    answer = _answer(run("calendar", "company.yaml", "--format", "json"))
    assert (answer["from"][5:], answer["to"][5:]) == ("04-01", "03-31")


def test_a_penalty_has_the_shape_of_the_contract(run: Run) -> None:
    answer = _answer(
        run("penalty", "--form", "AOC-4", "--due", "2026-10-30", "--filed", "2026-11-20", "--format", "json")
    )
    assert answer["charges"] == {"late_fee": 0, "additional_fee": 2100, "interest": 0, "penalty": 0}
    assert (answer["total"], answer["days_late"]) == (2100, 21)
    line = next(line for line in answer["lines"] if line["kind"] == "additional_fee")
    assert (line["amount"], line["formula"], line["discretionary"]) == (2100, "21 days x Rs 100", False)


def test_several_inputs_may_follow_one_option(run: Run) -> None:
    asked = (
        "penalty",
        "--form",
        "GSTR-3B",
        "--due",
        "2026-06-20",
        "--filed",
        "2026-06-30",
        "--format",
        "json",
    )
    together = _answer(run(*asked, "--input", "turnover=100000000", "tax_due=50000"))
    apart = _answer(run(*asked, "--input", "turnover=100000000", "--input", "tax_due=50000"))
    assert together == apart
    assert together["charges"]["late_fee"] == 500


def test_the_inputs_of_a_form_are_listed(run: Run) -> None:
    assert "turnover" in run("penalty", "--form", "GSTR-3B", "--help-inputs").stdout.decode()
    names = {
        each["name"]
        for each in _answer(run("penalty", "--form", "GSTR-3B", "--help-inputs", "--format", "json"))
    }
    assert {"turnover", "nil_return", "cash_tax_due"} <= names


def test_a_rule_is_explained_in_words_and_as_json(run: Run) -> None:
    told = run("explain", "GSTR-3B", "--profile", "company.yaml").stdout.decode()
    for words in (
        "It applies to this company.",
        "the 20th of the month after",
        "Notification 01/2026",
        "section 39(1)",
        "checked",
    ):
        assert words in told
    assert "{" not in told
    answer = _answer(run("explain", "gst-gstr-3b", "--format", "json"))
    assert answer[0]["obligation"] == "gst-gstr-3b"
    listed = _answer(run("explain", "--list", "--format", "json"))
    assert "gst-gstr-3b" in {each["obligation"] for each in listed}


def test_what_has_no_date_is_named_beside_the_dates(run: Run) -> None:
    told = run(*_calendar()).stdout.decode()
    _, _, after = told.partition("Also yours, without a date")
    assert "Small company (section 2(85)): complianceai explain mca-small-company-definition" in after
    answer = _answer(run(*_calendar("--format", "json")))
    advised = {each["obligation"]: each for each in answer["advice"]}
    assert advised["mca-small-company-definition"]["why"].startswith("You are a small company")
    assert not advised.keys() & {each["obligation"] for each in answer["occurrences"]}
    line = json.dumps(
        {"id": 1, "profile": {"entity_type": "trust"}, "from": "2026-04-01", "to": "2027-03-31"}
    )
    batch = json.loads(run("calendar", "--batch", "-", stdin=line.encode()).stdout)
    assert [each["form"] for each in batch["advice"] if each["obligation"] == "it-10a"] == ["104"]


def test_a_choice_is_told_apart_from_a_duty(run: Run) -> None:
    occurrences = _answer(run(*_calendar("--format", "json")))["occurrences"]
    kinds = {each["form"]: each["kind"] for each in occurrences}
    assert (kinds["GSTR-3B"], kinds["GSTR-1A"]) == ("duty", "choice")
    told = [line.split() for line in run(*_calendar()).stdout.decode().splitlines()]
    marked = {words[2] for words in told if words[-2:] == ["a", "choice"]}
    assert {"GSTR-1A", "THREE-YEAR-BAR"} <= marked
    assert "GSTR-3B" in {words[2] for words in told if len(words) > 2} - marked


def test_what_has_no_date_is_explained_with_the_reason_and_whom_it_concerns(run: Run) -> None:
    told = run("explain", "small company", "--profile", "company.yaml").stdout.decode()
    assert "It does not apply to this company." not in told
    assert "It applies to this company." in told
    assert "No date that looks like law" in told
    assert "within Rs 10,00,00,000 and Rs 1,00,00,00,000" in told
    assert "It does not apply" in run("explain", "pt-nl", "--profile", "company.yaml").stdout.decode()
    asked = run("explain", "contract labour", "--profile", "company.yaml").stdout.decode()
    assert "Whether it applies turns on the contract labour (workers engaged through contractors)." in asked
    (answer,) = _answer(run("explain", "Form 104", "--format", "json"))
    assert answer["obligation"] == "it-10a"
    assert answer["no_date"].startswith("It hangs on the year")
    assert (answer["when"], answer["next"], answer["kind"]) == ([], [], "duty")


def test_the_catalogue_checks_itself(run: Run) -> None:
    figures = _answer(run("catalogue", "check", "--format", "json"))
    assert figures["faults"] == []
    assert figures["obligations"] >= 30
    assert figures["sides_with_a_case_percent"] == 100.0
    assert figures["sides"] > figures["changes"] > 500
    never_dated = sum(figures["kinds"][kind] for kind in ("definition", "relief", "status"))
    duties = [each for each in catalogue.load().obligations.values() if each.kind == "duty"]
    assert figures["without_a_date"] == never_dated + sum(not each.schedules for each in duties)
    assert set(figures["holiday_list_age_days"]) >= {"holidays/national", "holidays/MH", "holidays/TN"}
    assert {"MH", "KA", "TN"} <= set(figures["holiday_lists_complete"]["2026"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("calendar", "missing.yaml"), "missing.yaml: there is no such file"),
        (("calendar", "."), ".: cannot be read"),
        (
            ("calendar", "company.yaml", "--from", "2026-02-30", "--to", "2026-03-01"),
            "--from: '2026-02-30' is not a date",
        ),
        (("calendar", "company.yaml", "--from", "2026-03-02", "--to", "2026-03-01"), "before it starts"),
        (("calendar", "company.yaml", "--as-of", "yesterday"), "--as-of: 'yesterday' is not a date"),
        (("penalty", "--form", "GSTR-99", "--due", "2026-01-01"), "did you mean"),
        (("penalty", "--form", "GSTR-3B", "--due", "2026-01-20"), "turnover: "),
        (("penalty", "--form", "GSTR-3B", "--due", "2026-01-20", "--input", "turnover"), "is not key=value"),
        (("explain", "nothing-of-the-kind"), "has no form"),
        (("calendar", "--batch", "missing.jsonl"), "missing.jsonl: cannot be read"),
    ],
)
def test_input_at_fault_ends_with_one_and_a_line(run: Run, arguments: tuple[str, ...], says: str) -> None:
    assert says in _refused(run(*arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        ("calendar",),
        ("penalty",),
        ("explain",),
        ("calendar", "company.yaml", "--from", "2026-04-01"),
        ("nonsense",),
        ("calendar", "--frm", "x"),
    ],
)
def test_wrong_usage_ends_with_two(run: Run, arguments: tuple[str, ...]) -> None:
    _refused(run(*arguments), 2)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("entity_type: [", "neither YAML nor JSON"),
        ("just words", "a profile is a mapping"),
        ("entity_type: opc\nturnovr: 1\nstate: XX", "turnovr: unknown field; did you mean 'turnover'?"),
        ("entity_type: opc\nincorporated_on: 2026-02-30", "is not a date"),
        ("", "a profile is a mapping of fields, not nothing"),
        ("\x00\x01", "neither YAML nor JSON"),
    ],
)
def test_a_faulty_profile_is_refused_line_by_line(run: Run, tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "bad.yaml").write_text(text)
    told = _refused(run("calendar", "bad.yaml"))
    assert says in told
    assert all(line.startswith("bad.yaml") for line in told.splitlines())


def test_a_batch_answers_in_order_and_goes_on_after_a_faulty_line(run: Run) -> None:
    good = {"entity_type": "opc", "incorporated_on": "2020-08-01"}
    requests: list[Any] = [
        {"id": 1, "profile": good, "from": "2026-04-01", "to": "2027-03-31"},
        {"id": 2, "profile": {"entity_type": "x"}, "from": "2026-04-01", "to": "2027-03-31"},
        {"id": 3, "profile": good, "from": "2026-02-30", "to": "2027-03-31"},
        {"id": 4, "profile": good, "from": "2027-04-01", "to": "2027-03-31"},
        {"id": 5, "from": "2026-04-01", "to": "2027-03-31"},
        [6],
        {"id": 7, "profile": good, "from": "2026-04-01", "to": "2027-03-31"},
    ]
    lines = [json.dumps(each).encode() for each in requests]
    lines.insert(3, b"{not json")
    done = run("calendar", "--batch", "-", stdin=b"\n".join(lines))
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert [reply["id"] for reply in replies] == [1, 2, 3, None, 4, 5, None, 7]
    assert [reply.get("error", {}).get("path") for reply in replies] == [
        None, "profile.entity_type", "from", "line 4", "to", "profile", "line 7", None,
    ]  # fmt: skip
    assert replies[0]["occurrences"] == replies[-1]["occurrences"] != []
    assert b"2 lines answered, 6 at fault" in done.stderr


def test_a_batch_of_penalties_answers_each(run: Run, tmp_path: Path) -> None:
    requests = [
        {"id": "a", "form": "AOC-4", "due_date": "2026-10-30", "filed_on": "2026-11-20", "inputs": {}},
        {"id": "b", "form": "GSTR-3B", "due_date": "2026-01-20", "filed_on": "2026-06-30"},
        {"id": "c", "form": 3, "due_date": "2026-06-20"},
        {"id": "d", "form": "AOC-4", "due_date": "2026-10-30", "inputs": [1]},
    ]
    (tmp_path / "batch.jsonl").write_text("\n".join(map(json.dumps, requests)))
    replies = [json.loads(line) for line in run("penalty", "--batch", "batch.jsonl").stdout.splitlines()]
    assert replies[0]["total"] == 2100
    assert [reply["error"]["path"] for reply in replies[1:]] == ["turnover", "form", "inputs"]


def test_a_line_without_end_is_one_fault_and_not_the_end(run: Run) -> None:
    request = json.dumps(
        {"id": 1, "form": "AOC-4", "due_date": "2026-10-30", "filed_on": "2026-11-20"}
    ).encode()
    done = run("penalty", "--batch", "-", stdin=b"x" * (9 * 1024 * 1024) + b"\n" + request)
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert [reply["id"] for reply in replies] == [None, 1]
    assert "too long" in replies[0]["error"]["message"]


def test_a_reader_that_goes_away_is_no_error(run: Run, tmp_path: Path) -> None:
    request = json.dumps({"profile": {"entity_type": "opc"}, "from": "2026-04-01", "to": "2027-03-31"})
    (tmp_path / "batch.jsonl").write_text("\n".join([request] * 3000))
    command = f"{sys.executable} -m complianceai calendar --batch batch.jsonl | head -n 1 >/dev/null"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, timeout=60, check=True)
    assert done.stderr == b""


def test_starting_imports_neither_web_nor_database() -> None:
    code = "import sys, complianceai.entry.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"fastapi", "starlette", "sqlalchemy", "redis", "pydantic", "uvicorn", "jinja2"} & set(loaded)


def test_a_missing_fact_is_one_line_with_every_duty_that_it_decides(run: Run, tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text("{entity_type: private_limited, incorporated_on: 2018-05-10}")
    told = run(*_calendar()).stdout.decode().partition("Could not be decided")[2]
    lines = [line.strip() for line in told.splitlines() if " decides " in line]
    assert len({line.split(" ")[0] for line in lines}) == len(lines)
    assert lines[0].startswith("state decides ")
    assert "epf-ecr" in next(line for line in lines if line.startswith("employees.total decides"))
