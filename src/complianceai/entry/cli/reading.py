"""Reads what a person gives on the command line, and says what is wrong with it in one line a fault."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import orjson

from complianceai.catalogue import Catalogue, CatalogueFaults, load
from complianceai.catalogue.expressions import as_date
from complianceai.rules import InputFaults, Profile, ProfileFaults, WindowFault, read_profile

MOST_BYTES = 4 * 1024 * 1024


class Refused(Exception):
    """The input is at fault; each line says where, what, and how to mend it."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@contextmanager
def refusals() -> Iterator[None]:
    """Ends the program with status 1 and one line a fault where the input is at fault."""
    try:
        yield
    except Refused as refused:
        end_with(refused.lines)
    except (ProfileFaults, InputFaults, CatalogueFaults) as error:
        end_with(map(str, error.faults))
    except WindowFault as error:
        end_with([f"--from, --to: {error}; swap them"])


def end_with(lines: Iterable[str]) -> NoReturn:
    """Ends the program with status 1 after saying these lines."""
    for line in lines:
        print(line, file=sys.stderr)
    sys.exit(1)


def law() -> Catalogue:
    """The catalogue of the law."""
    return load()


def day(option: str, text: str) -> date:
    """The date that an option gives.

    Errors: Refused where it is none.
    """
    found = as_date(text)
    if found is None:
        raise Refused(f"{option}: {text!r} is not a date; write it as 2026-05-20")
    return found


def maybe_day(option: str, text: str | None) -> date | None:
    """The date that an option gives, where it is given."""
    return None if text is None else day(option, text)


def profile(path: Path) -> Profile:
    """The company profile that a YAML or JSON file holds.

    Errors: Refused where the file cannot be read; ProfileFaults.
    """
    raw = document(path)
    try:
        return read_profile(raw)
    except ProfileFaults as error:
        raise Refused(*(f"{path}: {fault}" for fault in error.faults)) from error


def document(path: Path) -> Any:
    """What a YAML or JSON file says.

    Errors: Refused where it cannot be read or is neither.
    """
    text = _bytes(path)
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return _yaml(path, text)


def _bytes(path: Path) -> bytes:
    try:
        text = sys.stdin.buffer.read(MOST_BYTES + 1) if str(path) == "-" else path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"{path}: there is no such file; check the path") from None
    except OSError as error:
        raise Refused(
            f"{path}: cannot be read ({error.strerror}); check the path and its permissions"
        ) from None
    if len(text) > MOST_BYTES:
        raise Refused(f"{path}: larger than {MOST_BYTES // 1024 // 1024} MB; a profile is a page or two")
    return text


def _yaml(path: Path, text: bytes) -> Any:
    import yaml

    from complianceai.catalogue.files import plain_loader

    try:
        return yaml.load(text, plain_loader())  # nosec B506  # noqa: S506 - derived from the safe loader
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        what = getattr(error, "problem", None) or "it cannot be read"
        raise Refused(f"{where}: neither YAML nor JSON: {what}; mend the file") from None


def lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number; none in the place of one that is longer than MOST_BYTES."""
    number = 0
    while line := stream.readline(MOST_BYTES):
        number += 1
        if not line.endswith(b"\n") and len(line) == MOST_BYTES:
            while (rest := stream.readline(MOST_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


def pairs(given: list[str], option: str = "--input") -> Mapping[str, str]:
    """What an option gave as key=value.

    Errors: Refused where one is not.
    """
    found: dict[str, str] = {}
    for each in given:
        key, sign, value = each.partition("=")
        if not sign or not key:
            raise Refused(f"{option}: {each!r} is not key=value, such as turnover=12500000")
        found[key.strip()] = value.strip()
    return found
