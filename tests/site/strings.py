"""Every sentence of the interface that can be translated, by where it stands."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from babel.messages.extract import extract_from_dir

import complianceai
from complianceai.base.errors import DomainError
from complianceai.register.interview.groups import groups
from complianceai.register.interview.shapes import Question, Rows
from complianceai.rules.words import STATE_NAMES
from complianceai.site import numbers

SOURCE = Path(complianceai.__file__).parent
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "marked": None}
# Rooms whose sentences are complete in every language; what the command line says to whoever runs it is English.
ROOMS = ("site", "register", "tenancy", "billing", "desk", "workspace", "insights")


def _in_files(room: str) -> Iterator[str]:
    options = {"**/templates/**.html": {"trimmed": "true"}}
    found = extract_from_dir(SOURCE / room, METHODS, options, keywords=KEYWORDS)
    for _file, _line, message, _comments, _context in found:
        yield from message if isinstance(message, tuple) else (message,)


def _of_errors(rooms: tuple[str, ...]) -> Iterator[str]:
    for room in rooms:
        package = import_module(f"complianceai.{room}")
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    for error in _below(DomainError):
        if error.__module__.startswith(
            tuple(f"complianceai.{room}." for room in (*rooms, "storage", "drafting", "base"))
        ):
            yield error.sentence


def _below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for error in kind.__subclasses__():
        yield error
        yield from _below(error)


def _of_questions() -> Iterator[str]:
    for group in groups(date(2026, 11, 25)):
        yield group.title
        for item in group.items:
            yield from _of_item(item)


def _of_item(item: Question | Rows) -> Iterator[str]:

    yield item.text
    yield item.help
    if isinstance(item, Rows):
        yield item.one
        for each in item.questions:
            yield from _of_item(each)
    else:
        yield from (text for _, text in item.options)


def sentences() -> set[str]:
    """All of them, once each."""
    found = {text for room in (*ROOMS, "operations") for text in _in_files(room) if text}
    found |= set(_of_errors(ROOMS)) | set(_of_questions()) | set(STATE_NAMES.values())
    found |= {*numbers.MONTHS, *numbers.WEEKDAYS, "today", "tomorrow", "yesterday"}
    found |= {"in %(n)d day", "in %(n)d days", "%(n)d day ago", "%(n)d days ago"}
    found |= {"in %(n)d month", "in %(n)d months", "%(n)d month ago", "%(n)d months ago"}
    return found - {""}
