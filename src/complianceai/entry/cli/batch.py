"""Answers a file of requests, a JSON line each, in order; a faulty line does not stop the rest."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from complianceai.catalogue import Catalogue
from complianceai.catalogue.expressions import as_date
from complianceai.entry.cli.reading import Refused, lines
from complianceai.rules import (
    InputFaults,
    Lateness,
    Profile,
    ProfileFaults,
    WindowFault,
    advise,
    penalty,
    read_profile,
)
from complianceai.rules.advice import advice_as_plain
from complianceai.rules.sharing import SharedAnswers
from complianceai.rules.wire import cost_as_plain

Request = Mapping[str, Any]
# Gives the answer to a request as the text of a JSON object.
Answer = Callable[[Request], bytes]


class LineFault(Exception):
    """One line of a batch cannot be answered."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


class Tally(NamedTuple):
    """How many lines were answered, and how many were at fault."""

    answered: int
    faulty: int


def run(source: str, answer: Answer) -> Tally:
    """Answers each line of a file (or standard input) on standard output."""
    faulty = answered = 0
    gc.freeze()  # the law stays: looking through it for garbage again and again took a third of the time
    with _opened(source) as stream:
        for number, line in lines(stream):
            reply, is_answer = _reply(number, line, answer)
            faulty += not is_answer
            answered += is_answer
            sys.stdout.buffer.write(reply + b"\n")
    sys.stdout.buffer.flush()
    return Tally(answered, faulty)


def run_and_tell(source: str, answer: Answer) -> None:
    """Answers each line on standard output, and says on standard error how many were at fault."""
    tally = run(source, answer)
    if tally.faulty:
        print(
            f"{tally.answered} lines answered, {tally.faulty} at fault (their answers say why)",
            file=sys.stderr,
        )


@contextmanager
def _opened(source: str) -> Iterator[BinaryIO]:
    if source == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(source).open("rb")  # noqa: SIM115 - closed below; only the opening may be refused
    except OSError as error:
        raise Refused(f"{source}: cannot be read ({error.strerror}); check the path") from None
    with stream:
        yield stream


def _reply(number: int, line: bytes | None, answer: Answer) -> tuple[bytes, bool]:
    identity: Any = None
    try:
        request = _request(number, line)
        identity = request.get("id")
        # The answer is a JSON object already; the id goes before its first field, and the rest is copied only once.
        return b"".join((b'{"id":', orjson.dumps(identity), b",", memoryview(answer(request))[1:])), True
    except LineFault as fault:
        path, message = fault.path, fault.message
    except (ProfileFaults, InputFaults) as error:
        prefix = "profile" if isinstance(error, ProfileFaults) else ""
        path = ".".join(part for part in (prefix, error.faults[0].path) if part)
        message = "; ".join([error.faults[0].message, *(str(fault) for fault in error.faults[1:])])
    except WindowFault as error:
        path, message = "to", str(error)
    return orjson.dumps({"id": identity, "error": {"path": path, "message": message}}), False


def _request(number: int, line: bytes | None) -> Request:
    if line is None:
        raise LineFault(f"line {number}", "the line is too long; at most 4 MB")
    try:
        request = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise LineFault(f"line {number}", f"not JSON: {error}") from None
    if not isinstance(request, dict):
        raise LineFault(f"line {number}", "a request is a JSON object")
    return request


def maybe_day(request: Request, name: str) -> date | None:
    """The day of that name in a request, where it has one.

    Errors: LineFault where it is no date.
    """
    return None if request.get(name) is None else _needed_day(request, name)


def _needed_day(request: Request, name: str) -> date:
    value = request.get(name)
    found = as_date(value)
    if found is None:
        told = (
            "is missing; add a date" if value is None else f"{value!r} is not a date; write it as 2026-05-20"
        )
        raise LineFault(name, told)
    return found


def _profile(request: Request) -> Profile | None:
    return read_profile(request["profile"]) if request.get("profile") is not None else None


def answer_calendar(catalogue: Catalogue) -> Answer:
    """Answers requests for a calendar."""
    shared = SharedAnswers(catalogue)

    def answer(request: Request) -> bytes:
        if "profile" not in request:
            raise LineFault("profile", "is missing; add the company's profile")
        start, end = _needed_day(request, "from"), _needed_day(request, "to")
        profile = read_profile(request["profile"])
        known_on = maybe_day(request, "as_of")
        advised = [advice_as_plain(each) for each in advise(catalogue, profile, start, end, known_on)]
        return shared.calendar_as_json(profile, (start, end), known_on, advised)

    return answer


def answer_penalty(catalogue: Catalogue, today: date) -> Answer:
    """Answers requests for the cost of lateness."""

    def answer(request: Request) -> bytes:
        form, inputs = request.get("form"), request.get("inputs") or {}
        if not isinstance(form, str):
            raise LineFault(
                "form",
                "is missing; name the form"
                if form is None
                else f"{form!r} is not a text; write it in quotes",
            )
        if not isinstance(inputs, dict):
            raise LineFault("inputs", "is a mapping of names to values")
        due, filed = maybe_day(request, "due_date"), maybe_day(request, "filed_on")
        cost = penalty(catalogue, Lateness(form, due, filed, inputs, _profile(request)), today)
        return orjson.dumps(cost_as_plain(cost))

    return answer
