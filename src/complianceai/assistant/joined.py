"""What a question joins to the rule that it names: another part of it, or another form by its end alone."""

from __future__ import annotations

import re

from complianceai.assistant import following, names, retrieval
from complianceai.catalogue.model import Catalogue

_ANOTHER_END = re.compile(
    r"\s*(?:,|&|/|\b(?:and|n|aur|or|ya)\b|और|या)\s*(?P<end>\d{1,3}[A-Za-z]{0,3})(?![\w-])", re.IGNORECASE
)
_AND = re.compile(r"\s(?:and|aur|plus|&|और|तथा)\s", re.IGNORECASE)
# A rule that speaks of less than this of what a question says is not what it is about.
_OTHER_PART = 0.93


def of_other_parts(
    catalogue: Catalogue, text: str, named: names.Named, group: tuple[str, ...]
) -> list[tuple[str, ...]]:
    """The rule that the other part of a question is about, where that part has no name of one but is sure."""
    before, joiner, after = _first_joiner(text, named)
    if not joiner:
        return []
    other = before if named.start >= len(before) else after
    found = retrieval.ranked(catalogue, other, limit=2)
    is_sure = found and found[0].score >= _OTHER_PART and len(retrieval.telling_words(other)) > 1
    return [(found[0].id,)] if is_sure and found[0].id not in group else []


def of_same_head(
    catalogue: Catalogue, text: str, named: names.Named, group: tuple[str, ...]
) -> tuple[str, ...]:
    """The form that is named by its end alone beside the first: "LLP Form 8 and 11", "GSTR-6 & 7"."""
    found = _ANOTHER_END.match(text, named.end)
    if found is None or not any(map(str.isdigit, named.text)) or names.counts_something(text, found.end()):
        return ()
    return tuple(each for each in following.completed(catalogue, found["end"], [group]) if each not in group)


def _first_joiner(text: str, named: names.Named) -> tuple[str, str, str]:
    for each in _AND.finditer(text):
        if each.end() <= named.start or each.start() >= named.end:
            return text[: each.start()], each[0], text[each.end() :]
    return text, "", ""
