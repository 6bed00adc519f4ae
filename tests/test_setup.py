"""Set-up says in one line what is missing, and leaves the rest alone."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# All that set-up itself calls; a machine may have no more.
_TOOLS = ("bash", "cat", "cksum", "dirname", "env", "rm")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that has not been set up, and a machine with nothing but the barest tools."""
    for name in ("script/setup", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    for tool in _TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or pytest.fail(f"{tool} is missing"))
    return tmp_path


def _set_up(checkout: Path, *arguments: str, python: str = "") -> subprocess.CompletedProcess[str]:
    if python:
        (checkout / "bin" / "python3").write_text(f"#!/usr/bin/env bash\n{python}\n")
        (checkout / "bin" / "python3").chmod(0o755)
    return subprocess.run(
        [checkout / "script" / "setup", *arguments],
        env={"PATH": str(checkout / "bin"), "HOME": str(checkout)},
        cwd=checkout.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    return done.stderr.splitlines()[-1]


def test_a_machine_without_python_is_told_which_to_install(checkout: Path) -> None:
    assert "Python 3.11 or newer is needed, and python3 is missing" in _last_line(_set_up(checkout))


def test_a_python_that_is_too_old_is_named_with_its_version(checkout: Path) -> None:
    old = 'case "$1" in --version) echo "Python 3.9.18" ;; *) exit 1 ;; esac'
    assert "python3 is Python 3.9.18" in _last_line(_set_up(checkout, python=old))


def test_a_python_without_its_venv_module_is_told_the_package_that_brings_it(checkout: Path) -> None:
    bare = 'case "$*" in *ensurepip*) exit 1 ;; *) exit 0 ;; esac'
    assert "apt-get install python3-venv" in _last_line(_set_up(checkout, python=bare))


def test_an_unknown_argument_is_refused_by_name(checkout: Path) -> None:
    assert "unknown argument '--devel'" in _last_line(_set_up(checkout, "--devel"))


def test_once_set_up_it_starts_no_program_but_to_read_its_stamp(checkout: Path) -> None:
    key = subprocess.run(
        ["bash", "-c", 'echo "$PWD $(cat requirements.lock pyproject.toml | cksum)"'],
        cwd=checkout,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").write_text("#!/usr/bin/env false\n")
    (checkout / ".venv" / "bin" / "python").chmod(0o755)
    (checkout / ".venv" / "ready-run").write_text(key)
    done = _set_up(checkout, python="exit 1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
