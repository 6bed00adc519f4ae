"""The templates there are, found by words, kind and chain."""

from complianceai import drafting
from complianceai.drafting.model import Template


def gallery(search: str = "", kind: str = "", chain: str = "") -> list[Template]:
    """The templates by title whose words all occur in them, of that kind, of that chain of events."""
    words = search.casefold().split()
    return [
        each
        for each in drafting.templates()
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
