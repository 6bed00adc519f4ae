"""Answers as typed values: what a form or a program sends, held to the type that its question has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from complianceai.base.text import has_control_characters, in_one_spelling
from complianceai.drafting.model import Question, Words
from complianceai.drafting.refusals import says

MOST_TEXT = 200
MOST_LONG = 5000
MOST_DIGITS = 18
_EMAIL = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,18}[0-9]")
_CIN = re.compile(r"[LU]\d{5}[A-Z]{2}\d{4}[A-Z]{3}\d{6}|[A-Z]{3}-?\d{4}")
_DIN = re.compile(r"\d{8}")
_YES = {
    "yes": True,
    "true": True,
    "on": True,
    "1": True,
    "no": False,
    "false": False,
    "off": False,
    "0": False,
}


class Refusal(Exception):
    """An answer of the wrong kind; `rule` and `says` as a fault has them."""

    def __init__(self, rule: str, words: Words) -> None:
        super().__init__(words["en"])
        self.rule = rule
        self.says = words


def single(question: Question, value: Any) -> Any:
    """The typed value of an answer that is one thing.

    Errors: Refusal.
    """
    return _READERS[question.type](question, value)


def is_blank(value: Any) -> bool:
    """Whether nothing was answered."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(is_blank(each) for each in value.values())
    return value is None or (isinstance(value, list | tuple) and not value)


def _line(most: int) -> Callable[[Question, Any], str]:
    def read(_question: Question, value: Any) -> str:
        text = _text(value)
        if "\n" in text:
            text = " ".join(text.split())
        return _short(text, most)

    return read


def _long(_question: Question, value: Any) -> str:
    return _short(_text(value), MOST_LONG)


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise Refusal("type", says("text"))
    text = in_one_spelling(str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if has_control_characters(text, but="\n\t"):
        raise Refusal("type", says("control"))
    return text


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise Refusal("length", says("length", most=most))
    return text


def _date(_question: Question, value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip()[:10]) if len(str(value).strip()) == 10 else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> date:
    raise Refusal("type", says("date"))


def _decimal(rule: str) -> Callable[[Question, Any], Decimal]:
    def read(_question: Question, value: Any) -> Decimal:
        text = re.sub(r"[,\s₹]", "", str(value)).removeprefix("Rs").removeprefix(".")
        try:
            found = Decimal(text)
        except InvalidOperation:
            raise Refusal("type", says(rule)) from None
        places = -int(found.as_tuple().exponent) if found.is_finite() else 0
        if isinstance(value, bool) or not found.is_finite() or abs(found) >= Decimal(10) ** MOST_DIGITS:
            raise Refusal("type", says(rule))
        if (rule == "money" and places > 2) or places > 10:
            raise Refusal("type", says(rule))
        return found

    return read


def _integer(question: Question, value: Any) -> int:
    try:
        found = _decimal("integer")(question, value)
    except Refusal:
        raise Refusal("type", says("integer")) from None
    if found != found.to_integral_value():
        raise Refusal("type", says("integer"))
    return int(found)


def _yes_no(_question: Question, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    found = _YES.get(str(value).strip().lower())
    if found is None:
        raise Refusal("type", says("yes_no"))
    return found


def _choice(question: Question, value: Any) -> str:
    text = str(value).strip()
    if text not in {each.value for each in question.choices}:
        raise Refusal("choice", _of_choices(question))
    return text


def _choices(question: Question, value: Any) -> list[str]:
    given = value if isinstance(value, list | tuple) else str(value).split(",")
    chosen = {_choice(question, each) for each in given}
    return [each.value for each in question.choices if each.value in chosen]


def _of_choices(question: Question) -> Words:
    return {
        language: says("choice", choices=", ".join(each.label[language] for each in question.choices))[
            language
        ]
        for language in ("en", "hi")
    }


def _matching(
    rule: str, holds: Callable[[str], object], *, upper: bool = True
) -> Callable[[Question, Any], str]:
    def read(_question: Question, value: Any) -> str:
        text = _text(value)
        text = "".join(text.split()).upper() if upper else text
        if not holds(text):
            raise Refusal(rule, says(rule))
        return text

    return read


_email = _matching("email", _EMAIL.fullmatch, upper=False)


def _is_pan(text: str) -> bool:
    from stdnum.in_ import pan  # noqa: PLC0415 - only where a number is checked

    return bool(pan.is_valid(text))


def _is_gstin(text: str) -> bool:
    from stdnum.in_ import gstin  # noqa: PLC0415 - as above

    return bool(gstin.is_valid(text))


_pan = _matching("pan", _is_pan)
_din = _matching("din", _DIN.fullmatch)
_READERS: Mapping[str, Callable[[Question, Any], Any]] = {
    "text": _line(MOST_TEXT),
    "long_text": _long,
    "address": _long,
    "date": _date,
    "money": _decimal("money"),
    "number": _decimal("number"),
    "percent": _decimal("number"),
    "integer": _integer,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "email": _email,
    "phone": _matching("phone", _PHONE.fullmatch, upper=False),
    "pan": _pan,
    "cin": _matching("cin", _CIN.fullmatch),
    "gstin": _matching("gstin", _is_gstin),
    "din": _din,
}
