"""What is asked of a client, on the way in."""

from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from complianceai.site.replies import Wire
from complianceai.site.words import marked

MOST_ITEMS, LONGEST_ITEM = 20, 200
ONE_A_LINE = marked("Write one document a line: at least one, at most 20, each of at most 200 characters.")


class RequestInput(Wire):
    """The documents, one a line, and for how many days the link is open."""

    items: Annotated[str, StringConstraints(max_length=5000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
    days: Annotated[int, Field(ge=1, le=90)] = 14

    @field_validator("items")
    @classmethod
    def _lines_fit(cls, value: str) -> str:
        lines = _lines(value)
        if not 1 <= len(lines) <= MOST_ITEMS or max(map(len, lines)) > LONGEST_ITEM:
            raise ValueError(ONE_A_LINE)
        return value

    @property
    def lines(self) -> list[str]:
        """The documents, each once."""
        return _lines(self.items)


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
