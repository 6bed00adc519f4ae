"""The small language of conditions: parsed once, every name and type checked, then run as plain Python.

A fact that is not known is absent from the facts. `and`, `or` and `... if ... else ...` answer without it where
they can; otherwise the answer is that the fact is needed.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from complianceai.base.money import to_decimal

Value = Any  # int | Decimal | bool | str | date | tuple[str, ...]: dynamic by nature, checked by `checking`


class NeedsFact(Exception):
    """The answer turns on a fact that is not known."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Facts(dict[str, Value]):
    """What is known; asking for anything else raises NeedsFact."""

    def __missing__(self, name: str) -> Value:
        raise NeedsFact(name)

    def extended(self, more: Mapping[str, Value]) -> Facts:
        """These facts and more."""
        whole = Facts(self)
        whole.update(more)
        return whole


class NoFacts(Facts):
    """Nothing is known, and `asked` tells whether anything was looked for: what was not asked cannot matter."""

    def __init__(self, known: Mapping[str, Value] | None = None, asked: list[str] | None = None) -> None:
        super().__init__(known or {})
        self.asked: list[str] = [] if asked is None else asked

    def __missing__(self, name: str) -> Value:
        self.asked.append(name)
        raise NeedsFact(name)

    def __contains__(self, name: object) -> bool:
        is_known = super().__contains__(name)
        if not is_known:
            self.asked.append(str(name))
        return is_known

    def extended(self, more: Mapping[str, Value]) -> Facts:
        """The same with facts that are the same for everybody."""
        return NoFacts({**self, **more}, self.asked)


