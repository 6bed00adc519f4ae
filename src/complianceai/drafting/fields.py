"""What a company's own text asks for: the names it uses, and of which type each is likely to be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from complianceai.drafting.company import PERSON
from complianceai.drafting.environment import FUNCTIONS, sandbox
from complianceai.drafting.errors import FaultyText, MarkupFault
from complianceai.drafting.model import Question

KNOWN = frozenset({"company", "today", "clause", "range", "namespace", "loop", *FUNCTIONS})
MOST_FIELDS = 200
_TYPES = (
    (re.compile(r"(^|_)(date|on|dated|day)$"), "date"),
    (
        re.compile(r"(^|_)(amount|rent|fee|fees|salary|price|deposit|rupees|consideration|value|ctc)$"),
        "money",
    ),
    (re.compile(r"(^|_)email$"), "email"),
    (re.compile(r"(^|_)(phone|mobile|telephone)$"), "phone"),
    (re.compile(r"(^|_)pan$"), "pan"),
    (re.compile(r"(^|_)gstin$"), "gstin"),
    (re.compile(r"(^|_)cin$"), "cin"),
    (re.compile(r"(^|_)din$"), "din"),
    (re.compile(r"(^|_)address$"), "address"),
    (re.compile(r"(^|_)(days|months|years|count|shares)$"), "integer"),
    (re.compile(r"(^|_)(percent|percentage|rate)$"), "percent"),
    (re.compile(r"^(is|has|may|with)_"), "yes_no"),
    (re.compile(r"(^|_)(description|details|terms|notes|duties|reasons|text)$"), "long_text"),
)

# What a field is written as tells what it is.
_HINTS = {
    "money": "money", "words": "money", "date": "date", "date_short": "date", "financial_year": "date",
    "number": "number", "ordinal": "integer",
}  # fmt: skip


class Field(NamedTuple):
    """A name that a text asks for; `columns` are what it takes of each row where it loops, or of a person.

    Shape: `hint` is the type that its use shows, such as `money` for what is written as an amount; nothing for none.
    """

    name: str
    columns: tuple[str, ...] = ()
    is_list: bool = False
    hint: str = ""


def fields_of(source: str) -> tuple[Field, ...]:
    """The fields of a text, in the order in which it first names them.

    Errors: FaultyText by line.
    """
    try:
        tree = sandbox("en").parse(source)
    except TemplateSyntaxError as error:
        raise FaultyText((MarkupFault(error.lineno, error.message or "this is no template"),)) from error
    found = _Names()
    found.visit(tree)
    names = [name for name in found.order if name not in KNOWN and name not in found.bound]
    if len(names) > MOST_FIELDS:
        raise FaultyText((MarkupFault(1, f"a template has at most {MOST_FIELDS} fields"),))
    if bad := [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]{0,60}", name)]:
        raise FaultyText(
            tuple(
                MarkupFault(found.lines[name], f"write {name!r} in small letters, as {_small(name)!r}")
                for name in bad
            )
        )
    return tuple(found.field(name) for name in names)


def questions_of(fields: Iterable[Field]) -> tuple[Question, ...]:
    """A question for each field, its label made of its name; whoever owns the text can give better ones."""
    return tuple(_question(each) for each in fields)


def _question(field: Field) -> Question:
    words = field.name.replace("_", " ").capitalize()
    label = {"en": words, "hi": words}
    if field.is_list and field.columns:
        columns = tuple(_question(Field(name)) for name in field.columns)
        return Question(field.name, "table", label, {}, columns=columns)
    if field.columns or field.is_list:
        return Question(field.name, "people" if field.is_list else "person", label, {})
    kind = field.hint or next((kind for pattern, kind in _TYPES if pattern.search(field.name)), "text")
    return Question(
        field.name, kind, label, {}, required=kind != "yes_no", default="False" if kind == "yes_no" else ""
    )


def _small(name: str) -> str:
    return re.sub(r"[^a-z0-9_]", "_", name.lower()).lstrip("_0123456789") or "name"


class _Names:
    """Gathers the names of a tree, and what is taken of each."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.lines: dict[str, int] = {}
        self.bound: set[str] = set()
        self._columns: dict[str, list[str]] = {}
        self._loops: dict[str, str] = {}
        self._lists: set[str] = set()
        self._hints: dict[str, str] = {}
        self._tested: set[str] = set()
        self._shown: set[str] = set()

    def visit(self, node: nodes.Node) -> None:
        """Nothing; names below the node are known afterwards."""
        match node:
            case nodes.For():
                self._loop(node)
            case nodes.Name(ctx="store"):
                self.bound.add(node.name)
            case nodes.Name():
                self._name(node)
            case nodes.Getattr(node=nodes.Name() as owner):
                self._column(owner.name, node.attr)
            case nodes.Filter(node=nodes.Name() as owner) if node.name in _HINTS:
                self._hints.setdefault(owner.name, _HINTS[node.name])
                self._shown.add(owner.name)
            case nodes.Output():
                self._shown.update(each.name for each in node.nodes if isinstance(each, nodes.Name))
            case nodes.If(test=nodes.Name() as owner) | nodes.If(test=nodes.Not(node=nodes.Name() as owner)):
                self._tested.add(owner.name)
        for child in node.iter_child_nodes():
            self.visit(child)

    def field(self, name: str) -> Field:
        """What is known of a name."""
        # What is only asked whether it is so, and never shown, is a yes or a no.
        otherwise = "yes_no" if name in self._tested - self._shown else ""
        hint = self._hints.get(name, otherwise)
        return Field(name, tuple(self._columns.get(name, ())), name in self._lists, hint)

    def _loop(self, node: nodes.For) -> None:
        if isinstance(node.iter, nodes.Name):
            self._lists.add(node.iter.name)
            if isinstance(node.target, nodes.Name):
                self._loops[node.target.name] = node.iter.name

    def _name(self, node: nodes.Name) -> None:
        if node.name not in self.lines:
            self.order.append(node.name)
            self.lines[node.name] = node.lineno

    def _column(self, owner: str, attribute: str) -> None:
        columns = self._columns.setdefault(self._loops.get(owner, owner), [])
        if attribute not in columns:
            columns.append(attribute)


def faults_of_fields(fields: Iterable[Field]) -> tuple[MarkupFault, ...]:
    """What no interview could ask: parts of a thing that is no person and no row."""
    return tuple(
        MarkupFault(1, f"{field.name}.{column}: only {', '.join(PERSON)} can be asked of a person")
        for field in fields
        if field.columns and not field.is_list
        for column in field.columns
        if column not in PERSON
    )
