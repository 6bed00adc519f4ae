"""What questions are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "text", "yes_no", "choice", "state", "states", "many", "money", "count", "date", "gstin"
]


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one fact of the profile.

    Shape: `path` is the fact's place in the profile, and the field's name in the form; `after` names the opener that
    makes it worth asking; `usual` is the answer it starts with, for what is the same in nearly every company.
    """

    path: str
    kind: Kind
    text: str
    help: str = ""
    options: Sequence[tuple[str, str]] = ()
    after: str = ""
    usual: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The same few questions about each of several things: registrations, directors, headcounts by State.

    Shape: the rows are a list in the profile, or, where `as_map`, a mapping from the first answer to the second.
    """

    path: str
    text: str
    one: str
    questions: Sequence[Question]
    help: str = ""
    after: str = ""
    as_map: bool = False


Item: TypeAlias = Question | Rows


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together under one heading."""

    key: str
    title: str
    items: Sequence[Item]
    lead: str = ""
    after: str = ""
    is_folded: bool = False
