"""What has no date is named to whom it concerns, with its reason, and never becomes one."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest

from complianceai import catalogue
from complianceai.rules import advise, calendar, read_profile
from complianceai.rules.advice import Advice, advice_as_plain

LAW = catalogue.load()
UNDATED = {each.id for each in LAW.obligations.values() if each.undated is not None}
YEAR = date(2026, 4, 1), date(2027, 3, 31)
WORKSHOP: dict[str, Any] = {
    "entity_type": "private_limited",
    "incorporated_on": "2018-06-01",
    "state": "MH",
    "turnover": 50_000_000,
    "paid_up_capital": 1_000_000,
    "employees": {"total": 12, "by_state": {"MH": 12}},
}


def _advised(raw: dict[str, Any], *window: date, as_of: date | None = None) -> dict[str, Advice]:
    start, end = window or YEAR
    return {each.obligation.id: each for each in advise(LAW, read_profile(raw), start, end, as_of)}


def test_a_company_is_told_what_is_its_own_and_why() -> None:
    told = _advised(WORKSHOP)["mca-small-company-definition"]
    assert " ".join(told.why) == (
        "You are a small company: your paid-up capital of Rs 10,00,000 and turnover of Rs 5,00,00,000 are within "
        "Rs 10,00,00,000 and Rs 1,00,00,00,000."
    )
    assert told.certainty == "verified"
    assert told.needs == ""


def test_what_is_not_its_own_is_not_told() -> None:
    assert _advised(WORKSHOP).keys() & {"fssai-yearly-fee", "pt-nl", "it-10a", "startup-recognition"} == set()


def test_what_turns_on_a_fact_not_given_names_it() -> None:
    told = _advised({"entity_type": "private_limited", "paid_up_capital": 100_000})
    small = told["mca-small-company-definition"]
    assert (small.needs, small.why) == ("turnover", ())
    assert told["osh-contract-labour"].needs == "employees.contract_labour"


def test_a_doubt_comes_first_and_is_marked() -> None:
    told = _advised({**WORKSHOP, "udyam_registered": True})["udyam-update"]
    assert told.certainty == "unverified"
    assert told.why[0].startswith("Unverified: ")


def test_a_window_that_is_over_is_told_in_its_own_year_only() -> None:
    assert "mca-ccfs-2026" in _advised(WORKSHOP)
    assert "mca-ccfs-2026" not in _advised(WORKSHOP, date(2026, 9, 16), date(2027, 3, 31))
    assert "mca-ccfs-2026" not in _advised(WORKSHOP, *YEAR, as_of=date(2026, 2, 23))


def test_the_form_is_that_of_the_day_as_known_on_a_day() -> None:
    trust = {"entity_type": "trust"}
    assert _advised(trust)["it-10a"].form == "104"
    assert _advised(trust, *YEAR, as_of=date(2026, 3, 19))["it-10a"].form == "10A"


def test_it_never_becomes_a_date() -> None:
    far = date(2015, 4, 1), date(2035, 3, 31)
    found = calendar(LAW, read_profile({**WORKSHOP, "food_business": True, "udyam_registered": True}), *far)
    assert UNDATED & {each.obligation_id for each in found.occurrences} == set()
    assert UNDATED & {each.obligation_id for each in found.undetermined} == set()


def test_as_plain_values_it_has_what_a_program_needs() -> None:
    plain = orjson.loads(orjson.dumps(advice_as_plain(_advised(WORKSHOP)["maternity-benefit"])))
    assert plain["title"] == "Maternity benefit"
    assert plain["why"] == "You employ 12 people, and the law begins at ten."
    assert plain["no_date"].startswith("Each payment runs from")
    assert (plain["kind"], plain["form"], plain["needs"]) == ("duty", None, None)
    assert plain["citations"][0]["checked_on"] == "2026-11-25"


@pytest.mark.parametrize("identity", sorted(UNDATED))
def test_whatever_has_no_date_says_why_in_both_languages(identity: str) -> None:
    each = LAW.obligations[identity]
    assert each.schedules == ()
    assert each.charges == ()
    assert each.undated is not None
    assert len(each.undated.why.en) > 30
    assert any("ऀ" <= letter <= "ॿ" for letter in each.undated.why.hi)
