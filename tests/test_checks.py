"""The command that judges everything is judged too: it counts what ran, and no failure of a stage is lost."""

import sys

import pytest

from script import checks


@pytest.mark.parametrize(
    ("closing", "counts"),
    [
        ("120 passed in 4.21s", {"passed": 120}),
        ("3 failed, 120 passed, 2 skipped in 64.00s (0:01:04)", {"failed": 3, "passed": 120, "skipped": 2}),
        ("1 error in 0.10s", {"error": 1}),
        ("8 deselected in 0.05s", {"deselected": 8}),
        ("All checks passed!", {}),
    ],
)
def test_tests_are_counted_from_the_closing_line(closing: str, counts: dict[str, int]) -> None:
    assert checks._count_tests(f"....\n{closing}\n") == counts


@pytest.mark.parametrize(("code", "verdict"), [(0, "ok"), (1, "FAILED"), (5, "FAILED")])
def test_a_stage_stands_or_falls_by_its_exit_code(
    code: int, verdict: str, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = checks._run(
        checks.Stage("a stage", (sys.executable, "-c", f"print('said'); raise SystemExit({code})"))
    )
    printed = capsys.readouterr().out
    assert outcome.ok == (code == 0)
    assert printed.split()[:3] == ["a", "stage", verdict]
    assert ("said" in printed) == (code != 0)


def test_why_tests_were_skipped_is_said_though_the_stage_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    program = "print('SKIPPED [4] browser.py:40: no Chromium was found'); print('4 skipped in 0.2s')"
    checks._run(checks.Stage("journeys", (sys.executable, "-c", program)))
    assert "no Chromium was found" in capsys.readouterr().out


@pytest.mark.parametrize(("codes", "verdict"), [((0, 0), 0), ((0, 1), 1), ((1, 0), 1)])
def test_one_stage_that_falls_makes_the_whole_fall(codes: tuple[int, ...], verdict: int) -> None:
    programs = [(sys.executable, "-c", f"raise SystemExit({code})") for code in codes]
    assert checks.judge([checks.Stage("a stage", program) for program in programs]) == verdict


def _stage_of_tests(closing: str, again: int) -> checks.Stage:
    first = (sys.executable, "-c", f"print('{closing}'); raise SystemExit(1)")
    word = "failed" if again else "passed"
    return checks.Stage(
        "tests", first, (sys.executable, "-c", f"print('1 {word} in 0.1s'); raise SystemExit({again})")
    )


def test_a_test_that_passes_alone_is_named_and_lets_the_stage_stand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert checks.judge([_stage_of_tests("1 failed, 9 passed in 1.00s", again=0)]) == 0
    printed = capsys.readouterr().out
    assert "10 passed, 0 failed" in printed
    assert "1 of them failed at first" in printed


@pytest.mark.parametrize(
    ("closing", "again"),
    [("1 failed, 9 passed in 1.00s", 1), ("6 failed, 9 passed in 1.00s", 0), ("nothing", 0)],
)
def test_no_second_chance_hides_what_fails_twice_or_what_fails_in_numbers(closing: str, again: int) -> None:
    assert checks.judge([_stage_of_tests(closing, again)]) == 1
