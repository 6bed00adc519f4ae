"""Every check of the project, one short line each; `script/test` starts it once .venv is ready."""

import argparse
import os
import re
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent

# So few failed tests get a second chance, alone: a busy machine may have been at fault. They are named either way.
_FEW = 5
# What to repeat of the output of a stage that went well.
_WORTH_SAYING = re.compile(r"^(SKIPPED|TOTAL|Required test coverage|Contracts:).*", re.MULTILINE)
# The closing line of pytest: "3 failed, 120 passed, 2 skipped in 4.2s".
_CLOSING = re.compile(r"^=*\s*((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s.*$", re.MULTILINE)
_FAULTS = ("failed", "error", "errors")


@dataclass(frozen=True)
class Stage:
    """One check: what it is called, the program that makes it, and the one that tries its few failures again."""

    name: str
    command: tuple[str, ...]
    again: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """How a stage ended; `counts` are of tests, by how they ended."""

    name: str
    ok: bool
    seconds: float
    output: str
    counts: Counter[str]


def main() -> int:
    """0 where every check holds, 1 where one does not."""
    parser = argparse.ArgumentParser(prog="script/test", description=__doc__)
    parser.add_argument("--all", action="store_true", help="run the tests marked slow as well")
    arguments = parser.parse_args()
    for file in ROOT.glob(".coverage*"):
        file.unlink()
    return judge(_stages(slow=arguments.all))


def judge(stages: list[Stage]) -> int:
    """0 where every stage holds, 1 where one does not; each is made, whatever became of those before it."""
    outcomes = [_run(stage) for stage in stages]
    _conclude(outcomes)
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def _stages(*, slow: bool) -> list[Stage]:
    # Each run adds to one measurement, which is judged once, at the end.
    measure = ("--cov", "--cov-append", "--cov-report=", "--cov-fail-under=0")
    pytest = ("pytest", "--quiet", *measure, *(["--slow"] if slow else []))

    def tests(name: str, *which: str) -> Stage:
        command = (*pytest, f"--override-ini=cache_dir=.pytest_cache/{name.replace(' ', '-')}", *which)
        # Both cores work: each takes over what the other has not begun.
        parallel = (*command, "--numprocesses=2", "--dist=worksteal")
        return Stage(name, parallel, (*command, "--last-failed", "--last-failed-no-failures=none"))

    return [
        Stage("style", ("ruff", "check")),
        Stage("layout", ("ruff", "format", "--check")),
        Stage("types", ("mypy",)),
        Stage("security of the code", ("bandit", "-q", "-c", "pyproject.toml", "-r", "src", "script")),
        Stage("import contracts", ("lint-imports", "--no-cache")),
        tests("tests on SQLite", "-m", "not journey"),
        tests("tests on PostgreSQL and Valkey", "-m", "not journey", "--engines=postgres"),
        tests("browser journeys", "-m", "journey"),
        Stage("coverage of branches", ("coverage", "report")),
    ]


def _run(stage: Stage) -> Outcome:
    print(f"{stage.name:<32}", end="", flush=True)
    outcome = _make(stage.name, stage.command)
    _show(outcome)
    if outcome.ok or not stage.again or not 0 < _faults(outcome.counts) <= _FEW:
        return outcome
    print(f"{'  again, those alone':<32}", end="", flush=True)
    second = _make(stage.name, stage.again)
    _show(second)
    steadied = outcome.counts + Counter(unsteady=_faults(outcome.counts))
    for word in _FAULTS:
        steadied[word] = second.counts[word]
    steadied["passed"] += second.counts["passed"]
    return replace(outcome, ok=second.ok, seconds=outcome.seconds + second.seconds, counts=steadied)


def _make(name: str, command: tuple[str, ...]) -> Outcome:
    start = time.monotonic()
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(
        name, done.returncode == 0, time.monotonic() - start, done.stdout, _count_tests(done.stdout)
    )


def _show(outcome: Outcome) -> None:
    counted = ", ".join(f"{number} {word}" for word, number in outcome.counts.items())
    print(f"{'ok    ' if outcome.ok else 'FAILED'} {outcome.seconds:6.1f} s  {counted}".rstrip(), flush=True)
    if not outcome.ok:
        print(outcome.output, flush=True)
    for line in _WORTH_SAYING.finditer(outcome.output) if outcome.ok else ():
        print(f"    {line[0]}", flush=True)


def _count_tests(output: str) -> Counter[str]:
    closing = _CLOSING.search(output)
    pairs = re.findall(r"(\d+) ([a-z]+)", closing[1]) if closing else []
    return Counter({word: int(number) for number, word in pairs})


def _conclude(outcomes: list[Outcome]) -> None:
    counts = sum((outcome.counts for outcome in outcomes), Counter[str]())
    failed = ", ".join(outcome.name for outcome in outcomes if not outcome.ok)
    print(f"\n{f'Failed: {failed}.' if failed else 'Everything holds.'} It took {_seconds(outcomes):.0f} s.")
    print(f"{counts['passed']} passed, {_faults(counts)} failed, {counts['skipped']} skipped")
    if counts["unsteady"]:
        print(
            f"{counts['unsteady']} of them failed at first and passed alone: they stand above, and want mending."
        )


def _faults(counts: Counter[str]) -> int:
    return sum(counts[word] for word in _FAULTS)


def _seconds(outcomes: list[Outcome]) -> float:
    return sum(outcome.seconds for outcome in outcomes)


if __name__ == "__main__":
    # A stage's own colours would end up in what is searched above.
    os.environ["NO_COLOR"] = "1"
    sys.exit(main())
