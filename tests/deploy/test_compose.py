"""The compose files and the workflow: as their schemas want them, and true to the product."""

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from complianceai.entry.cli import app
from complianceai.entry.serving import GRACE_SECONDS
from tests.deploy.settings import KNOWN

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
COMPOSE = [ROOT / "compose.yaml", ROOT / "compose.production.yaml"]
CHECKED = [(file, "compose-spec") for file in COMPOSE] + [(file, "github-workflows") for file in WORKFLOWS]


def _schema_fault(file: Path, schema: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", f"--builtin-schema=vendor.{schema}", str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _ours(file: Path) -> dict[str, dict[str, Any]]:
    services = yaml.safe_load(file.read_text("utf-8"))["services"]
    return {name: service for name, service in services.items() if "build" in service}


@pytest.mark.parametrize(("file", "schema"), CHECKED, ids=lambda value: getattr(value, "name", ""))
def test_the_schema_finds_no_fault(file: Path, schema: str) -> None:
    assert find_spec("check_jsonschema") is not None
    assert _schema_fault(file, schema) == ""


@pytest.mark.parametrize(("file", "schema"), CHECKED, ids=lambda value: getattr(value, "name", ""))
def test_the_schema_would_have_found_a_misspelt_key(tmp_path: Path, file: Path, schema: str) -> None:
    misspelt = tmp_path / file.name
    text = re.sub(r"(?m)^(\s+)(depends_on|ports|timeout-minutes):", r"\1mispelt:", file.read_text("utf-8"))
    misspelt.write_text(text)
    assert "mispelt" in _schema_fault(misspelt, schema)


@pytest.mark.parametrize("file", COMPOSE, ids=lambda file: file.name)
def test_what_compose_gives_is_a_setting_and_what_it_calls_a_command(file: Path) -> None:
    commands = {command.name for command in app.registered_commands}
    assert len(_ours(file)) >= 1
    for service in _ours(file).values():
        assert set(service["environment"]) <= KNOWN
        assert service.get("command", ["serve"])[0] in commands


def test_production_secrets_are_settings_that_their_readers_are_given() -> None:
    whole = yaml.safe_load(COMPOSE[1].read_text("utf-8"))
    for service in _ours(COMPOSE[1]).values():
        assert {name.upper() for name in service["secrets"]} <= KNOWN
        assert service["environment"]["SECRETS_DIR"] == "/run/secrets"
        assert set(service["secrets"]) <= set(whole["secrets"])
        assert not {"SECRET_KEY", "DATABASE_URL"} & set(service["environment"])


@pytest.mark.parametrize("file", COMPOSE, ids=lambda file: file.name)
def test_what_is_mounted_is_in_the_project_or_told_to_be_the_users_own(file: Path) -> None:
    text = file.read_text("utf-8")
    told = "".join(line for line in text.splitlines() if line.startswith("#"))
    whole = yaml.safe_load(text)
    mounted = [
        volume.split(":")[0] for each in whole["services"].values() for volume in each.get("volumes", [])
    ]
    paths = [path for path in mounted if path.startswith(".")]
    paths += [secret["file"] for secret in whole.get("secrets", {}).values()]
    for path in paths:
        is_theirs = path.startswith("./secrets/") and Path(path).name in told
        assert is_theirs or (ROOT / path).is_file(), path
    assert {path for path in mounted if not path.startswith(".")} <= set(whole.get("volumes", {}))


def test_every_neighbour_is_waited_for_until_it_is_well() -> None:
    services = yaml.safe_load(COMPOSE[1].read_text("utf-8"))["services"]
    for name, service in services.items():
        for other, condition in service.get("depends_on", {}).items():
            assert condition == {"condition": "service_healthy"}, name
            assert "healthcheck" in services[other] or other == "app"  # the image brings its own
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text("utf-8")


def test_production_stops_slower_than_the_product_ends() -> None:
    for service in _ours(COMPOSE[1]).values():
        assert int(service["stop_grace_period"].removesuffix("s")) > GRACE_SECONDS


def test_what_the_workflow_runs_of_ours_is_there() -> None:
    steps = [
        step["run"]
        for file in WORKFLOWS
        for job in yaml.safe_load(file.read_text("utf-8"))["jobs"].values()
        for step in job["steps"]
        if "run" in step
    ]
    named = set(re.findall(r"(?m)(?:^|\s)((?:script|deploy|\.ci)/[\w-]+)", "\n".join(steps)))
    assert {"script/setup", "script/test", "deploy/roll-out", ".ci/run"} <= named
    for name in named:
        assert (ROOT / name).stat().st_mode & 0o111, name


def test_the_workflow_gives_the_roll_out_what_it_asks_for() -> None:
    [file] = WORKFLOWS
    steps = yaml.safe_load(file.read_text("utf-8"))["jobs"]["deploy"]["steps"]
    asked = set(re.findall(r'"\$\{(\w+):\?\}"', (ROOT / "deploy" / "roll-out").read_text("utf-8")))
    assert asked == set(steps[-1]["env"])
    variables = set(re.findall(r"vars\.(\w+)", json.dumps(yaml.safe_load(file.read_text("utf-8")))))
    given = re.findall(r"(?m)^    ([A-Z_]+) +=", (ROOT / "deploy" / "terraform" / "outputs.tf").read_text())
    assert variables == set(given)
