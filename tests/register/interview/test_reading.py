from datetime import date
from typing import Any

import pytest

from complianceai.register.gstin import read_gstin
from complianceai.register.interview.filling import empty_form, fill_form, fill_from_gstin
from complianceai.register.interview.groups import groups
from complianceai.register.interview.reading import Answers, read_answers

GROUPS = groups(date(2026, 11, 25))


def read(before: dict[str, Any] | None = None, /, **form: Any) -> Answers:
    named = {name.replace("__", "."): value for name, value in form.items()}
    lists = {name: value if isinstance(value, list) else [value] for name, value in named.items()}
    return read_answers(GROUPS, lists, before)


def test_what_is_not_known_is_noted_and_not_taken_for_no() -> None:
    answers = read(entity_type="llp", tds__tan="unsure", abroad="unsure")
    assert {"tds.tan", "foreign_investment", "ecb"} <= answers.unsure
    assert "tds" not in answers.profile
    assert answers.faults == {}


def test_a_question_nobody_answered_counts_as_not_known() -> None:
    assert "gst.registered" in read(entity_type="llp").unsure


def test_a_no_is_a_no() -> None:
    answers = read(entity_type="llp", gst__registered="no", abroad="no", employs="no")
    assert answers.profile["gst"] == {"registered": False}
    assert answers.profile["employees"] == {"total": 0}
    assert answers.profile["ecb"] is False
    assert not answers.unsure & {"gst.registered", "ecb", "employees.total"}


def test_answers_to_questions_that_no_longer_follow_are_left_out() -> None:
    form = {
        "gst__registered": "no",
        "gst.registrations.0.state": "MH",
        "gst.registrations.0.scheme": "regular",
    }
    answers = read(entity_type="partnership", paid_up_capital="1 crore", **form)
    assert answers.profile["gst"] == {"registered": False}
    assert "paid_up_capital" not in answers.profile


def test_registrations_are_read_row_by_row_and_blank_rows_are_none() -> None:
    form = {
        "gst__registered": "yes",
        "gst.registrations.0.state": "MH",
        "gst.registrations.0.scheme": "qrmp",
        "gst.registrations.1.state": "",
        "gst.registrations.2.state": "KA",
        "gst.registrations.2.scheme": "regular",
        "gst.registrations.2.registered_on": "2024-01-05",
    }
    assert read(entity_type="private_limited", **form).profile["gst"]["registrations"] == [
        {"state": "MH", "scheme": "qrmp"},
        {"state": "KA", "scheme": "regular", "registered_on": "2024-01-05"},
    ]


def test_a_row_that_lacks_what_it_needs_is_refused_at_its_own_field() -> None:
    form = {"gst__registered": "yes", "gst.registrations.3.state": "MH"}
    assert list(read(entity_type="llp", **form).faults) == ["gst.registrations.3.scheme"]


def test_where_people_work_gives_headcounts_and_registrations_by_state() -> None:
    form = {
        "employs": "yes",
        "staff.0.state": "MH",
        "staff.0.count": "12",
        "staff.0.pt": "yes",
        "staff.0.lwf": "unsure",
        "staff.0.pt_liability": "1.2 lakh",
        "staff.1.state": "DL",
        "staff.1.count": "3",
        "staff.1.pt": "no",
        "staff.1.lwf": "no",
    }
    answers = read(entity_type="private_limited", **form)
    assert answers.profile["employees"] == {"by_state": {"MH": 12, "DL": 3}}
    assert answers.profile["registrations"] == {"pt": ["MH"]}
    assert answers.profile["pt_liability_prev_year"] == {"MH": 120_000}
    assert {"registrations.lwf", "registrations.lwf.MH"} <= answers.unsure
    assert not any(path.startswith("registrations.pt") for path in answers.unsure)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("turnover", "plenty"),
        ("incorporated_on", "31-02-2020"),
        ("state", "ZZ"),
        ("entity_type", "cooperative"),
        ("name", "x" * 201),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_field(field: str, typed: str) -> None:
    assert list(read(**{"entity_type": "llp", field: typed}).faults) == [field]


def test_the_kind_of_business_is_the_one_thing_that_is_needed() -> None:
    assert list(read(name="Kaveri").faults) == ["entity_type"]


def test_what_the_rules_find_wrong_with_the_whole_is_told_at_its_field() -> None:
    answers = read({"agm_not_held": ["2025"]}, entity_type="private_limited")
    assert list(answers.faults) == ["agm_not_held.2025"]
    assert answers.faults["agm_not_held.2025"].startswith("Write the year as 2025-26")


def test_what_the_form_does_not_ask_stays_as_it_was() -> None:
    before = {"entity_type": "llp", "einvoice": True, "turnover": 5}
    answers = read(before, entity_type="llp", turnover="6 lakh")
    assert answers.profile["einvoice"] is True
    assert answers.profile["turnover"] == 600_000
    assert before["turnover"] == 5


def test_a_profile_survives_being_shown_and_read_again() -> None:
    profile = {
        "name": "Kaveri Textiles",
        "entity_type": "private_limited",
        "state": "TN",
        "incorporated_on": "2019-07-10",
        "turnover": 42_000_000,
        "holding_or_subsidiary": False,
        "gst": {
            "registered": True,
            "registrations": [{"state": "TN", "scheme": "regular", "gstin": "33AAPFU0939F1Z2"}],
        },
        "employees": {"by_state": {"TN": 34}, "women": 12},
        "registrations": {"epf": True, "esi": False, "pt": ["TN"]},
        "tds": {"tan": True, "pays": ["salary", "rent"], "collects_tcs": False},
        "foreign_investment": True,
        "overseas_investment": False,
        "ecb": False,
        "importer_exporter": False,
        "agm_dates": {"2025-26": "2026-09-25"},
        "directors_kyc": [{"din_allotted_on": "2019-07-01", "last_kyc_fy": "2024-25"}],
        "trademarks": [{"application_date": "2020-01-02", "classes": 2}],
        "events": [{"type": "charge_created", "on": "2026-10-01"}],
        "fssai": {"licence": "state"},
        "food_business": True,
    }
    profile["gst"]["registrations"][0].pop("gstin")  # type: ignore[index]
    unsure = {"tds.receives_15g_15h", "msme_dues_over_45_days", "registrations.lwf", "registrations.lwf.TN"}
    shown = fill_form(GROUPS, profile, unsure)
    answers = read_answers(GROUPS, shown, profile)
    assert answers.faults == {}
    assert unsure <= answers.unsure
    kept = {key: answers.profile[key] for key in profile}
    assert kept["gst"]["registrations"] == profile["gst"]["registrations"]  # type: ignore[index]
    for key in profile.keys() - {"gst", "tds", "registrations"}:
        assert kept[key] == profile[key], key
    assert kept["registrations"] == profile["registrations"]


def test_a_form_begins_with_what_is_usual_and_nothing_else() -> None:
    form = empty_form(GROUPS)
    assert form["financial_year_end"] == ["03-31"]
    assert "turnover" not in form
    assert form["dormant"] == ["no"]


def test_a_gstin_fills_in_what_it_tells_and_leaves_better_answers_alone() -> None:
    holder = read_gstin("27AAPFU0939F1ZV")
    filled = fill_from_gstin({"state": ["KA"], "entity_type": ["llp"]}, holder)
    assert filled["state"] == ["KA"]
    assert filled["entity_type"] == ["llp"]
    assert filled["gst.registered"] == ["yes"]
    assert filled["gst.registrations.0.state"] == ["MH"]
    again = fill_from_gstin(filled, holder)
    assert "gst.registrations.1.state" not in again
