"""The templates there are, found by words, kind and chain."""

from collections.abc import Mapping, Sequence
from typing import Any

from complianceai import drafting
from complianceai.drafting.model import Template


def gallery(
    search: str = "", kind: str = "", chain: str = "", own: Sequence[Template] = ()
) -> list[Template]:
    """The templates by title whose words all occur in them, of that kind, of that chain of events; own ones first."""
    words = search.casefold().split()
    return [
        each
        for each in (*own, *drafting.templates())
        if all(word in _said(each) for word in words)
        and (not kind or each.kind == kind)
        and (not chain or chain in each.chains)
    ]


def fits(template: Template, entity_type: str) -> bool:
    """Whether the template is for that kind of business; one that names none is for all."""
    return not template.entities or not entity_type or entity_type in template.entities


def _said(template: Template) -> str:
    law = " ".join(f"{each.act} {each.section} {each.about}" for each in template.law)
    words = [*template.title.values(), *template.summary.values(), template.id, template.kind, law]
    return " ".join(words).casefold()


def akin(template: Template) -> list[Template]:
    """The other papers of the events that this one belongs to."""
    chains = set(template.chains)
    return [
        each for each in drafting.templates() if each.id != template.id and chains.intersection(each.chains)
    ]


def carried_over(template: Template, before: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """What papers of the same event were answered, for the questions that this one asks alike; the latest counts."""
    asked = {(each.name, each.type) for each in template.questions}
    known = {each.id: {(one.name, one.type) for one in each.questions} for each in akin(template)}
    found: dict[str, Any] = {}
    for template_id, answers in before:
        alike = {name for name, _ in asked & known.get(template_id, set())}
        for name in alike & answers.keys():
            found.setdefault(name, answers[name])
    return found
