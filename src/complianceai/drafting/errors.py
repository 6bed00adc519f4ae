"""What can be wrong with a template, a text or a file that somebody brings."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from complianceai.base.errors import DomainError, Kind


class UnknownTemplate(DomainError):
    """There is no template of this name."""

    code = "drafting.unknown_template"
    kind = Kind.MISSING
    sentence = "There is no template called {template}."


class MarkupFault(NamedTuple):
    """One thing that is wrong with a text: in which line (from 1), and how to mend it."""

    line: int
    says: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.says}"


class FaultyText(DomainError):
    """A text that is no paper; `faults` says what is wrong, by line."""

    code = "drafting.faulty_text"
    sentence = "This text cannot be read as a paper. {first}"

    def __init__(self, faults: tuple[MarkupFault, ...]) -> None:
        super().__init__(first=str(faults[0]) if faults else "", faults=faults)
        self.faults = faults


class TooMuch(DomainError):
    """The work passed one of its limits; `limit` says which."""

    code = "drafting.too_much"
    kind = Kind.LIMITED
    sentence: ClassVar[str] = "Writing this paper took more than it may: {limit}."


class RefusedFile(DomainError):
    """A file that is not taken; `why` says what is wrong with it."""

    code = "drafting.refused_file"
    sentence = "This file is not accepted: {why}"


class TemplateFaults(Exception):
    """The packaged templates do not load; one line for each fault, with its file."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
