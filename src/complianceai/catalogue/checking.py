"""What is wrong with a condition: names that do not exist, types that do not fit, constructs that are not allowed."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator, Mapping
from decimal import Decimal

from complianceai.catalogue.expressions import as_date, dotted_name, parse
from complianceai.catalogue.vocabulary import Term

_ANY = Term("")
_RESULTS = {"min": Term("number"), "max": Term("number"), "overlaps": Term("yes_no"), "known": Term("yes_no")}
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div)


class _Check:
    def __init__(self, terms: Mapping[str, Term]) -> None:
        self._terms = terms
        self.faults: list[str] = []

    def term(self, node: ast.expr) -> Term:
        """The type of a tree; faults are gathered on the way."""
        if (name := dotted_name(node)) is not None:
            return self._named(name)
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            self.faults.append(f"{type(node).__name__} is not part of the language: {ast.unparse(node)}")
            return _ANY
        found: Term = method(node)
        return found

    def _named(self, name: str) -> Term:
        if name in self._terms:
            return self._terms[name]
        near = difflib.get_close_matches(name, self._terms, n=1)
        self.faults.append(f"no fact is called {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        return _ANY

    def _constant(self, node: ast.Constant) -> Term:
        if isinstance(node.value, bool):
            return Term("yes_no")
        if isinstance(node.value, int | float | Decimal):
            return Term("number")
        if isinstance(node.value, str):
            return Term("date") if as_date(node.value) else Term("text", frozenset({node.value}))
        self.faults.append(f"{node.value!r} is not a value of the language")
        return _ANY

    def _list(self, node: ast.List | ast.Tuple) -> Term:
        terms = [self.term(item) for item in node.elts]
        values = frozenset().union(*(term.values for term in terms)) if terms else frozenset()
        types = {term.type for term in terms}
        if len(types) > 1:
            self.faults.append(f"a list of mixed types: {ast.unparse(node)}")
        return Term({"text": "texts", "number": "numbers"}.get(next(iter(types), "text"), ""), values)

    _tuple = _list

    def _boolop(self, node: ast.BoolOp) -> Term:
        for part in node.values:
            self._want(part, "yes_no")
        return Term("yes_no")

    def _unaryop(self, node: ast.UnaryOp) -> Term:
        wanted = "yes_no" if isinstance(node.op, ast.Not) else "number"
        self._want(node.operand, wanted)
        return Term(wanted)

    def _binop(self, node: ast.BinOp) -> Term:
        if not isinstance(node.op, _ARITHMETIC):
            self.faults.append(f"only + - * / are allowed: {ast.unparse(node)}")
        self._want(node.left, "number")
        self._want(node.right, "number")
        return Term("number")

    def _ifexp(self, node: ast.IfExp) -> Term:
        self._want(node.test, "yes_no")
        one, other = self.term(node.body), self.term(node.orelse)
        self._same(node, one, other)
        return one

    def _call(self, node: ast.Call) -> Term:
        name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
        if name not in _RESULTS or node.keywords:
            self.faults.append(f"no function is called {name!r}; there are {', '.join(_RESULTS)}")
            return _ANY
        terms = [self.term(argument) for argument in node.args]
        if name == "overlaps" and len(terms) == 2:
            self._known_values(node, terms[0], terms[1])
        return _RESULTS[name]

    def _compare(self, node: ast.Compare) -> Term:
        left = self.term(node.left)
        for op, right_node in zip(node.ops, node.comparators, strict=True):
            right = self.term(right_node)
            if isinstance(op, ast.In | ast.NotIn):
                self._membership(node, left, right)
            else:
                self._same(node, left, right)
            left = right
        return Term("yes_no")

    def _membership(self, node: ast.expr, left: Term, right: Term) -> None:
        fits = {"text": "texts", "number": "numbers"}
        if left.type and right.type and fits.get(left.type) != right.type:
            self.faults.append(f"{left.type} cannot be in {right.type}: {ast.unparse(node)}")
        self._known_values(node, left, right)

    def _same(self, node: ast.expr, one: Term, other: Term) -> None:
        if one.type and other.type and one.type != other.type:
            self.faults.append(f"{one.type} does not go with {other.type}: {ast.unparse(node)}")
        self._known_values(node, one, other)

    def _known_values(self, node: ast.expr, one: Term, other: Term) -> None:
        wider, narrower = (one, other) if len(one.values) >= len(other.values) else (other, one)
        listed = [terms.values for terms in self._terms.values() if terms.values == wider.values]
        for value in sorted(narrower.values - wider.values) if listed and wider.values else ():
            self.faults.append(f"{value!r} is not one of the values it is compared with: {ast.unparse(node)}")

    def _want(self, node: ast.expr, wanted: str) -> None:
        found = self.term(node)
        if found.type and found.type != wanted:
            self.faults.append(f"{wanted} is wanted, {found.type} is given: {ast.unparse(node)}")


def faults_of(source: str | float, wanted: str, terms: Mapping[str, Term]) -> Iterator[str]:
    """Everything that is wrong with an expression, as sentences."""
    if not isinstance(source, str):
        return
    try:
        tree = parse(source)
    except SyntaxError as error:
        yield f"not an expression: {error.msg}: {source}"
        return
    check = _Check(terms)
    found = check.term(tree)
    yield from check.faults
    if found.type and found.type != wanted:
        yield f"{wanted} is wanted, {found.type} is given: {source}"
