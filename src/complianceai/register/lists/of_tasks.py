"""Tasks of a company as a list, by the filters that its page has."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.lists.model import Listing, worded
from complianceai.register.lists.of_company import Asking
from complianceai.register.spreadsheets.tasks_sheet import ID, list_lines
from complianceai.register.spreadsheets.writing import Value
from complianceai.register.tasks.queries.filters import OPENED, Filters
from complianceai.register.tasks.queries.people import Colleague
from complianceai.register.tasks.states import PRIORITY_WORDS, STATE_WORDS
from complianceai.register.tasks.words import DUE_OPTIONS, PRIORITY_OPTIONS, STATE_OPTIONS, titles_in
from complianceai.site.language import translate
from complianceai.site.numbers import long_date
from complianceai.site.words import marked

# What a paper has no room for; a table for programs has it.
LEFT_OFF = frozenset({"Statutory date", "Notes", "Own date", ID})
_WORDS: Mapping[str, Mapping[str, str]] = {
    "Status": {state.value: words for state, words in STATE_WORDS.items()},
    "Priority": {priority.value: words for priority, words in PRIORITY_WORDS.items()},
}


async def tasks_of(
    connection: AsyncConnection, asking: Asking, filters: Filters, people: Sequence[Colleague] = ()
) -> Listing:
    """The company's tasks that are asked for, in the order asked for.

    Errors: NotYourRole.
    """
    titles = titles_in(asking.language)
    heading, lines = await list_lines(connection, asking.scope, asking.company, filters, titles)
    rows = [
        [_cell(name, value, asking.language) for name, value in zip(heading, line, strict=True)]
        for line in lines
    ]
    asked = asked_for(filters, asking.language, {str(each.id): each.name for each in people})
    return Listing("tasks", marked("Tasks"), asking.company.name, heading, rows, asked, LEFT_OFF)


def _cell(name: str, value: Value, language: str) -> Value:
    words = _WORDS.get(name, {})
    return worded(value, words[value], language) if isinstance(value, str) and value in words else value


def asked_for(filters: Filters, language: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the filters ask for, each by its name and in words."""
    said = {"me": marked("Me"), "none": marked("Nobody"), **names}
    told = [
        (marked("Status"), _option(STATE_OPTIONS, filters.state or OPENED, language)),
        (marked("Due"), _option(DUE_OPTIONS, filters.due, language)),
        (marked("Who"), translate(language, said.get(filters.assignee, ""))),
        (marked("Owed to"), filters.authority),
        (marked("Priority"), _option(PRIORITY_OPTIONS, filters.priority, language)),
        (marked("Search"), filters.search),
        (marked("From"), long_date(filters.due_from, language) if filters.due_from else ""),
        (marked("Until"), long_date(filters.due_to, language) if filters.due_to else ""),
    ]
    return [(name, value) for name, value in told if value]


def _option(options: Sequence[tuple[str, str]], key: str, language: str) -> str:
    return translate(language, dict(options).get(key, ""))
