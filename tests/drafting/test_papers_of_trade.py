"""What the papers of commerce, labour and tax have to say, by law or by the answers they were given."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from complianceai.catalogue.expressions import Facts
from complianceai.drafting import asked, check, compose, read, template
from complianceai.drafting.clauses import clause
from complianceai.drafting.company import EXAMPLE
from complianceai.drafting.proving import sampled
from complianceai.rules.formulas.interest import msmed_compound_interest

ON = date(2026, 11, 25)


def text_of(name: str, language: str = "en", **changed: Any) -> str:
    """The paper of the template's example with some answers changed, what they open being sampled."""
    found = template(name)
    company = {**EXAMPLE, **found.example.company}
    answers = sampled(found, {**found.example.answers, **changed}, company, ON)
    checked = check(found, answers, company, ON)
    assert checked.faults == ()
    text = compose(found, checked.answers, company, language, ON)
    read(text, found.numbered)
    return text


def faults_with(name: str, **changed: Any) -> set[tuple[str, str]]:
    found = template(name)
    company = {**EXAMPLE, **found.example.company}
    faults = check(found, {**found.example.answers, **changed}, company, ON).faults
    return {(fault.question, fault.rule) for fault in faults}


def names_asked(name: str, **changed: Any) -> set[str]:
    found = template(name)
    answers = {**found.example.answers, **changed}
    return {each.name for group in asked(found, answers, EXAMPLE, ON) for each in group.questions}


def invoice(**changed: Any) -> Mapping[str, Any]:
    return {
        "number": "A/1",
        "dated": "2026-03-01",
        "accepted": "2026-03-09",
        "amount": 100000,
        **changed,
    }


def test_a_demand_asks_for_what_the_rules_engine_finds_over_whole_months() -> None:
    # Accepted on 9 March, fifteen days: the last day is 24 March; six whole months later it is 24 September.
    text = text_of("msme-demand-letter", invoices=[invoice()], letter_date="2026-09-24", bank_rate=5.5)
    facts = Facts({"principal": 100000, "rbi_bank_rate_pct": Decimal("5.5"), "whole_months_late": 6})
    (engine,) = msmed_compound_interest(facts, None, None)
    # The letter rounds each rest to the paisa.
    assert abs(engine.amount - Decimal("8538.85")) < Decimal("0.05")
    assert "| A/1 of 01-03-2026 | 09-03-2026 | 24-03-2026 | ₹1,00,000 | ₹8,538.85 | ₹1,08,538.85 |" in text


def test_a_longer_time_than_forty_five_days_counts_as_forty_five() -> None:
    text = text_of("msme-demand-letter", invoices=[invoice(days=90)])
    assert "| A/1 of 01-03-2026 | 09-03-2026 | 23-04-2026 |" in text


def test_an_invoice_that_is_not_overdue_bears_no_interest() -> None:
    text = text_of("msme-demand-letter", invoices=[invoice(accepted="2026-11-20")])
    assert "| ₹1,00,000 | ₹0 | ₹1,00,000 |" in text
    assert "Not yet overdue; no interest is due." in text


def test_a_supply_from_before_the_registration_is_no_part_of_the_demand() -> None:
    rows = [invoice(accepted="2020-08-13")]
    assert faults_with("msme-demand-letter", invoices=rows) == {("invoices.1.accepted", "least")}


@pytest.mark.parametrize("days", [46, 60])
def test_a_small_enterprise_cannot_be_made_to_wait_more_than_forty_five_days(days: int) -> None:
    assert faults_with("service-agreement", payment_days=days) == {("payment_days", "most")}
    assert faults_with("service-agreement", payment_kind="days", payment_days=days) == set()


def test_no_contract_of_employment_bars_work_for_others_afterwards() -> None:
    text = text_of("employment-agreement")
    assert "After the employment has ended the Employee is free to work for anybody" in text
    assert "void under section 27" in clause("employment.exclusive").use["en"]
    assert "This does not keep the Employee from any work or trade." in text
    assert "non_compete" not in {each.name for each in template("employment-agreement").questions}


