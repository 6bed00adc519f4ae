"""The mistakes a caller can make, told without a word of HTTP."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar


class Kind(StrEnum):
    """What a refusal is; `site/errors.py` holds the one table from a kind to a status."""

    SIGNED_OUT = "signed_out"
    MISSING = "missing"
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"
    INVALID = "invalid"
    LIMITED = "limited"
    OVER_PLAN = "over_plan"
    UNAVAILABLE = "unavailable"


class DomainError(Exception):
    """A refusal with a stable code, a kind, named fields and a sentence for the person who caused it.

    A subclass states `code`, `kind` and `sentence`; whoever raises it gives the fields. The sentence is a template over
    those fields and is what a translation is looked up by; `str(error)` is the English of it.
    """

    code: ClassVar[str] = "base.refused"
    kind: ClassVar[Kind] = Kind.INVALID
    sentence: ClassVar[str] = "This cannot be done."

    def __init__(self, **fields: object) -> None:
        super().__init__()
        self.fields: dict[str, object] = fields

    def __str__(self) -> str:
        return self.sentence.format_map(self.fields)


class InvalidInput(DomainError):
    """What was sent breaks the rules of its fields; `fields` maps each path to the rule broken and the cure.

    Shape: `{"password": "A password has at least one digit. Add a digit from 0 to 9."}`; `whole` is the key of a fault
    that belongs to no single field.
    """

    code = "base.invalid_input"
    sentence = "Some of what was sent cannot be accepted. Each field below says what to mend."

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(**faults)

    @property
    def faults(self) -> dict[str, str]:
        """The sentence of each faulty field by its path."""
        # A sentence may be more than its letters, such as one that keeps its figures apart: it stays what it is.
        return {path: each if isinstance(each, str) else str(each) for path, each in self.fields.items()}

    def __str__(self) -> str:
        # The paths are the caller's words: they must not be read as parts of a template.
        return self.sentence


class NotFound(DomainError):
    """There is nothing at this address for this caller, whether or not there is for another."""

    code = "base.missing"
    kind = Kind.MISSING
    sentence = "There is nothing here."


class TooMany(DomainError):
    """The caller asked too often; the field `retry_after_seconds` says when to ask again."""

    code = "base.too_many_requests"
    kind = Kind.LIMITED
    sentence = "That was too many requests. Try again in {retry_after_seconds} seconds."
