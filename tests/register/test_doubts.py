from datetime import date
from typing import Any

from complianceai import catalogue
from complianceai.register.doubts import calendar_of
from complianceai.register.interview.groups import groups
from complianceai.register.interview.reading import ABROAD
from complianceai.register.undecided import OpenQuestion, open_questions

YEAR = (date(2026, 4, 1), date(2027, 3, 31))
COMPANY: dict[str, Any] = {
    "entity_type": "private_limited",
    "incorporated_on": "2019-07-10",
    "state": "MH",
    "turnover": 50_000_000,
    "paid_up_capital": 1_000_000,
}


def forms(raw: dict[str, Any], *unsure: str) -> set[str]:
    return {each.form for each in calendar_of(raw, unsure, *YEAR)[1].occurrences}


def needs(raw: dict[str, Any], *unsure: str) -> set[str]:
    return {each.needs for each in calendar_of(raw, unsure, *YEAR)[1].undetermined}


def test_a_fact_nobody_knows_is_asked_and_brings_no_date() -> None:
    assert "FLA" not in forms(COMPANY, "foreign_investment")
    assert "foreign_investment" in needs(COMPANY, "foreign_investment")
    assert "foreign_investment" not in needs(COMPANY)


def test_a_fact_the_profile_states_is_known_whatever_was_said_before() -> None:
    raw = COMPANY | {"foreign_investment": True}
    assert "FLA" in forms(raw, "foreign_investment")
    assert "foreign_investment" not in needs(raw, "foreign_investment")


def test_where_nobody_knows_of_gst_all_that_a_registration_brings_is_open() -> None:
    _, found = calendar_of(COMPANY, {"gst.registered"}, *YEAR)
    about_gst = {each.obligation_id for each in found.undetermined if each.needs == "gst.registered"}
    per_registration = {
        each.id for each in catalogue.load().obligations.values() if each.per == "registration"
    }
    assert about_gst == per_registration
    assert "gst-gstr-3b" in about_gst


def test_a_state_nobody_knows_of_is_open_beside_the_states_that_are_known() -> None:
    raw = COMPANY | {"employees": {"by_state": {"MH": 30}}, "registrations": {"pt": ["MH"]}}
    raw["pt_liability_prev_year"] = {"MH": 200_000}
    _, found = calendar_of(raw, {"registrations.pt.KA"}, *YEAR)
    assert any(each.form == "PT-MH-PTRC" for each in found.occurrences)
    assert not any(each.form == "PT-KA" for each in found.occurrences)
    assert any(each.needs == "registrations.pt" and "KA" in each.why for each in found.undetermined)


def asked(raw: dict[str, Any], *unsure: str) -> dict[str, OpenQuestion]:
    undetermined = calendar_of(raw, unsure, *YEAR)[1].undetermined
    return {each.path: each for each in open_questions(undetermined, groups(date(2026, 11, 25)), raw, unsure)}


def test_questions_behind_a_closed_one_are_asked_by_the_one_that_opens_them() -> None:
    unsure = ABROAD
    found = asked(COMPANY, *unsure)
    assert "abroad" in found
    assert not found.keys() & set(unsure)
    assert len(found["abroad"].duties) >= 2


def test_each_open_question_says_what_it_asks_in_every_language() -> None:
    for each in asked({"entity_type": "private_limited"}, "tds.tan", "gst.registered").values():
        assert each.said("en")
        assert each.duties
        if each.item is not None:
            assert each.said("hi") != each.said("en")


def test_the_question_that_decides_most_comes_first() -> None:
    undetermined = calendar_of(COMPANY, {"gst.registered", "foreign_investment"}, *YEAR)[1].undetermined
    found = open_questions(
        undetermined, groups(date(2026, 11, 25)), COMPANY, {"gst.registered", "foreign_investment"}
    )
    assert found[0].path == "gst.registered"
    counts = [len(each.duties) for each in found]
    assert counts == sorted(counts, reverse=True)
