"""A list as it is handed out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from complianceai.register.spreadsheets.writing import Said, Value
from complianceai.site.language import translate


@dataclass(frozen=True, slots=True)
class Listing:
    """A table with what it is of: its owner's name, what was asked for, and the columns that a page leaves out.

    Title, heading and the names in `asked` are English sentences that the languages translate.
    """

    name: str
    title: str
    owner: str
    heading: Sequence[str]
    rows: Sequence[Sequence[Value]]
    asked: Sequence[tuple[str, str]] = ()
    left_off: frozenset[str] = field(default_factory=frozenset)


def worded(plain: str, words: str, language: str, href: str = "") -> Said:
    """A cell whose word programs and people call differently."""
    return Said(plain, translate(language, words), href)
