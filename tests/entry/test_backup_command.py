"""From the command line: a backup made, listed, tried out, encrypted, and put back into an empty place."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("complianceai")


def _run(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "HOME"} or name.startswith("COV")
    }
    environment = {**kept, "DATA_DIR": str(home / "data"), **settings}
    return subprocess.run(
        [COMMAND, *arguments], env=environment, cwd=home, capture_output=True, text=True, check=False
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert _run(tmp_path, "migrate").returncode == 0
    return tmp_path


def test_a_backup_goes_from_one_place_to_another(home: Path) -> None:
    assert "has no backups yet" in _run(home, "backup", "list").stdout
    made = json.loads(_run(home, "backup", "--format", "json").stdout)
    assert json.loads(_run(home, "backup", "list", "--format", "json").stdout) == [made]
    assert f"{made['name']} is whole" in _run(home, "backup", "drill").stdout
    refused = _run(home, "restore")
    assert refused.returncode == 1
    assert "is not empty" in refused.stderr
    elsewhere = {"DATA_DIR": str(home / "new"), "BACKUP_URL": (home / "data" / "backups").as_uri()}
    back = _run(home, "restore", **elsewhere)
    assert back.returncode == 0, back.stderr
    assert (home / "new" / "complianceai.db").exists()
    file = str(home / "data" / "backups" / made["name"])
    assert _run(home, "restore", file, DATA_DIR=str(home / "third")).returncode == 0


def test_the_server_cannot_read_what_it_encrypts(home: Path) -> None:
    public, _, *secret = _run(home, "backup", "key").stdout.splitlines()
    (home / "key").write_text("\n".join(secret))
    settings = {"BACKUP_KEY": public.removeprefix("BACKUP_KEY=")}
    assert ".age" in _run(home, "backup", **settings).stdout
    refused = _run(home, "backup", "drill", **settings)
    assert refused.returncode == 1
    assert "--key-file" in refused.stderr
    assert "is whole" in _run(home, "backup", "drill", "--key-file", str(home / "key"), **settings).stdout
    assert _run(home, "backup", "prune", **settings).stdout.strip() == "nothing to drop"


@pytest.mark.parametrize(
    ("name", "value"),
    [("BACKUP_KEY", "age1nobody"), ("BACKUP_KEEP", "7,5"), ("BACKUP_URL", "ftp://host/folder")],
)
def test_a_wrong_setting_is_refused_by_name(home: Path, name: str, value: str) -> None:
    refused = _run(home, "backup", **{name: value})
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{name}")
