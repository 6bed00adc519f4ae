"""What the papers of company law work out: limits, last days, majorities; read in the text that a company gets."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from complianceai.drafting import check, compose, template
from complianceai.drafting.company import EXAMPLE
from tests.drafting.drafts import ON


def written(name: str, language: str = "en", company: Mapping[str, Any] | None = None, **answers: Any) -> str:
    """The text of a paper: its example's answers, with these in their place."""
    paper = template(name)
    whole = {**EXAMPLE, **(company or {})}
    checked = check(paper, {**paper.example.answers, **answers}, whole, ON)
    assert checked.faults == ()
    return compose(paper, checked.answers, whole, language, ON)


def refused(name: str, **answers: Any) -> set[tuple[str, str]]:
    """Which answers are refused and by what rule."""
    paper = template(name)
    checked = check(paper, {**paper.example.answers, **answers}, EXAMPLE, ON)
    return {(fault.question, fault.rule) for fault in checked.faults}


def test_a_return_of_allotment_has_fifteen_days_after_a_private_placement_and_thirty_otherwise() -> None:
    assert "fifteen days of the allotment, that is, by 5 December 2026" in written("board-resolution")
    assert "thirty days of the allotment, that is, by 20 December 2026" in written(
        "board-resolution", route="rights"
    )
    assert "5 दिसंबर 2026 तक, कंपनी रजिस्ट्रार" in written("board-resolution", "hi")


def test_money_of_a_private_placement_that_waited_more_than_sixty_days_is_not_allotted_against() -> None:
    assert "by 18 December 2026" in written("board-resolution")
    late = written("board-resolution", money_from=date(2026, 9, 1))
    assert "Sixty days from the first of the money ended on 31 October 2026" in late


def test_an_allotment_sums_its_rows() -> None:
    text = written("board-resolution")
    assert "| **Total** | **7,500** | | **₹15,00,000** |" in text
    assert "(Rupees fifteen lakh only)" in text


@pytest.mark.parametrize(
    ("given_already", "relation", "says"),
    [
        (1400000, "none", "lies within the limit"),
        (1400001, "none", "beyond the limit by ₹1"),
        (1400001, "wholly_owned", "to which section 186(3) does not apply"),
    ],
)
def test_loans_are_held_against_the_higher_of_sixty_and_a_hundred_per_cent(
    given_already: int, relation: str, says: str
) -> None:
    text = written("loan-and-investment", given_already=given_already, relation=relation)
    assert "| **Limit: the higher of (A) and (B)** | **₹54,00,000** |" in text
    assert says in text
    assert ("## Draft of the special resolution" in text) == ("beyond the limit by" in says)


def test_reserves_alone_can_be_the_higher_limit() -> None:
    text = written("loan-and-investment", paid_up=100000, reserves=9000000, premium=0)
    assert "**₹90,00,000** |" in text


def test_a_loan_below_the_yield_of_government_securities_is_told() -> None:
    assert "**less than** the yield of 6.85 per cent" in written("loan-and-investment", rate="6.8")
    assert "**less than**" not in written("loan-and-investment", rate="6.85")


@pytest.mark.parametrize(
    ("answers", "reached"),
    [
        ({"value": 1800000}, True),
        ({"value": 1799999}, False),
        ({"value": 1799999, "same_year": 1}, True),
        ({"nature": "property", "net_worth": 9000000, "value": 900000}, True),
        ({"nature": "underwriting", "net_worth": 9000000, "value": 90000}, False),
        ({"nature": "underwriting", "net_worth": 9000000, "value": 90001}, True),
        ({"nature": "office", "value": 250000}, False),
        ({"nature": "office", "value": 250001}, True),
        ({"value": 9000000, "ordinary_course": True}, False),
    ],
)
def test_the_members_resolve_on_a_related_contract_from_the_limits_of_rule_15(
    answers: Mapping[str, Any], reached: bool
) -> None:
    text = written("related-party", **answers)
    assert ("subject to the approval of the members by resolution" in text) == reached


