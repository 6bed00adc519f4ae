"""Papers set by warm children: the same papers, faults and all; one that takes too long is ended."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from complianceai.drafting import FaultyText, Style, TooMuch, read, write_docx
from complianceai.drafting.press import Press
from tests.drafting.drafts import CONTRACT

# One paragraph of marks, as many as are read at all: it takes the typesetter many seconds.
HEAVY = ("*a* " * 450 + "\n") * 40
WHEN = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.close()


def test_a_paper_from_a_child_is_the_paper(press: Press) -> None:
    style = Style(title="Contract")
    assert press.make("paper", "docx", CONTRACT, True, style) == write_docx(
        read(CONTRACT, numbered=True), style
    )
    assert press.make("paper", "pdf", CONTRACT, True, style).startswith(b"%PDF")
    assert press.make("paper", "html", CONTRACT, True, style).startswith(b"<article")
    assert len(press._idle) == 1


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<article")])
def test_a_redline_from_a_child(press: Press, kind: str, start: bytes) -> None:
    made = press.make("redline", kind, CONTRACT, CONTRACT.replace("design", "drawing"), True, Style(), WHEN)
    assert made.startswith(start)


def test_faults_come_back_by_line_and_the_child_lives_on(press: Press) -> None:
    with pytest.raises(FaultyText) as refused:
        press.make("paper", "pdf", "a\n\n:::poem\n", False, Style())
    assert refused.value.faults[0].line == 3
    (child,) = press._idle
    assert press.make("paper", "pdf", "a", False, Style()).startswith(b"%PDF")
    assert press._idle == [child]


def test_a_paper_that_takes_too_long_is_ended_and_the_next_goes_on() -> None:
    press = Press(children=1, seconds=1.0)
    press.make("paper", "html", "a", False, Style())
    (child,) = press._idle
    start = time.monotonic()
    with pytest.raises(TooMuch, match="1 seconds"):
        press.make("paper", "pdf", HEAVY, False, Style())
    assert time.monotonic() - start < 5
    assert not child.is_alive
    press._seconds = 20
    assert press.make("paper", "html", "a", False, Style()).startswith(b"<article")
    press.close()


def test_a_child_that_died_is_replaced(press: Press) -> None:
    press.make("paper", "html", "a", False, Style())
    press._idle[0]._program.kill()
    press._idle[0]._program.wait()
    assert press.make("paper", "html", "a", False, Style()).startswith(b"<article")


def test_many_threads_are_served_by_two_children(press: Press) -> None:
    made: list[Any] = []
    threads = [
        threading.Thread(target=lambda: made.append(press.make("paper", "pdf", CONTRACT, True, Style())))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert 1 <= len(press._idle) <= 2


def test_a_child_ends_with_its_parent(press: Press) -> None:
    press.make("paper", "html", "a", False, Style())
    program = press._idle[0]._program
    assert program.stdin is not None
    program.stdin.close()
    assert program.wait(timeout=10) == 0
