"""What docs/security says and what the code does are one."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from complianceai.entry.settings import Settings
from complianceai.site.limits import ONE_MEGABYTE
from complianceai.tenancy.happenings import Way
from complianceai.tenancy.passwords import LANES, MEMORY_KIB, PASSES
from complianceai.tenancy.policies import Role
from complianceai.tenancy.recognition import KNOWN_TIMES, PAGES_TIMES
from complianceai.tenancy.sessions import ABSOLUTE_LIMIT, IDLE_LIMIT, MOST_AT_ONCE
from complianceai.tenancy.slowing import FROM_ANYWHERE, FROM_ONE_PLACE
from complianceai.tenancy.strength import OURS

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "security"
SOURCE = ROOT / "src" / "complianceai"


def page(name: str) -> str:
    """The text of one page."""
    return (PAGES / f"{name}.md").read_text("utf-8")


def test_the_words_refused_in_passwords_are_those_written_down() -> None:
    listed = re.search(r"own trade and country:\n\n(.+?)\n\n", page("authentication"), re.DOTALL)
    assert listed is not None
    assert set(re.findall("[a-z]+", listed[1])) == set(OURS)


def test_each_way_in_is_written_down_and_no_other() -> None:
    table = re.findall(r"^\| `([a-z_]+)` \|", page("authentication"), re.MULTILINE)
    assert set(table) == {way.value for way in Way}


def test_the_times_of_a_session_are_those_written_down() -> None:
    text = page("authentication")
    assert f"**{IDLE_LIMIT.total_seconds() / 3600:.0f} hours**" in text
    assert f"**{ABSOLUTE_LIMIT.days} days**" in text
    assert f"**{MOST_AT_ONCE}** sessions" in text


def test_what_slows_guessing_is_what_is_written_down() -> None:
    text = page("authentication")
    assert FROM_ONE_PLACE == ("5/minute", "10/15minutes", "30/day")
    assert "5 a minute, 10 in 15 minutes, 30 a day" in text
    assert FROM_ANYWHERE == ("60/hour", "300/day")
    assert "60 an hour, 300 a day" in text
    assert (PAGES_TIMES, KNOWN_TIMES) == (10, 300)
    assert "ten times that for public pages" in text
    assert "300 times that" in text
    assert Settings(_env_file=None).rate_limit == "100/15minutes"


def test_limits_of_requests_are_those_written_down() -> None:
    assert "| a request's body | 1 MiB" in page("input")
    assert ONE_MEGABYTE == 1_048_576


def test_the_figures_of_argon2_are_those_written_down() -> None:
    assert f"Argon2id, {MEMORY_KIB // 1024} MiB, {PASSES} passes, {LANES} lane" in page("cryptography")


def test_each_role_is_in_the_table_of_who_may_do_what() -> None:
    for role in Role:
        assert role.value in page("authorization")


def test_each_setting_that_holds_a_secret_has_its_row_and_its_time() -> None:
    secrets = {
        name.upper()
        for name, told in Settings.model_fields.items()
        if "SecretStr" in str(told.annotation) or name.endswith(("database_url", "redis_url", "smtp_url"))
    }
    listed = set(re.findall(r"`([A-Z_]+)`", page("cryptography").partition("## Keys and secrets")[2]))
    assert secrets <= listed, secrets - listed


def _events() -> Iterator[str]:
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            if ast.unparse(node.func.value) != "log":
                continue
            where = 1 if node.func.attr == "log" else 0
            said = node.args[where]
            assert isinstance(said, ast.Constant), (file, "an event is named by a constant")
            yield str(said.value)


def test_each_event_that_is_logged_is_in_the_inventory() -> None:
    listed = set(re.findall(r"`([a-z_.]+)`", page("logging")))
    events = set(_events())
    assert len(events) > 10
    assert events <= listed, sorted(events - listed)


def test_each_file_that_the_pages_name_is_there() -> None:
    for file in [*PAGES.glob("*.md"), ROOT / "SECURITY.md"]:
        for named in re.findall(r"`((?:[a-z_]+/)+[a-z_0-9]+\.(?:py|conf|md))`", file.read_text("utf-8")):
            assert (SOURCE / named).exists() or (ROOT / named).exists(), (file.name, named)


def test_each_link_of_the_pages_leads_somewhere() -> None:
    for file in [*PAGES.glob("*.md"), ROOT / "SECURITY.md"]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[a-z-]+)?\)", file.read_text("utf-8")):
            assert (file.parent / target).exists(), (file.name, target)


def test_the_bill_of_materials_names_each_package_that_runs_with_its_hashes() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "script" / "sbom"], capture_output=True, text=True, check=True
    )
    bill = json.loads(done.stdout)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    listed = {each["name"]: each for each in bill["components"]}
    locked = re.findall(
        r"^([a-z0-9_.-]+)(?:\[[^]]*\])?==", (ROOT / "requirements.lock").read_text(), re.MULTILINE
    )
    assert set(locked) == set(listed)
    assert all(each["hashes"] and each["version"] in each["purl"] for each in listed.values())
    development = set(
        re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements-dev.lock").read_text(), re.MULTILINE)
    )
    for tool in ("pytest", "schemathesis", "bandit", "moto", "playwright"):
        assert tool in development
        assert tool not in listed


@pytest.mark.parametrize("grade", ["exploited, or critical", "high", "medium", "low"])
def test_each_grade_of_a_fault_has_its_time(grade: str) -> None:
    row = re.search(rf"^\| [^|]*{grade}[^|]*\| (\d+) days \|$", page("dependencies"), re.MULTILINE)
    assert row is not None
    assert 0 < int(row[1]) <= 90