def test_a_private_company_borrows_freely_and_a_public_one_needs_the_members() -> None:
    assert "section 180 does not bind a private company" in written("borrowing")
    public = written("borrowing", company={"kind": "public_limited"})
    assert "a special resolution of the members is needed" in public
    assert "MGT-14 within thirty days, that is, by 20 December 2026" in public
    assert "## Draft of the special resolution" in public


def test_working_capital_of_the_bank_does_not_count_towards_the_limit() -> None:
    text = written("borrowing", facility="working_capital", company={"kind": "public_limited"})
    assert "The borrowing lies within the limit." in text


def test_the_first_meeting_and_its_auditor_have_thirty_days() -> None:
    assert "after 2 December 2026" not in written("first-board-meeting")
    late = written("first-board-meeting", meeting_date=date(2026, 12, 3))
    assert "held after 2 December 2026, the last day under section 173(1)" in late
    appointed = written("board-resolution-auditor", occasion="first", incorporated_on=date(2026, 10, 1))
    assert "thirty days from incorporation ended on 31 October 2026" in appointed


def test_new_companies_are_told_the_last_days_of_certificates_and_commencement() -> None:
    text = written("first-board-meeting")
    assert "within two months of incorporation, that is, by 2 January 2027" in text
    assert "by 1 May 2027, and that the Company neither begin business nor borrow before" in text


def test_a_resignation_takes_effect_on_the_later_of_receipt_and_the_day_it_names() -> None:
    assert "takes effect on 30 November 2026" in written("director-resignation")
    early = written("director-resignation", named_date=date(2026, 11, 11))
    assert "takes effect on 12 November 2026" in early
    assert "by 12 December 2026" in early


@pytest.mark.parametrize(("kind", "minimum"), [("private_limited", 2), ("public_limited", 3)])
def test_a_board_that_falls_below_its_minimum_is_told(kind: str, minimum: int) -> None:
    short = written("director-resignation", company={"kind": kind}, remaining=minimum - 1)
    assert f"below the minimum of {minimum}" in short
    assert "satisfies section 149(1)" in written(
        "director-resignation", company={"kind": kind}, remaining=minimum
    )


@pytest.mark.parametrize(
    ("notice", "kind", "clear"),
    [
        (date(2026, 9, 3), "private_limited", True),
        (date(2026, 9, 4), "private_limited", False),
        (date(2026, 9, 10), "section_8", True),
        (date(2026, 9, 11), "section_8", False),
    ],
)
def test_clear_days_leave_out_the_day_of_sending_and_the_day_of_the_meeting(
    notice: date, kind: str, *, clear: bool
) -> None:
    text = written("agm-notice", company={"kind": kind}, notice_date=notice)
    assert ("The notice gives clear" in text) == clear
    assert ("shorter than clear" in text) != clear


def test_in_a_section_8_company_a_proxy_is_a_member() -> None:
    text = written("egm-notice", company={"kind": "section_8"})
    assert "another member of the company as proxy" in text
    assert "need not be a member" not in text
    assert "A proxy need not be a member." in written("egm-notice")


def test_a_meeting_by_video_has_no_proxies() -> None:
    text = written("egm-notice", mode="video", video="https://meet.example/egm")
    assert "MGT-11" not in text
    assert "General Circulars" in text
    assert "MGT-11" in written("egm-notice")


@pytest.mark.parametrize(
    ("kind", "rows", "members", "shares", "enough"),
    [
        ("annual", 19, 20, 1900, True),
        ("annual", 18, 20, 1900, False),
        ("extraordinary", 11, 20, 1158, False),
        ("extraordinary", 11, 20, 1157, True),
        ("extraordinary", 10, 20, 1000, False),
    ],
)
def test_shorter_notice_needs_members_at_an_annual_meeting_and_shares_at_another(
    kind: str, rows: int, members: int, shares: int, *, enough: bool
) -> None:
    consenting = [{"name": f"Member {at}", "shares": 100} for at in range(rows)]
    text = written(
        "shorter-notice-consent",
        meeting_kind=kind, members=consenting, all_members=members, all_shares=shares,
    )  # fmt: skip
    assert ("**The consent suffices.**" in text) == enough


