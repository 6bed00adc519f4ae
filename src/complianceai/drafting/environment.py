"""Jinja as templates have it: sandboxed, strict about names, with the marks of comments out of the anchors' way."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from decimal import InvalidOperation
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, meta
from jinja2.environment import Template as Compiled
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from complianceai.drafting.errors import FaultyText, MarkupFault, TooMuch
from complianceai.drafting.formats import add_days, filters, months_after, plainly, years_between
from complianceai.drafting.interest import msmed_interest

MOST_RANGE = 1000
MOST_CHARACTERS = 500_000
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "years_between": years_between,
    "add_days": add_days,
    "add_months": months_after,
    "msmed_interest": msmed_interest,
}
# What a text can come to when it is filled in, all of it the text's own fault.
FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
_FILTERS = """
abs capitalize count default d dictsort first float groupby int items join last length list lower map max min reject
rejectattr replace reverse round select selectattr slice batch sort string sum title trim unique upper
"""
_KEPT_FILTERS = frozenset(_FILTERS.split())


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of one language; a mapping's own fields come before its methods."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, language: str, *, for_xml: bool = False) -> None:
        # An anchor is written with one such mark, so a comment takes two; a Word file has no anchors.
        comments = {} if for_xml else {"comment_start_string": "{##", "comment_end_string": "##}"}
        super().__init__(
            undefined=StrictUndefined,
            finalize=lambda value: plainly(value, language),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            **comments,
            autoescape=for_xml,
            cache_size=0,
        )
        self.filters = {name: each for name, each in self.filters.items() if name in _KEPT_FILTERS}
        self.filters.update(filters(language))
        self.globals = {"range": _short_range, "namespace": self.globals["namespace"], **FUNCTIONS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The field of that name, before any method."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if attribute in _LENGTHENING and isinstance(obj, str):
            return self.unsafe_undefined(obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The item, or the field of that name; no method that makes text of any length."""
        if isinstance(obj, str) and not isinstance(argument, int | slice):
            return self.unsafe_undefined(obj, str(argument))
        return super().getitem(obj, argument)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """The sum of it, between numbers alone: a text times a million is no text of a paper."""
        if isinstance(left, str | list | tuple | dict) or isinstance(right, str | list | tuple | dict):
            raise SecurityError(f"{operator} goes with numbers only")
        if operator == "**" and (abs(right) > 100 or abs(left) > 10**9):
            raise SecurityError("this power is too large")
        return super().call_binop(context, operator, left, right)


_LENGTHENING = frozenset({"format", "format_map", "ljust", "rjust", "center", "zfill", "expandtabs"})


def _short_range(*arguments: int) -> range:
    found = range(*arguments)
    if len(found) > MOST_RANGE:
        raise SecurityError(f"a loop has at most {MOST_RANGE} turns")
    return found


@lru_cache(maxsize=2)
def sandbox(language: str) -> Sandbox:
    """The environment for bodies in this language."""
    return Sandbox(language)


@lru_cache(maxsize=512)
def compiled(source: str, language: str) -> Compiled:
    """The template that a text is.

    Errors: FaultyText with the line.
    """
    try:
        return sandbox(language).from_string(source)
    except TemplateSyntaxError as error:
        raise FaultyText((MarkupFault(error.lineno, error.message or "this is no template"),)) from error


@lru_cache(maxsize=4096)
def expression(source: str) -> Callable[..., Any]:
    """The condition or default that a template gives, ready to be asked with names.

    Errors: FaultyText.
    """
    try:
        return sandbox("en").compile_expression(source, undefined_to_none=False)
    except TemplateSyntaxError as error:
        raise FaultyText((MarkupFault(error.lineno, f"{source}: {error.message}"),)) from error


@lru_cache(maxsize=4096)
def names_of(source: str) -> frozenset[str]:
    """The names that an expression rests on."""
    return frozenset(meta.find_undeclared_variables(sandbox("en").parse("{{ " + source + " }}")))


def rendered(source: str, names: Mapping[str, Any], language: str) -> str:
    """What a text comes to with these names.

    Errors: FaultyText with the line; TooMuch where it grows beyond its limit.
    """
    template = compiled(source, language)
    pieces: list[str] = []
    room = MOST_CHARACTERS
    try:
        for piece in template.generate(**names):
            room -= len(piece)
            if room < 0:
                raise TooMuch(limit=f"a paper has at most {MOST_CHARACTERS:,} characters")
            pieces.append(piece)
    except (*FAULTS, RecursionError) as error:
        raise FaultyText((MarkupFault(_line_of(error), says_of(error)),)) from error
    return "".join(pieces)


def _line_of(error: Exception) -> int:
    """The line of the template that an error came from."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename in ("<template>", "<unknown>")]
    return (lines[-1] if lines else None) or getattr(error, "lineno", None) or 1


def says_of(error: Exception) -> str:
    """What went wrong when a text was filled in, as its writer can mend it."""
    if isinstance(error, InvalidOperation):
        return "what is written as a number or an amount here is asked as words; choose another kind for the field"
    if isinstance(error, UndefinedError):
        return f"{error.message}; a template may use the names of its questions, company and today"
    return str(error) or type(error).__name__
