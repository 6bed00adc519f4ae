"""The rates of a charge in words, from its own terms, where its name alone does not tell them."""

from __future__ import annotations

import re
from typing import Any

from complianceai.base.money import grouped
from complianceai.catalogue.model import Charge
from complianceai.rules.due_words import charge_in_words

_CHOICE = re.compile(r"\s+if\s+|\s+else\s+")
_BIG = re.compile(r"(?<![\w.])\d{4,}(?![\w.])")
_SIGNS = (("<=", "up to"), (">=", "from"), ("<", "below"), (">", "above"), ("==", "is"), ("_", " "))


def rates_of(charge: Charge) -> str:
    """What a charge costs: its words, and its rates where they have none."""
    words = charge_in_words(charge)
    if "%" in words or re.search(r"\d", words.partition(" of section ")[0]):
        return words
    told = _METHODS[charge.method](charge.terms) if charge.method in _METHODS else ""
    return f"{words}: {told}" if told else words


def _per_day(terms: Any) -> str:
    capped = f"; at most {_choices(terms['cap'])}" if terms.get("cap") is not None else ""
    return f"{_choices(terms['amount'])} a day{capped}"


def _fixed(terms: Any) -> str:
    return _choices(terms["value"])


def _multiple(terms: Any) -> str:
    steps = ", ".join(map(_step, terms.get("slabs", ())))
    return f"{steps} of a normal fee of {_choices(terms['base'])}"


def _step(slab: Any) -> str:
    until = f"up to {slab['days']} days" if slab.get("days") else "beyond"
    return f"{_condition(_source(slab['times']))} times {until}"


def _interest(terms: Any) -> str:
    return f"{_condition(_source(terms['percent']))} % a {terms['per']}"


_METHODS = {"interest": _interest, "per_day": _per_day, "fixed": _fixed, "multiple": _multiple}


def _choices(expression: Any) -> str:
    """A value that turns on conditions: "20 if nil_return else 50" is "Rs 20 (nil return), otherwise Rs 50"."""
    parts = _CHOICE.split(_source(expression))
    told = [
        f"{_money(value)} ({_condition(when)})" for value, when in zip(parts[:-1:2], parts[1::2], strict=True)
    ]
    return ", ".join([*told, f"otherwise {_money(parts[-1])}" if told else _money(parts[-1])])


def _source(expression: Any) -> str:
    return str(getattr(expression, "source", expression)).strip()


def _money(value: str) -> str:
    plain = value.strip("() ")
    return f"Rs {grouped(int(plain))}" if plain.isdigit() else _condition(value)


def _condition(text: str) -> str:
    for sign, words in _SIGNS:
        text = text.replace(sign, words)
    return _BIG.sub(lambda found: f"Rs {grouped(int(found[0]))}", text)
