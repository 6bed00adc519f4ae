"""A template of a paper and what its interview asks, as values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

# A sentence by language: {"en": ..., "hi": ...}.
Words = Mapping[str, str]
LANGUAGES = ("en", "hi")
TYPES = (
    "text", "long_text", "date", "money", "number", "integer", "percent", "choice", "choices", "yes_no", "person",
    "people", "table", "email", "phone", "pan", "cin", "gstin", "din", "address",
)  # fmt: skip
KINDS = (
    "resolution", "notice", "minutes", "consent", "letter", "agreement", "policy", "register", "certificate", "reply",
    "authorisation",
)  # fmt: skip
NUMBERED_KINDS = ("agreement", "policy")


class Law(NamedTuple):
    """A provision that a paper rests on, and the day it was last read."""

    act: str
    section: str
    about: str
    url: str
    checked: str


class Choice(NamedTuple):
    """One answer that a question offers; the note says when to use it."""

    value: str
    label: Words
    note: Words


class Question(NamedTuple):
    """One thing that a template asks.

    Shape: `default`, `when`, `least` and `most` are written as the template has them; `preset` is what `default` comes
    to for one company on one day, None outside an interview.
    """

    name: str
    type: str
    label: Words
    help: Words
    required: bool = True
    default: str = ""
    when: str = ""
    choices: tuple[Choice, ...] = ()
    least: Any = None
    most: Any = None
    pattern: str = ""
    columns: tuple[Question, ...] = ()
    preset: Any = None


class Group(NamedTuple):
    """One page of an interview."""

    title: Words
    questions: tuple[Question, ...]


class Example(NamedTuple):
    """Answers that the tests and the gallery render."""

    answers: Mapping[str, Any]
    company: Mapping[str, Any]


class Template(NamedTuple):
    """A paper that can be drafted: its interview, its text by language, and the law it rests on.

    Shape: `bodies` maps a language to Markdown with Jinja. `own` is true for a company's own text, which is never
    trusted and runs in a process of its own.
    """

    id: str
    title: Words
    summary: Words
    kind: str
    entities: tuple[str, ...]
    law: tuple[Law, ...]
    obligations: tuple[str, ...]
    chains: tuple[str, ...]
    expires: str
    pages: int
    numbered: bool
    groups: tuple[Group, ...]
    bodies: Mapping[str, str]
    example: Example
    own: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(question for group in self.groups for question in group.questions)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it can be written in."""
        return tuple(language for language in LANGUAGES if language in self.bodies)


class Fault(NamedTuple):
    """Why an answer cannot be accepted.

    Shape: `question` is the path of the answer (`members`, `members.2.shares`, rows counted from 1); `rule` is a
    stable word (`required`, `type`, `least`, `most`, `pattern`, `length`, `choice`, `unknown`); `says` is by language.
    """

    question: str
    rule: str
    says: Words


class Checked(NamedTuple):
    """Answers as typed values, those alone that matter, and what is wrong with the others."""

    answers: Mapping[str, Any]
    faults: tuple[Fault, ...]


class Style(NamedTuple):
    """How a paper is set: its language, the company's letterhead, and whether the PDF is one for archives."""

    language: str = "en"
    letterhead: str = ""
    pdfa: bool = False
    title: str = ""
    author: str = ""


HERE = Path(__file__).parent
