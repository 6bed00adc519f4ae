"""Interviews: only what matters is asked; each answer is held to its type, and each refusal says how to mend it."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complianceai.drafting import FaultyText, Template, asked, check, compose
from complianceai.drafting.model import TYPES, Choice, Example, Group, Question
from tests.drafting.drafts import ON, made

CHOICES = [
    {"value": "monthly", "label": {"en": "Monthly", "hi": "मासिक"}},
    {"value": "yearly", "label": {"en": "Yearly", "hi": "वार्षिक"}},
]


def _one(kind: str, **more: Any) -> Template:
    choices = (Choice("a", {"en": "A", "hi": "अ"}, {}), Choice("b", {"en": "B", "hi": "ब"}, {}))
    columns = (Question("shares", "integer", {}, {}), Question("note", "text", {}, {}, required=False))
    question = Question("x", kind, {}, {}, choices=choices, columns=columns, **more)
    words = {"en": "", "hi": ""}
    return Template(
        "x", words, words, "letter", (), (), (), (), "", 1, False, (Group(words, (question,)),), {}, Example({}, {})
    )  # fmt: skip


def _checked(kind: str, value: Any, **more: Any) -> tuple[Any, list[tuple[str, str]]]:
    found = check(_one(kind, **more), {"x": value}, {}, ON)
    return found.answers["x"], [(fault.question, fault.rule) for fault in found.faults]


@pytest.mark.parametrize(
    ("kind", "given_value", "typed"),
    [
        ("text", "  Asha   \n Kulkarni ", "Asha Kulkarni"),
        ("long_text", "a\r\nb", "a\nb"),
        ("date", "2026-11-25", date(2026, 11, 25)),
        ("date", date(2026, 1, 2), date(2026, 1, 2)),
        ("money", "₹12,34,567.50", Decimal("1234567.50")),
        ("money", "Rs. 100", Decimal(100)),
        ("money", 12.5, Decimal("12.5")),
        ("number", "1e3", Decimal(1000)),
        ("integer", "12", 12),
        ("percent", "12.5", Decimal("12.5")),
        ("choice", "a", "a"),
        ("choices", ["b", "a", "b"], ["a", "b"]),
        ("choices", "b,a", ["a", "b"]),
        ("yes_no", "on", True),
        ("yes_no", False, False),
        ("email", "asha@example.in", "asha@example.in"),
        ("phone", "+91 20 5550 0142", "+91 20 5550 0142"),
        ("pan", "aajcs4821k", "AAJCS4821K"),
        ("gstin", "27AAPFU0939F1ZV", "27AAPFU0939F1ZV"),
        ("cin", "u28999pn2019ptc184321", "U28999PN2019PTC184321"),
        ("cin", "AAA-1234", "AAA-1234"),
        ("din", "01234567", "01234567"),
        ("table", [{"shares": "5"}, {}], [{"shares": 5, "note": None}]),
        ("table", [{"shares": 7, "note": "n"}], [{"shares": 7, "note": "n"}]),
    ],
)  # fmt: skip
def test_an_answer_becomes_a_value_of_its_type(kind: str, given_value: Any, typed: Any) -> None:
    assert _checked(kind, given_value) == (typed, [])


@pytest.mark.parametrize(
    ("kind", "given_value", "rule"),
    [
        ("text", "x" * 201, "length"),
        ("text", "a\x00b", "type"),
        ("text", ["a"], "type"),
        ("long_text", "x" * 5001, "length"),
        ("date", "25/11/2026", "type"),
        ("date", "2026-02-30", "type"),
        ("date", "20261125", "type"),
        ("money", "12.345", "type"),
        ("money", "a lot", "type"),
        ("money", "NaN", "type"),
        ("money", "1e99", "type"),
        ("number", True, "type"),
        ("integer", "1.5", "type"),
        ("choice", "c", "choice"),
        ("choices", ["a", "z"], "choice"),
        ("yes_no", "perhaps", "type"),
        ("email", "asha", "email"),
        ("phone", "call me", "phone"),
        ("pan", "AAJCS4821", "pan"),
        ("gstin", "27AAPFU0939F1ZZ", "gstin"),
        ("cin", "12345", "cin"),
        ("din", "1234", "din"),
        ("person", 5, "type"),
        ("people", "Asha", "type"),
        ("table", [5], "type"),
        ("people", [{"name": "A"}] * 201, "most"),
    ],
)
def test_an_answer_of_another_type_is_refused_by_rule(kind: str, given_value: Any, rule: str) -> None:
    value, faults = _checked(kind, given_value)
    assert faults == [("x", rule)]
    assert value is None


def test_a_fault_names_its_row_and_says_the_cure_in_both_languages() -> None:
    template = _one("people", least=1)
    found = check(template, {"x": [{"name": "Asha"}, {"din": "12", "shoe": "9"}]}, {}, ON)
    assert {(fault.question, fault.rule) for fault in found.faults} == {
        ("x.2.name", "required"),
        ("x.2.din", "din"),
        ("x.2.shoe", "unknown"),
    }
    for fault in found.faults:
        assert fault.says["en"]
        assert fault.says["hi"]


def test_a_person_has_every_field_that_a_body_may_name() -> None:
    value, faults = _checked("person", "Asha")
    assert faults == []
    assert value == {"name": "Asha", "designation": "", "din": "", "pan": "", "address": "", "email": ""}


@pytest.mark.parametrize(
    ("kind", "value", "more", "rule"),
    [
        ("integer", 2, {"least": 3}, "least"),
        ("money", "11", {"most": "10.50"}, "most"),
        ("date", "2026-11-24", {"least": "today"}, "least"),
        ("date", "2026-11-26", {"most": "2026-11-25"}, "most"),
        ("people", [{"name": "A"}], {"least": 2}, "least"),
        ("text", "abc", {"pattern": "[A-Z]+"}, "pattern"),
    ],
)
def test_bounds_are_kept(kind: str, value: Any, more: dict[str, Any], rule: str) -> None:
    assert _checked(kind, value, **more)[1] == [("x", rule)]


def test_only_what_matters_is_asked_and_kept(tmp_path: Path) -> None:
    template = made(
        tmp_path,
        "{{ pay }}{{ amount or 0 }}",
        {"name": "pay", "type": "choice", "choices": CHOICES},
        {"name": "amount", "type": "money", "when": "pay == 'monthly'"},
        {"name": "day", "type": "date", "default": "add_days(today, 30)", "when": "amount > 100"},
    )
    assert [each.name for group in asked(template, {}, {}, ON) for each in group.questions] == ["pay"]
    (group,) = asked(template, {"pay": "monthly", "amount": "101"}, {}, ON)
    assert [each.name for each in group.questions] == ["pay", "amount", "day"]
    assert group.questions[2].preset == date(2026, 12, 25)
    found = check(template, {"pay": "yearly", "amount": "nonsense"}, {}, ON)
    assert found.faults == ()
    assert found.answers == {"pay": "yearly", "amount": None, "day": None}


def test_a_default_is_taken_where_nothing_is_said_and_not_where_nothing_is_meant(tmp_path: Path) -> None:
    question = {"name": "office", "type": "address", "default": "company.address", "required": False}
    template = made(tmp_path, "{{ office }}", question)
    company = {"address": "Pune"}
    assert check(template, {}, company, ON).answers == {"office": "Pune"}
    assert check(template, {"office": ""}, company, ON).answers == {"office": None}


def test_what_the_template_does_not_ask_is_refused_by_name(tmp_path: Path) -> None:
    found = check(made(tmp_path, "a", {"name": "a", "type": "text"}), {"a": "1", "b": "2"}, {}, ON)
    assert [(fault.question, fault.rule) for fault in found.faults] == [("b", "unknown")]


def test_a_condition_over_an_unknown_name_is_the_templates_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyText, match="colour"):
        asked(made(tmp_path, "a", {"name": "a", "type": "text", "when": "colour == 1"}), {}, {}, ON)


def test_a_default_that_rests_on_what_the_company_lacks_is_none(tmp_path: Path) -> None:
    questions = (
        {"name": "first", "type": "text", "default": "company.directors[0].name", "required": False},
        {"name": "second", "type": "text", "default": "company.directors[1].name", "required": False},
    )
    company = {"directors": [{"name": "Asha"}]}
    found = check(made(tmp_path, "a", *questions), {}, company, ON)
    assert (found.answers, found.faults) == ({"first": "Asha", "second": None}, ())


def test_an_expression_that_is_none_is_the_templates_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyText, match="=="):
        asked(made(tmp_path, "a", {"name": "a", "type": "text", "when": "b =="}), {}, {}, ON)


def test_a_language_that_the_template_lacks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyText, match="not written in 'hi'"):
        compose(made(tmp_path, "a", {"name": "a", "type": "text"}), {}, {}, "hi", ON)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(TYPES), _JSON)
def test_no_answer_at_all_breaks_the_check(kind: str, value: Any) -> None:
    found = check(_one(kind), {"x": value}, {}, ON)
    assert found.faults or found.answers["x"] is not None
