"""The command `complianceai chain` as people and scripts use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from complianceai.entry.cli import app

PROFILE = "entity_type: private_limited\nturnover: 50000000\npaid_up_capital: 1000000\n"


@pytest.fixture
def company(tmp_path: Path) -> str:
    path = tmp_path / "company.yaml"
    path.write_text(PROFILE)
    return str(path)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["chain", *arguments])


def test_people_get_a_line_for_each_link_and_what_could_not_be_decided(company: str) -> None:
    done = _run("agm", "--on", "2026-09-30", "--profile", company)
    assert done.exit_code == 0
    assert "Annual general meeting held, 30 September 2026" in done.output
    assert "Fri 30 October 2026" in done.output
    assert "Could not be decided" in done.output
    assert "(auditor_appointed)" in done.output


def test_programs_get_json_with_citation_and_trace(company: str) -> None:
    arguments = ("agm", "--on", "2026-09-30", "--profile", company, "--answer", "auditor_appointed=yes")
    answer = json.loads(_run(*arguments, "--format", "json").output)
    auditor = next(each for each in answer["links"] if each["link"] == "auditor")
    assert (auditor["form"], auditor["due_date"]) == ("ADT-1", "2026-10-15")
    assert auditor["citations"]
    assert auditor["trace"][-1] == "15 days after 30 September 2026 is 15 October 2026."
    assert answer["undetermined"] == []


def test_the_list_names_every_event_and_what_it_asks() -> None:
    listed = json.loads(_run("--list", "--format", "json").output)
    assert {"incorporation", "llp-partner"} <= {each["event"] for each in listed}
    assert "auditor_appointed (yes/no)" in _run("--list", "agm").output


def test_an_event_that_is_not_the_company_s_is_said_in_a_sentence(company: str) -> None:
    assert (
        "Only an LLP has this event."
        in _run("llp-partner", "--on", "2026-05-04", "--profile", company).output
    )


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("agmm", "--on", "2026-09-30"), 1, "event: no chain is called 'agmm'; did you mean 'agm'?"),
        (("agm", "--on", "soon"), 1, "--on: 'soon' is not a date"),
        (("agm", "--on", "2026-09-30", "--answer", "csr"), 1, "--answer: 'csr' is not key=value"),
        (
            ("agm", "--on", "2026-09-30", "--answer", "csr=perhaps"),
            1,
            "answers.csr: 'perhaps' is not yes or no",
        ),
        (("--list", "zzz"), 1, "no chain is called 'zzz'"),
        (("agm",), 2, "name an event and --on DATE"),
    ],
)
def test_a_fault_is_one_line_with_its_cure(arguments: tuple[str, ...], status: int, says: str) -> None:
    done = _run(*arguments)
    assert done.exit_code == status
    assert says in " ".join(done.stderr.split())
