"""An import in the visitor's words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from fastapi import Request

from complianceai.register.spreadsheets.queries import Import
from complianceai.register.tasks.queries.people import Colleague
from complianceai.register.tasks.states import PRIORITY_WORDS, Priority
from complianceai.site.language import translate
from complianceai.site.numbers import long_date
from complianceai.site.preferences import preferences
from complianceai.site.words import marked

COLUMN_WORDS: Mapping[str, str] = {
    "assignee_id": marked("Done by"), "reviewer_id": marked("Reviewed by"), "working_date": marked("Own date"),
    "priority": marked("Priority"), "notes": marked("Notes"), "filed_on": marked("Filed on"),
    "acknowledgement": marked("Acknowledgement"),
}  # fmt: skip


class ShownEdit(NamedTuple):
    """What a row changes, each value from what to what."""

    row: int
    task: str
    name: str
    changes: list[tuple[str, str, str]]


def shown_edits(request: Request, found: Import, people: Sequence[Colleague]) -> list[ShownEdit]:
    """The rows with their changes in words."""
    language, names = preferences(request).language, {str(each.id): each.name for each in people}
    return [
        ShownEdit(
            edit["row"],
            edit["task"],
            edit["name"],
            [
                (
                    translate(language, COLUMN_WORDS[column]),
                    _word(column, edit["before"][column], names, language),
                    _word(column, value, names, language),
                )
                for column, value in edit["after"].items()
            ],
        )
        for edit in found.edits
    ]


def shown_faults(request: Request, found: Import) -> list[tuple[str, str]]:
    """Each fault with its cell, or its row."""
    language = preferences(request).language
    return [
        (each["cell"], translate(language, each["sentence"]).format_map(
            {name: translate(language, value) for name, value in each["fields"].items()}
        ))
        for each in found.faults
    ]  # fmt: skip


def _word(column: str, value: Any, names: Mapping[str, str], language: str) -> str:
    if value in {None, ""}:
        return "\N{EN DASH}"
    if column in {"working_date", "filed_on"}:
        return long_date(date.fromisoformat(value), language)
    if column == "priority":
        return translate(language, PRIORITY_WORDS[Priority(value)])
    return names.get(value, value) if column in {"assignee_id", "reviewer_id"} else str(value)