def test_half_of_the_pay_counts_as_wages_where_the_basic_pay_is_less() -> None:
    parts = [
        {"part": "Basic pay", "amount": 15000, "wages": True},
        {"part": "Allowances", "amount": 25000, "wages": False},
    ]
    text = text_of("appointment-letter", pay_parts=parts)
    assert "Rupees forty thousand only a month, ₹4,80,000 a year" in text
    assert "(₹15,000) is less than half, so ₹20,000 a month counts as wages" in text


def test_a_letter_of_appointment_has_the_particulars_of_the_code() -> None:
    text = text_of("appointment-letter")
    assert "section 6(1)(f) of the Occupational Safety, Health and Working Conditions Code, 2020" in text
    for entry in ("Designation", "Category of skill", "Universal account number", "Avenue to a higher wage"):
        assert f"| {entry}" in text


def test_an_employee_who_leaves_is_paid_within_two_working_days() -> None:
    assert "within two working days" in text_of("appointment-letter")
    assert "within two working days" in text_of("experience-letter", paid=False)


def test_an_adopting_mother_has_twelve_weeks_whatever_the_age_of_the_child() -> None:
    text = text_of("leave-policy")
    assert "if she adopts a child, of whatever age" in text
    assert "under three months" not in text


def test_less_earned_leave_than_the_code_gives_is_refused() -> None:
    assert faults_with("leave-policy", earned=12, carry=10) == {("earned", "least"), ("carry", "least")}


def test_an_unlawful_committee_is_told_before_the_order_is_signed() -> None:
    men = [{"name": f"Man {at}", "role": "member", "woman": False, "contact": "1"} for at in range(3)]
    woman = {"name": "Sunita", "role": "member", "woman": True, "contact": "1"}
    text = text_of("posh-policy", members=[*men, woman])
    assert "Women are fewer than half" in text
    assert "There must be one presiding officer" in text
    assert "An external member is missing" in text
    assert "before this order is signed" not in text_of("posh-policy")
    assert faults_with("posh-policy", committee_until="2030-06-30") == {("committee_until", "most")}


def test_fewer_than_ten_people_turn_to_the_local_committee() -> None:
    text = text_of("posh-policy", ten=False)
    assert "Fewer than ten people work here" in text
    assert "Annex" not in text
    assert "members" not in names_asked("posh-policy", ten=False)


def test_a_year_without_complaints_is_reported_with_noughts() -> None:
    cases = [{"office": "Works", "received": 0, "disposed": 0, "pending": 0}]
    text = text_of("posh-annual-report", cases=cases, workshops=[])
    assert "| 1 | Complaints of sexual harassment received in the year | 0 |" in text
    assert "none was called for" in text
    assert "No workshop was held" in text
    assert "action" not in names_asked("posh-annual-report", cases=cases)


def test_consent_is_asked_for_purpose_by_purpose_and_can_be_withdrawn() -> None:
    text = text_of("dpdp-consent")
    assert "| 2 | Report on the trade fair on our website |" in text
    assert "## Withdrawal of consent" in text
    assert "Data Protection Board of India" in text
    assert faults_with("dpdp-consent", answer_days=91) == {("answer_days", "most")}


def test_a_child_consents_through_a_parent_who_was_verified() -> None:
    text = text_of("dpdp-consent", child=True, parent="Leela Nair", parent_check="DigiLocker")
    assert "I, Leela Nair, parent of Meera Nair" in text
    assert "DigiLocker" in text


@pytest.mark.parametrize(
    ("form", "reply", "law"),
    [
        ("asmt10", "FORM GST ASMT-11", "section 61 and rule 99"),
        ("drc01a", "Part B of FORM GST DRC-01A", "rule 142(1A)"),
        ("drc01", "FORM GST DRC-06", "section 74A and rule 142"),
        ("drc01b", "Part B of FORM GST DRC-01B", "rule 88C"),
        ("drc01c", "Part B of FORM GST DRC-01C", "rule 88D"),
        ("reg17", "FORM GST REG-18", "section 29 and rule 22"),
    ],
)
def test_each_gst_notice_is_answered_in_its_own_form(form: str, reply: str, law: str) -> None:
    text = text_of("gst-notice-reply", form=form)
    assert f"Reply in {reply} to the notice" in text
    assert f"under {law}**" in text


