"""The questions whose answers would decide what the rules could not."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from complianceai.register.interview.filling import fill_form
from complianceai.register.interview.openers import is_open
from complianceai.register.interview.shapes import Group, Item
from complianceai.rules import Undetermined
from complianceai.rules.words import field_in_words

# The question that opens what stands after an opener.
OPENED_BY = {
    "gst": "gst.registered",
    "staff": "employs",
    "tan": "tds.tan",
    "abroad": "abroad",
    "food": "food_business",
    "factory": "runs_factory",
    "consent": "environment.consent",
    "online": "online_services",
    "personal": "personal_data",
}
# Facts that a row of the form holds, by the beginning of their path.
IN_ROWS = {
    "employees.by_state": "staff",
    "registrations.pt": "staff",
    "registrations.lwf": "staff",
    "pt_liability_prev_year": "staff",
    "employees.total": "staff",
}


class OpenQuestion(NamedTuple):
    """A question to ask, where the form asks it, and the duties that turn on it.

    Shape: `item` is None, and `path` that of the fact, where the form has no such question.
    """

    path: str
    group: str
    item: Item | None
    duties: tuple[str, ...]

    def said(self, language: str) -> str:
        """The question in a language, or the name of the fact."""
        if self.item is not None:
            return self.item.said(language)
        name = field_in_words(self.path)
        return name[:1].upper() + name[1:]


def open_questions(
    undetermined: Iterable[Undetermined],
    groups: Iterable[Group],
    raw: Mapping[str, Any],
    unsure: Collection[str],
) -> tuple[OpenQuestion, ...]:
    """Each question worth asking, first the one that decides most."""
    asked = tuple(groups)
    form = fill_form(asked, raw, unsure)
    places = {item.path: (group, item) for group in asked for item in group.items}
    duties: dict[str, dict[str, None]] = {}
    for each in undetermined:
        path = _asked_at(each.needs, places)
        found = places.get(path)
        if found and not (is_open(found[1].after, form) and is_open(found[0].after, form)):
            path = OPENED_BY.get(found[1].after, path)
        duties.setdefault(path, {})[each.obligation_id] = None
    questions = (_question(path, tuple(about), places) for path, about in duties.items())
    return tuple(sorted(questions, key=lambda question: (-len(question.duties), question.path)))


def _asked_at(needs: str, places: Mapping[str, tuple[Group, Item]]) -> str:
    """The path of the question that asks for a fact, or the fact's own where none does."""
    if needs in places:
        return needs
    for start, path in IN_ROWS.items():
        if needs == start or needs.startswith(f"{start}."):
            return path
    head = needs.rpartition(".")[0]
    return head if head in places else needs


def _question(path: str, duties: tuple[str, ...], places: Mapping[str, tuple[Group, Item]]) -> OpenQuestion:
    group, item = places.get(path, (None, None))
    return OpenQuestion(path, group.key if group else "", item, duties)
