"""The way to the cluster, and back: `deploy/roll-out` against a cluster that is played by a script."""

import subprocess
from pathlib import Path

import pytest

ROLL_OUT = Path(__file__).parents[2] / "deploy" / "roll-out"
# Plays `aws`: answers as the tool would with --output text or json, and notes what was to be changed.
AWS = """#!/usr/bin/env python3
import json, os, sys
words, home = sys.argv[1:], os.environ["STAGE"]
deed = words[1]
def of(name): return words[words.index(name) + 1]
def note(what): open(f"{home}/deeds", "a").write(what + "\\n")
if deed == "describe-services":
    print("{}" if "networkConfiguration" in of("--query") else f"{of('--services')}:1")
elif deed == "describe-task-definition":
    print(json.dumps({"family": of("--task-definition"), "revision": 1, "containerDefinitions": [{"image": "old"}]}))
elif deed == "register-task-definition":
    made = json.load(sys.stdin)
    assert "revision" not in made
    note(f"register {made['family']} {made['containerDefinitions'][0]['image']}")
    print(made["family"].replace(":1", ":2"))
elif deed == "run-task":
    note("migrate " + json.loads(of("--overrides"))["containerOverrides"][0]["command"][0])
    print("task")
elif deed == "describe-tasks":
    print(os.environ.get("MIGRATION", "0"))
elif deed == "update-service":
    note(f"use {of('--task-definition')}")
elif deed == "wait" and words[2] == "services-stable" and not os.path.exists(f"{home}/once"):
    open(f"{home}/once", "w").close()
    sys.exit(int(os.environ.get("UNSTABLE", "0")))
"""
CURL = '#!/bin/sh\nexit "${WELL:-0}"\n'
FORWARD = ["use complianceai-web:2", "use complianceai-worker:2"]
BACK = ["use complianceai-web:1", "use complianceai-worker:1"]


def _roll_out(tmp_path: Path, **stage: str) -> tuple[int, list[str]]:
    for name, text in (("aws", AWS), ("curl", CURL), ("sleep", "#!/bin/sh\n")):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}:/usr/local/bin:/usr/bin:/bin", "STAGE": str(tmp_path), "IMAGE": "registry/new:abc",
        "CLUSTER": "c", "HEALTH_URL": "https://dates.example/api/health/ready", "TRIES": "3", **stage,
    }  # fmt: skip
    done = subprocess.run([ROLL_OUT], env=environment, capture_output=True, text=True, check=False)
    deeds = (tmp_path / "deeds").read_text().splitlines() if (tmp_path / "deeds").exists() else []
    return done.returncode, deeds


def test_what_is_well_stays(tmp_path: Path) -> None:
    code, deeds = _roll_out(tmp_path)
    assert code == 0
    assert deeds == [
        "register complianceai-web:1 registry/new:abc",
        "register complianceai-worker:1 registry/new:abc",
        "migrate migrate",
        *FORWARD,
    ]


@pytest.mark.parametrize("stage", [{"WELL": "22"}, {"UNSTABLE": "255"}])
def test_what_is_not_well_goes_back_to_what_ran_before(tmp_path: Path, stage: dict[str, str]) -> None:
    code, deeds = _roll_out(tmp_path, **stage)
    assert code == 1
    assert deeds[-4:] == FORWARD + BACK


def test_a_migration_that_fails_changes_nothing_that_runs(tmp_path: Path) -> None:
    code, deeds = _roll_out(tmp_path, MIGRATION="1")
    assert code == 1
    assert not [deed for deed in deeds if deed.startswith("use")]


def test_without_an_image_nothing_is_begun(tmp_path: Path) -> None:
    assert _roll_out(tmp_path, IMAGE="") == (1, [])
