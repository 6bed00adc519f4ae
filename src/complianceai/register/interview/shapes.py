"""What questions are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from complianceai.site.language import translate

Kind: TypeAlias = Literal[
    "text", "yes_no", "choice", "state", "states", "many", "money", "count", "date", "gstin"
]


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one fact of the profile.

    Shape: `path` is the fact's place in the profile, and the field's name in the form; `after` names the opener that
    makes it worth asking; `usual` is the answer it starts with, for what is the same in nearly every company; `year`
    takes the place of {year} in the text.
    """

    path: str
    kind: Kind
    text: str
    help: str = ""
    options: Sequence[tuple[str, str]] = ()
    after: str = ""
    usual: str = ""
    year: str = ""

    def said(self, language: str) -> str:
        """The question in a language, with the year it is about in its place."""
        return translate(language, self.text).replace("{year}", self.year)


@dataclass(frozen=True, slots=True)
class Rows:
    """The same few questions about each of several things: registrations, directors, headcounts by State.

    Shape: the rows are a list in the profile; those of `staff` fill several places of it.
    """

    path: str
    text: str
    one: str
    questions: Sequence[Question]
    help: str = ""
    after: str = ""

    def said(self, language: str) -> str:
        """What the rows are about, in a language."""
        return translate(language, self.text)


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
