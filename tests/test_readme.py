"""What the README says can be typed, can be typed."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
COMMANDS = re.findall(r"^\$ \.venv/bin/complianceai (.+)$", README, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_tour_answers(command: str) -> None:
    program = Path(sys.executable).with_name("complianceai")
    done = subprocess.run(
        [program, *shlex.split(command)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_each_link_leads_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_each_script_named_exists_and_can_be_run() -> None:
    named = set(re.findall(r"\bscript/(\w+)", README))
    assert {name for name in named if not (ROOT / "script" / name).stat().st_mode & 0o100} == set()
