"""What the house asks for and no tool checks: short files, no traces of one machine, locks without addresses."""

import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_LINES = 400
LOCKS = ("requirements.lock", "requirements-dev.lock")

# Written in pieces, so that this file does not hold what it looks for.
_MACHINE_PATH = re.compile(
    "(?<![A-Za-z0-9_.])/(?:" + "|".join(("wo" + "rk", "fa" + "rm", "ro" + "ot")) + r")/[a-z.]"
)
_REGISTRY_HOST = re.compile(
    "|".join(
        name.replace(".", r"\.") for name in ("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs")
    )
)
_FETCHED_FROM_ELSEWHERE = re.compile(r"""(?:src|href)=["']https?://[^"']+\.(?:js|css|woff2?)\b""")


def _tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def _readable(paths: list[Path]) -> list[tuple[str, str]]:
    texts = []
    for path in paths:
        data = path.read_bytes()
        if b"\0" not in data:
            texts.append((str(path.relative_to(ROOT)), data.decode()))
    return texts


def _lines_with(pattern: re.Pattern[str], texts: list[tuple[str, str]]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    found = _readable(_tracked())
    assert len(found) > len(LOCKS)
    return found


def test_no_file_of_code_is_longer_than_four_hundred_lines() -> None:
    files = _readable(_tracked("*.py", "*.css", "*.js", "*.html", "script/*"))
    long = {name: length for name, text in files if (length := text.count("\n")) > MOST_LINES}
    assert long == {}


def test_no_path_of_one_machine_stands_in_the_project(texts: list[tuple[str, str]]) -> None:
    assert _lines_with(_MACHINE_PATH, texts) == []


def test_no_host_of_a_package_registry_stands_in_the_project(texts: list[tuple[str, str]]) -> None:
    assert _lines_with(_REGISTRY_HOST, texts) == []


def test_no_page_loads_scripts_styles_or_fonts_from_elsewhere(texts: list[tuple[str, str]]) -> None:
    pages = [(name, text) for name, text in texts if name.endswith((".html", ".css", ".py"))]
    assert _lines_with(_FETCHED_FROM_ELSEWHERE, pages) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    pins = re.findall(r"^[a-z0-9.-]+(?:\[[a-z,-]+\])?==", text, re.MULTILINE)
    assert pins
    assert text.count("--hash=sha256:") >= len(pins)


def test_each_package_that_the_project_names_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = chain(project["dependencies"], *project["optional-dependencies"].values())
    names = {re.match(r"[A-Za-z0-9._-]+", line)[0].lower().replace("_", "-") for line in named}
    locked = set(re.findall(r"^([a-z0-9.-]+)", (ROOT / "requirements-dev.lock").read_text(), re.MULTILINE))
    assert names - locked == set()


def test_what_is_needed_to_run_is_pinned_alike_to_develop() -> None:
    run, develop = (
        dict(re.findall(r"^(\S+?)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS
    )
    assert {name: pin for name, pin in run.items() if develop.get(name) != pin} == {}
