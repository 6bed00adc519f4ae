"""From checked YAML to the frozen model."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import date
from typing import Any

from complianceai.base.money import to_decimal
from complianceai.catalogue.expressions import Expression, as_date, parse
from complianceai.catalogue.model import (
    Authority,
    Change,
    Charge,
    Citation,
    Clause,
    DatedValue,
    Doubt,
    Evidence,
    Extension,
    Form,
    Input,
    Obligation,
    Relief,
    Schedule,
    Undated,
    Words,
)
from complianceai.catalogue.packed import Packed

Raw = Mapping[str, Any]
METHODS = ("per_day", "fixed", "share", "interest", "multiple", "formula")


def day(text: str | None) -> date | None:
    """The date that a text names, or none."""
    return date.fromisoformat(text) if text else None


class Shared:
    """What obligations share: authorities, definitions, charges and reliefs."""

    def __init__(self, documents: Raw) -> None:
        definitions = documents.get("shared/definitions.yaml") or {}
        self.definitions = definitions
        self.charges: Raw = documents.get("shared/charges.yaml") or {}
        self.authorities = {
            key: Authority(key, raw["label"], Words(raw["en"], raw["hi"]))
            for key, raw in (documents.get("shared/authorities.yaml") or {}).items()
        }
        self.reliefs = {
            key: _relief(key, raw) for key, raw in (documents.get("shared/reliefs.yaml") or {}).items()
        }
        self.inline: dict[str, ast.expr] = {name: parse(raw["means"]) for name, raw in definitions.items()}
        self.parameters = {
            name: _values(values)
            for raw in definitions.values()
            for name, values in (raw.get("parameters") or {}).items()
        }

    def expression(self, source: Any) -> Expression:
        """An expression that may speak of the shared definitions."""
        return Expression(source, self.inline)

    def maybe(self, source: Any) -> Expression | None:
        """An expression where there is one."""
        return None if source is None else self.expression(source)


def obligation(path: str, raw: Raw, shared: Shared) -> Obligation:
    """One file of the catalogue as an obligation."""
    return Obligation(
        id=raw["id"],
        authority=shared.authorities[raw["authority"]],
        title=Words(**raw["title"]),
        summary=Words(**raw["summary"]),
        aliases=tuple(raw["aliases"]),
        per=raw["per"],
        since=date.fromisoformat(raw["since"]),
        until=day(raw.get("until")),
        forms=tuple(form_of(each, shared) for each in raw["forms"]),
        applies=tuple(clause_of(each, shared) for each in raw["applies"]),
        schedules=tuple(_schedule(each, shared) for each in raw.get("schedules", ())),
        extensions=tuple(_extension(each, shared) for each in raw.get("extensions", ())),
        parameters={name: _values(values) for name, values in raw.get("parameters", {}).items()},
        inputs=tuple(input_of(name, each, shared) for name, each in raw.get("inputs", {}).items()),
        charges=tuple(_charge(each, shared) for each in raw["charges"]),
        certainty=raw["certainty"]["is"],
        reason=raw["certainty"].get("reason", ""),
        doubts=tuple(
            Doubt(shared.expression(d["when"]), d["is"], d["reason"]) for d in raw.get("doubts", ())
        ),
        citations=tuple(citation_of(each) for each in raw["citations"]),
        done_on=raw.get("done_on", ""),
        signed_by=Words(**raw["signed_by"]),
        file_at=raw["file_at"]["name"],
        file_url=raw["file_at"].get("url", ""),
        papers=tuple(raw["papers"]),
        evidence=tuple(Evidence(e["name"], e.get("shape", ""), e.get("about", "")) for e in raw["evidence"]),
        related=tuple(raw.get("related", ())),
        changes=tuple(_change(each) for each in raw.get("changes", ())),
        notes=tuple(raw.get("notes", ())),
        cases=Packed(raw["cases"]),
        path=path,
        kind=raw.get("kind", "duty"),
        undated=_undated(raw["undated"]) if "undated" in raw else None,
    )


def _undated(raw: Raw) -> Undated:
    return Undated(Words(**raw["why"]), day(raw.get("notified")))


def _change(raw: Raw) -> Change:
    return Change(date.fromisoformat(raw["on"]), raw["what"], raw.get("instrument", ""))


def _values(raw: Any) -> tuple[DatedValue, ...]:
    values = (
        DatedValue(
            _exact(each["value"]), day(each.get("from")), day(each.get("notified")), each.get("source", "")
        )
        for each in raw
    )
    return tuple(sorted(values, key=lambda value: value.since or date.min))


def _exact(value: Any) -> Any:
    if isinstance(value, float):
        return to_decimal(value)
    return as_date(value) or value


def form_of(raw: Raw, shared: Shared) -> Form:
    """The label under which periods are reported."""
    return Form(
        raw["form"],
        raw.get("name", ""),
        shared.maybe(raw.get("when")),
        day(raw.get("from")),
        day(raw.get("until")),
        day(raw.get("notified")),
    )


def clause_of(raw: Raw, shared: Shared) -> Clause:
    """A condition and the words for it."""
    return Clause(shared.expression(raw["when"]), raw["because"], raw.get("otherwise", ""))


def citation_of(raw: Raw) -> Citation:
    """Where it stands in the law."""
    return Citation(
        raw["act"],
        raw["provision"],
        raw["url"],
        date.fromisoformat(raw["checked_on"]),
        day(raw.get("from")),
        day(raw.get("until")),
        raw.get("note", ""),
        raw.get("read", True),
    )


def _schedule(raw: Raw, shared: Shared) -> Schedule:
    period = raw["period"]
    return Schedule(
        period if isinstance(period, str) else (period["months"], tuple(period["ends_in"])),
        due_rule(raw["due"], shared),
        raw.get("at", ""),
        shared.maybe(raw.get("when")),
        raw.get("because", ""),
        raw.get("part", ""),
        day(raw.get("from")),
        day(raw.get("until")),
        day(raw.get("notified")),
        day(raw.get("superseded")),
        raw.get("moves", "never"),
        raw.get("working_date", False),
        citation_of(raw["citation"]) if "citation" in raw else None,
    )


def due_rule(raw: Any, shared: Shared) -> Any:
    """A due rule with the conditions of its choices made ready."""
    if isinstance(raw, list):
        return tuple(due_rule(each, shared) for each in raw)
    if not isinstance(raw, Mapping):
        return raw
    return {
        key: shared.expression(value)
        if key == "when"
        else date.fromisoformat(value)
        if key == "fixed"
        else due_rule(value, shared)
        for key, value in raw.items()
    }


def _extension(raw: Raw, shared: Shared) -> Extension:
    periods = raw.get("periods") or {}
    return Extension(
        to=date.fromisoformat(raw["to"]),
        statutory_from=date.fromisoformat(raw["statutory"]["from"]),
        statutory_to=date.fromisoformat(raw["statutory"]["to"]),
        who=raw["who"],
        instrument=raw["instrument"],
        dated=date.fromisoformat(raw["dated"]),
        source=raw["source"],
        checked_on=date.fromisoformat(raw["checked_on"]),
        usual_statutory=day(raw.get("usual_statutory")),
        periods_from=day(periods.get("from")),
        periods_to=day(periods.get("to")),
        form=raw.get("form", ""),
        when=shared.maybe(raw.get("when")),
        late_runs_from=raw.get("late_runs_from", "extended"),
    )


def input_of(name: str, raw: Raw, shared: Shared) -> Input:
    """Something that an answer turns on."""
    default = shared.maybe(raw.get("default"))
    return Input(
        name,
        raw["type"],
        raw["about"],
        raw.get("fact", ""),
        default,
        "default" in raw,
        tuple(raw.get("values", ())),
    )


def _relief(key: str, raw: Raw) -> Relief:
    return Relief(
        key,
        date.fromisoformat(raw["filed"]["from"]),
        date.fromisoformat(raw["filed"]["to"]),
        _exact(raw["times"]),
        raw["words"],
        raw["instrument"],
        date.fromisoformat(raw["dated"]),
        raw["source"],
        day(raw.get("due_until")),
    )


def _charge(own: Raw, shared: Shared) -> Charge:
    raw = {**shared.charges[own["use"]], **own} if "use" in own else own
    method = next(name for name in METHODS if name in raw)
    due = raw.get("due") or {}
    return Charge(
        kind=raw["kind"],
        method=method,
        terms={"name": raw[method]} if method == "formula" else _terms(raw[method], shared),
        citation=citation_of(raw["citation"]),
        words=raw.get("words", ""),
        due_from=day(due.get("from")),
        due_until=day(due.get("until")),
        forms=tuple(raw.get("forms", ())),
        when=shared.maybe(raw.get("when")),
        reliefs=tuple(shared.reliefs[key] for key in raw.get("relief", ())),
        discretionary=raw.get("discretionary", False),
        always=raw.get("always", False),
        certainty=raw.get("certainty", "verified"),
        reason=raw.get("reason", ""),
    )


_PLAIN_TERMS = frozenset({"per", "counted", "from", "until", "lower_multiple", "days"})


def _terms(raw: Any, shared: Shared) -> Raw:
    if not isinstance(raw, Mapping):
        return {"value": shared.expression(raw)}
    return {
        key: tuple(_terms(slab, shared) for slab in value)
        if key == "slabs"
        else value
        if key in _PLAIN_TERMS
        else shared.expression(value)
        for key, value in raw.items()
    }