def test_a_late_reply_asks_that_the_delay_be_condoned() -> None:
    assert "and reply within time" in text_of("gst-notice-reply")
    assert "delay be condoned" in text_of("gst-notice-reply", letter_date="2026-12-10")


@pytest.mark.parametrize(
    ("act", "section", "representative"),
    [
        ("1961", "148A(1)", "288 of the Income-tax Act, 1961"),
        ("2025", "281(1)", "515 of the Income-tax Act, 2025"),
    ],
)
def test_the_year_decides_under_which_act_a_notice_is_answered(
    act: str, section: str, representative: str
) -> None:
    found = template("income-tax-notice-reply")
    answers = {**found.example.answers, "act": act, "kind": "reassessment"}
    del answers["section"]
    checked = check(found, answers, EXAMPLE, ON)
    assert checked.answers["section"] == section
    text = compose(found, checked.answers, EXAMPLE, "en", ON)
    assert f"section {section} of the Income-tax Act, {act}" in text
    assert representative in text


def test_a_lease_of_more_than_a_year_says_that_it_has_to_be_registered() -> None:
    assert "it has effect only if registered" in text_of("rent-agreement")
    short = text_of("rent-agreement", term_months=11, end_date="2027-10-31", lock_months=0)
    assert "need not be registered" in short
    assert "after each twelve months" not in short


def test_agreements_that_end_say_so_to_the_register() -> None:
    ends = {
        "employment-agreement": "end_date",
        "consultancy-agreement": "end_date",
        "service-agreement": "end_date",
        "rent-agreement": "end_date",
        "posh-policy": "committee_until",
    }
    assert {name: template(name).expires for name in ends} == ends


def test_a_letter_of_audit_engagement_has_what_the_standard_asks_for() -> None:
    text = text_of("engagement-letter")
    for part in ("Objective and scope", "Our responsibility", "Your responsibility", "Report:"):
        assert f"(#) {part}" in text
    assert "## The audit" not in text_of("engagement-letter", services=["gst", "itr"])


def test_one_side_alone_never_appoints_the_arbitrator() -> None:
    for name in ("arbitration_sole", "mediation_first"):
        assert "whom the Parties appoint together" in clause(f"disputes.{name}").text["en"]
        assert "section 11" in clause(f"disputes.{name}").text["en"]


def test_marks_in_an_answer_stay_words() -> None:
    plain = read(text_of("nda-mutual"), numbered=True)
    marked = read(
        text_of(
            "nda-mutual", other_name="# Nilgiri | **Ltd** {{ company }}", purpose="## to\n- sell\n> more"
        ),
        numbered=True,
    )
    assert marked.title == plain.title
    assert [type(block) for block in marked.blocks] == [type(block) for block in plain.blocks]


MINE = tuple(
    """
appointment-letter consultancy-agreement dpdp-consent employment-agreement engagement-letter experience-letter
founders-agreement gst-authorisation gst-notice-reply income-tax-notice-reply leave-policy lut-cover msme-demand-letter
nda-mutual nda-one-way posh-annual-report posh-policy privacy-notice rent-agreement service-agreement
""".split()  # noqa: SIM905 - twenty names read better so
)
NONSENSE: tuple[Any, ...] = (
    "x", "", "-5", "2026-02-30", [], {}, [{}], None, True, 10**20, "<script>" * 30, "\x00", "{{ 7*7 }}", ["a"],
    {"name": {}},
)  # fmt: skip


@pytest.mark.parametrize("name", MINE)
def test_an_interview_stands_nonsense_in_every_answer(name: str) -> None:
    found = template(name)
    for answer in NONSENSE:
        answers = {question.name: answer for question in found.questions}
        assert asked(found, answers, {}, ON)
        assert check(found, answers, {}, ON).faults


@pytest.mark.parametrize("name", MINE)
def test_an_interview_begins_with_nothing_known_of_the_company(name: str) -> None:
    found = template(name)
    assert asked(found, {}, {}, ON)
    assert {fault.rule for fault in check(found, {}, {}, ON).faults} == {"required"}