def test_a_special_resolution_on_a_poll_needs_three_votes_for_each_against() -> None:
    row = {"title": "Name", "kind": "special", "resolution": "RESOLVED THAT it be so.", "poll_for": 75}
    assert "carried by the required majority" in written(
        "agm-minutes", resolutions=[{**row, "poll_against": 25}]
    )
    assert "**lost**" in written("agm-minutes", resolutions=[{**row, "poll_against": 26}])


def test_a_sole_director_of_a_one_person_company_holds_no_meeting() -> None:
    alone = {"kind": "opc", "directors": EXAMPLE["directors"][:1]}
    text = written("board-resolution-bank-account", company=alone)
    assert "under section 122(4)" in text
    assert "quorum" not in text


def test_the_register_of_members_keeps_the_balance_of_each_folio() -> None:
    text = written("register-of-members")
    assert "| 2 | Bilal Shaikh | 3,500 |" in text
    assert "| **Total** | **10,000** |" in text
    assert "₹1,00,000 | 3,500 |" in text


def test_a_certificate_counts_its_distinctive_numbers() -> None:
    text = written("share-certificate")
    assert "10001 to 12500 (both included)" in text
    assert "two thousand five hundred" in text
    assert "दो हज़ार पाँच सौ" in written("share-certificate", "hi")


def test_a_charge_not_yet_registered_shows_its_last_day() -> None:
    assert "last day without additional fee 23 December 2026" in written("register-of-charges")
    assert "There is no charge" in written("register-of-charges", charges=[])


def test_a_transfer_lodged_after_sixty_days_and_a_refusal_are_told_their_days() -> None:
    row = dict(template("share-transfer-resolution").example.answers["transfers"][0])
    late = written("share-transfer-resolution", transfers=[{**row, "executed": "2026-09-01"}])
    assert "later than sixty days after its execution (31 October 2026)" in late
    refusal = written("share-transfer-resolution", decision="refuse", reasons="The call is unpaid.")
    assert "within thirty days of the lodgement, that is, by 9 December 2026" in refusal


def test_a_circular_gives_no_more_than_seven_days_and_names_what_only_a_meeting_decides() -> None:
    assert ("reply_by", "most") in refused("circular-resolution", reply_by="2026-12-03")
    assert "decided only at a meeting" in written("circular-resolution", allowed=False)


def test_dates_that_the_law_orders_are_refused_the_wrong_way_round() -> None:
    assert ("vacant_on", "most") in refused("board-resolution-auditor", vacant_on="2026-12-01")
    assert ("general_meeting", "most") in refused("board-resolution-auditor", general_meeting="2027-02-21")
    assert ("received_on", "least") in refused("director-resignation", received_on="2026-11-09")
    assert ("consent_date", "most") in refused("director-appointment", consent_date="2026-12-01")


def test_an_authority_names_what_may_be_done_and_until_when() -> None:
    text = written("board-resolution-authority")
    assert "agree the purchase from Mrs S. Deshpande of the property described below" in text
    assert "this authority end on 30 June 2027" in text
    suit = written("board-resolution-authority", purpose="litigation", counterpart="B Ltd", until=None)
    assert "vakalatnamas" in suit
    assert "stand until the Board withdraws it" in suit


@pytest.mark.parametrize(("size", "has"), [("short", False), ("full", True)])
def test_the_report_of_a_small_company_is_short(size: str, *, has: bool) -> None:
    text = written("boards-report", size=size, risk="Prices of steel.")
    assert "Statement of the directors' responsibility" in text
    assert ("## Energy, technology and foreign exchange" in text) == has
    assert ("Pending more than ninety days" in text) == has
