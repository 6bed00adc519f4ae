"""When a question is worth asking. The style sheet says the same of the same names, so that no script is needed."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

Form: TypeAlias = Mapping[str, Sequence[str]]

COMPANIES = frozenset({"private_limited", "public_limited", "opc", "section_8"})


def first(form: Form, name: str) -> str:
    """The first value given under a name, or nothing."""
    return next(iter(form.get(name, ())), "")


def _entity(*kinds: str) -> Callable[[Form], bool]:
    return lambda form: first(form, "entity_type") in kinds


def _answer(name: str, value: str) -> Callable[[Form], bool]:
    return lambda form: first(form, name) == value


OPENERS: Mapping[str, Callable[[Form], bool]] = {
    "company": _entity(*COMPANIES),
    "no-company": lambda form: first(form, "entity_type") not in COMPANIES,
    "public": _entity("public_limited"),
    "opc": _entity("opc"),
    "llp": _entity("llp"),
    "charity": _entity("trust", "section_8"),
    "gst": _answer("gst.registered", "yes"),
    "staff": _answer("employs", "yes"),
    "tan": _answer("tds.tan", "yes"),
    "abroad": _answer("abroad", "yes"),
    "march": lambda form: first(form, "financial_year_end") != "12-31",
    "food": _answer("food_business", "yes"),
    "factory": _answer("runs_factory", "yes"),
    "consent": _answer("environment.consent", "yes"),
    "online": _answer("online_services", "yes"),
    "personal": _answer("personal_data", "yes"),
}


def is_open(after: str, form: Form) -> bool:
    """Whether what stands after an opener is asked, by the answers so far."""
    return not after or OPENERS[after](form)