def _overlaps(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(item in other for item in one)


FUNCTIONS: Mapping[str, Callable[..., Value]] = {"min": min, "max": max, "overlaps": _overlaps}


def parse(source: str) -> ast.expr:
    """The tree of an expression.

    Errors: SyntaxError where it is not one.
    """
    return ast.parse(" ".join(source.split()), mode="eval").body


def dotted_name(node: ast.expr) -> str | None:
    """The fact's name that a tree spells, if it spells one."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (head := dotted_name(node.value)):
        return f"{head}.{node.attr}"
    return None


def as_date(text: object) -> date | None:
    """The day that an ISO text names, if it names one."""
    if isinstance(text, str) and len(text) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return None


class Expression:
    """A condition or amount, ready to be evaluated against facts."""

    def __init__(self, source: str | float, inline: Mapping[str, ast.expr] | None = None) -> None:
        self.source = source
        self._inline = inline or {}

    def __repr__(self) -> str:
        return f"Expression({self.source!r})"

    @cached_property
    def conjuncts(self) -> tuple[Expression, ...]:
        """The parts that must all hold for it to hold."""
        if not (isinstance(self.tree, ast.BoolOp) and isinstance(self.tree.op, ast.And)):
            return (self,)
        return tuple(part for node in self.tree.values for part in _of_tree(node).conjuncts)

    @cached_property
    def tree(self) -> ast.expr:
        """The tree, with shared definitions in the place of their names."""
        if not isinstance(self.source, str):
            return ast.Constant(self.source)
        tree: ast.expr = _Inline(self._inline).visit(parse(self.source))
        return tree

    @cached_property
    def names(self) -> frozenset[str]:
        """The facts it speaks of."""
        found: set[str] = set()
        _collect(self.tree, found)
        return frozenset(found)

    def with_amounts(self, amounts: Mapping[str, Value]) -> Expression:
        """The same expression with amounts in the place of their names."""
        if not self.names & amounts.keys():
            return self
        constants: dict[str, ast.expr] = {
            name: ast.Constant(_as_written(value)) for name, value in amounts.items()
        }
        tree: ast.expr = _Inline(constants).visit(_copied(self.tree))
        return _of_tree(tree)

    def perhaps(self, given: Collection[str], later: tuple[str, ...]) -> ast.expr:
        """The tree of a condition that asks for no unknown fact, and holds where this one holds or is undecided.

        Shape: `given` are facts that are always known; those whose names begin as in `later` are not looked at.
        """
        return _bound(self.tree, _Certain(given, later), upper=True)

    @cached_property
    def asks_what_is_known(self) -> bool:
        """Whether it answers differently for a fact that is there than for one that is not."""
        return any(isinstance(node, ast.Name) and node.id == "known" for node in ast.walk(self.tree))

    @cached_property
    def run(self) -> Callable[[Mapping[str, Value]], Value]:
        """Evaluates it at once, and raises NeedsFact at the first unknown fact that it meets, decisive or not."""
        run = _compiled(self.tree)
        self.__dict__.pop("tree", None)  # many times as large as the code, and made again where it is needed
        return run

    @cached_property
    def _pieces(self) -> dict[int, Callable[[Mapping[str, Value]], Value]]:
        """Compiled parts of the tree, for when the whole cannot be run at once."""
        return {}

    def of(self, facts: Mapping[str, Value]) -> Value:
        """Its value for these facts.

        Errors: NeedsFact where the value turns on an unknown one.
        """
        try:
            return self.run(facts)
        except NeedsFact as first:
            return self.of_unknown(facts, first)

    def of_unknown(self, facts: Mapping[str, Value], first: NeedsFact) -> Value:
        """Its value where running it met an unknown fact.

        Errors: NeedsFact where the value turns on an unknown one.
        """
        if not self._may_do_without:
            raise first
        return _with_unknowns(self.tree, facts, self._pieces)

    @cached_property
    def _may_do_without(self) -> bool:
        """Whether it has an answer for some facts although another is unknown."""
        return any(isinstance(node, ast.BoolOp | ast.IfExp) for node in ast.walk(self.tree))


def _as_written(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value


def _of_tree(tree: ast.expr) -> Expression:
    made = Expression(ast.unparse(tree))
    made.tree = tree
    return made


class _Inline(ast.NodeTransformer):
    def __init__(self, definitions: Mapping[str, ast.expr]) -> None:
        self._definitions = definitions

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.visit(found) if (found := self._definitions.get(node.id)) is not None else node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        return ast.Call(node.func, [self.visit(argument) for argument in node.args], [])


def _collect(node: ast.AST, found: set[str]) -> None:
    if isinstance(node, ast.expr) and (name := dotted_name(node)):
        found.add(name)
    elif isinstance(node, ast.Call):
        for argument in node.args:
            _collect(argument, found)
    else:
        for child in ast.iter_child_nodes(node):
            _collect(child, found)


class _Certain(NamedTuple):
    """What is known of facts before any is looked at."""

    given: Collection[str]
    later: tuple[str, ...]


def _bound(node: ast.expr, certain: _Certain, *, upper: bool) -> ast.expr:
    """A tree that answers yes at least (or at most) where the other one does, whatever is not known yet."""
    if isinstance(node, ast.BoolOp):
        return ast.BoolOp(node.op, [_bound(part, certain, upper=upper) for part in node.values])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ast.UnaryOp(node.op, _bound(node.operand, certain, upper=not upper))
    names: set[str] = set()
    _collect(node, names)
    if any(name.startswith(certain.later) for name in names):
        return ast.Constant(upper)
    is_known_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "known"
    if is_known_call or names <= set(certain.given):
        return node
    asked = [_call_of_known(name) for name in sorted(names - set(certain.given))]
    return ast.IfExp(ast.BoolOp(ast.And(), asked), node, ast.Constant(upper))


def _call_of_known(name: str) -> ast.expr:
    return ast.Call(ast.Name("known", ast.Load()), [parse(name)], [])


class _ToCode(ast.NodeTransformer):
    """Turns names into look-ups, quoted dates into dates and decimals into exact ones."""

    def __init__(self) -> None:
        self.constants: dict[str, Value] = {}

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.expr) and (name := dotted_name(node)):
            return ast.Subscript(ast.Name("facts", ast.Load()), ast.Constant(name), ast.Load())
        return super().generic_visit(node)

    visit_Name = visit_Attribute = generic_visit  # noqa: N815 - the names that ast calls

    def visit_List(self, node: ast.List) -> ast.expr:
        return ast.Tuple([self.visit(item) for item in node.elts], ast.Load())

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        exact = to_decimal(node.value) if isinstance(node.value, float) else as_date(node.value)
        if exact is None:
            return node
        name = f"constant_{len(self.constants)}"
        self.constants[name] = exact
        return ast.Name(name, ast.Load())

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if isinstance(node.func, ast.Name) and node.func.id == "known":
            return _known_call(node)
        return ast.Call(node.func, [self.visit(argument) for argument in node.args], [])


def _known_call(node: ast.Call) -> ast.expr:
    name = ast.Constant(dotted_name(node.args[0]))
    return ast.Compare(name, [ast.In()], [ast.Name("facts", ast.Load())])


def all_at_once(groups: Sequence[Sequence[ast.expr]]) -> Callable[[Mapping[str, Value]], tuple[bool, ...]]:
    """One function that tells of each group of conditions whether they all hold; their facts must all be known."""
    trees = [ast.BoolOp(ast.And(), [ast.Constant(value=True), *group]) for group in groups]
    return _compiled(ast.Tuple(list(trees), ast.Load()))


def _compiled(tree: ast.expr) -> Callable[[Mapping[str, Value]], Value]:
    rewrite = _ToCode()
    arguments = ast.arguments([], [ast.arg("facts")], None, [], [], None, [])
    body = ast.Expression(ast.Lambda(arguments, rewrite.visit(_copied(tree))))
    code = compile(ast.fix_missing_locations(body), "<catalogue>", "eval")
    scope = {"__builtins__": {}, **FUNCTIONS, **rewrite.constants}
    run: Callable[[Mapping[str, Value]], Value] = eval(code, scope)  # nosec B307  # noqa: S307 - only the nodes that `checking` lists get here
    return run


def _copied(tree: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(tree), mode="eval").body


_Pieces = dict[int, Callable[[Mapping[str, Value]], Value]]


def _with_unknowns(node: ast.expr, facts: Mapping[str, Value], pieces: _Pieces) -> Value:
    """The value by three-valued logic (Kleene 1952, strong), for when some fact is unknown."""
    if isinstance(node, ast.BoolOp):
        return _bool_with_unknowns(node, facts, pieces)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return not _with_unknowns(node.operand, facts, pieces)
    if isinstance(node, ast.IfExp):
        return _choice_with_unknowns(node, facts, pieces)
    if id(node) not in pieces:
        pieces[id(node)] = _compiled(node)
    return pieces[id(node)](facts)


def _bool_with_unknowns(node: ast.BoolOp, facts: Mapping[str, Value], pieces: _Pieces) -> bool:
    decisive = isinstance(node.op, ast.Or)
    unknown: NeedsFact | None = None
    for part in node.values:
        try:
            if bool(_with_unknowns(part, facts, pieces)) is decisive:
                return decisive
        except NeedsFact as needs:
            unknown = unknown or needs
    if unknown:
        raise unknown
    return not decisive


def _choice_with_unknowns(node: ast.IfExp, facts: Mapping[str, Value], pieces: _Pieces) -> Value:
    try:
        chosen = node.body if _with_unknowns(node.test, facts, pieces) else node.orelse
    except NeedsFact:
        one, other = _with_unknowns(node.body, facts, pieces), _with_unknowns(node.orelse, facts, pieces)
        if operator.eq(one, other):
            return one
        raise
    return _with_unknowns(chosen, facts, pieces)
