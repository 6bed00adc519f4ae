"""What one event brings: dates and their traces, gates and their places, what is asked and never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complianceai import catalogue, rules
from complianceai.base.dates import in_words
from complianceai.catalogue.model import EventChain, Input
from complianceai.rules.cases import profile_of
from complianceai.rules.chain_facts import company_after, read_answers
from complianceai.rules.chain_results import Chain
from complianceai.rules.chain_wire import chain_as_plain, chains_listed

LAW, _ = catalogue.survey()
SMALL = {"like": "private_company"}
DAY = date(2026, 5, 4)
SAID = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")


def _chain(event: str, on: date, raw: dict[str, Any] | None, **answers: Any) -> Chain:
    profile = rules.read_profile(profile_of(LAW, raw)) if raw is not None else None
    return rules.chain(LAW, profile, event, on, answers)


def _dates(found: Chain) -> dict[str, date]:
    return {each.rule.id: each.due_date for each in found.links if each.due_date}


def _every_case() -> Iterator[tuple[EventChain, dict[str, Any]]]:
    for event in LAW.chains.values():
        for case in event.cases:
            if not case.get("refused"):
                yield event, dict(case)


@pytest.mark.parametrize("as_of", ["", "2026-01-15"])
def test_every_dated_link_lies_on_the_date_its_trace_says(as_of: str) -> None:
    for event, case in _every_case():
        found = rules.chain(
            LAW,
            rules.read_profile(profile_of(LAW, case["profile"])),
            event.id,
            date.fromisoformat(case["on"]),
            case.get("answers"),
            date.fromisoformat(as_of) if as_of else None,
        )
        for each in found.links:
            if each.due_date is not None:
                assert in_words(each.due_date) in SAID.findall(each.trace[-1]), (event.id, each.rule.id)
            else:
                assert each.trace[-1].startswith("It has no date of its own")


def test_what_is_not_verified_says_why_in_its_trace() -> None:
    for event, case in _every_case():
        profile = rules.read_profile(profile_of(LAW, case["profile"]))
        found = rules.chain(LAW, profile, event.id, date.fromisoformat(case["on"]), case.get("answers"))
        for each in found.links:
            said = each.trace[0].startswith(("Unverified: ", "Disputed: "))
            assert said == (each.certainty != "verified"), (event.id, each.rule.id)
            assert each.certainty != "verified" or each.citations


@pytest.mark.parametrize(
    ("event", "link", "answers"),
    [
        ("director-appointed", "notice-to-registrar", {}),
        ("director-resigned", "notice-to-registrar", {}),
        ("charge-created", "registration", {}),
        ("special-resolution", "filed", {}),
        ("allotment-nonresident", "fc-gpr", {}),
        ("property-bought", "tds", {"price": 9000000}),
        ("foreign-remittance", "information", {}),
        ("gst-cancelled", "application", {"by_officer": False}),
        ("gst-cancelled", "final-return", {"order_on": date(2026, 3, 1)}),
        ("gst-threshold", "application", {}),
        ("incorporation", "first-board-meeting", {}),
        ("incorporation", "first-auditor", {}),
        ("incorporation", "commencement", {}),
        ("incorporation", "first-agm", {}),
        ("agm", "auditor", {"auditor_appointed": True}),
        ("agm", "accounts", {}),
        ("agm", "annual-return-small", {}),
    ],
)
@pytest.mark.parametrize("on", [date(2025, 9, 30), date(2026, 2, 28), DAY, date(2026, 12, 31)])
def test_a_link_has_the_date_of_its_obligation_in_the_company_calendar(
    event: str, link: str, answers: dict[str, Any], on: date
) -> None:
    company = {"like": "gst_regular"} if event == "gst-cancelled" else SMALL
    found = _chain(event, on, company, **answers)
    mine = next(each for each in found.links if each.rule.id == link)
    assert mine.due_date is not None
    raw = profile_of(LAW, {**company, "auditor_appointed_at_agm": ["2023-24", "2024-25", "2025-26"]})
    chain_event = LAW.chains[event]
    after = company_after(chain_event, rules.read_profile(raw), on, read_answers(chain_event, answers))
    dates = rules.calendar(LAW, after, on - timedelta(days=400), on + timedelta(days=800)).occurrences
    same = [each.due_date for each in dates if each.obligation_id == mine.rule.obligation]
    assert mine.due_date in same


def test_an_extension_moves_a_link_from_the_day_it_was_notified() -> None:
    profile = rules.read_profile(profile_of(LAW, SMALL))
    held = date(2025, 9, 30)
    before = rules.chain(LAW, profile, "agm", held, {}, as_of=date(2025, 10, 1))
    after = rules.chain(LAW, profile, "agm", held)
    assert _dates(before)["accounts"] == date(2025, 10, 30)
    assert _dates(after)["accounts"] == date(2026, 1, 31)
    moved = next(each for each in after.links if each.rule.id == "accounts")
    assert moved.statutory_due_date == date(2025, 10, 30)
    assert moved.trace[-1].startswith("Extended from 30 October 2025 to 31 January 2026")


def test_a_gate_stands_beside_what_it_waits_for() -> None:
    order = [each.rule.id for each in _chain("incorporation", DAY, SMALL).links]
    assert order.index("subscription-money") == order.index("commencement") - 1
    assert order.index("interests") > order.index("first-board-meeting")
    assert order.index("interests") < order.index("certificates")


def test_dated_links_are_in_order_of_date() -> None:
    for event, case in _every_case():
        found = _chain(event.id, date.fromisoformat(case["on"]), case["profile"], **case.get("answers", {}))
        days = [each.due_date for each in found.links if each.due_date]
        assert days == sorted(days), event.id


def test_an_answer_that_would_decide_is_asked_for_by_name() -> None:
    found = _chain("director-appointed", DAY, SMALL)
    (asked,) = found.undetermined
    assert (asked.rule.id, asked.needs) == ("election", "additional")
    assert "additional director" in asked.why


def test_a_link_that_counts_from_an_undecided_one_is_undecided_too() -> None:
    found = _chain("allotment", DAY, SMALL, mode="rights")
    needs = {each.rule.id: each.needs for each in found.undetermined}
    assert needs["significant-owner-declares"] == needs["significant-owner-return"] == "significant_owner"


def test_a_fact_of_the_profile_that_would_decide_is_named() -> None:
    found = _chain(
        "agm", date(2026, 9, 30), {"entity_type": "private_limited", "incorporated_on": "2018-06-01"}
    )
    needs = {each.rule.id: each.needs for each in found.undetermined}
    assert needs["annual-return"] == "paid_up_capital"


def test_without_a_profile_what_is_taken_as_given_is_said() -> None:
    found = _chain("charge-created", DAY, None, mortgage=False)
    assert found.presumed == ("You are a company under the Companies Act 2013.",)
    assert _dates(found)["registration"] == date(2026, 6, 3)
    assert "resolution-filed" not in _dates(found)


def test_an_event_that_cannot_be_the_company_s_is_refused_with_the_reason() -> None:
    found = _chain("llp-partner", DAY, SMALL)
    assert (found.links, found.refused) == ((), "Only an LLP has this event.")


@pytest.mark.parametrize("name", ["agm", "ev-agm"])
def test_an_event_is_found_by_its_name_with_or_without_its_prefix(name: str) -> None:
    assert _chain(name, date(2026, 9, 30), SMALL).event.id == "agm"


@pytest.mark.parametrize(
    ("event", "answers", "says"),
    [
        ("agmm", {}, "did you mean 'agm'"),
        ("zzz", {}, "there are "),
        ("agm", {"csrr": "yes"}, "answers.csrr: this event does not ask that; did you mean 'csr'"),
        ("charge-satisfied", {"x": 1}, "it asks nothing"),
        ("agm", {"csr": "perhaps"}, "answers.csr: 'perhaps' is not yes or no"),
        ("allotment", {"mode": "gift"}, "is none of private_placement, rights"),
        ("name-change", {"certificate_on": "soon"}, "is not a date"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_cure(
    event: str, answers: dict[str, Any], says: str
) -> None:
    with pytest.raises(rules.InputFaults, match=re.escape(says)):
        _chain(event, DAY, SMALL, **answers)


def test_an_included_chain_brings_its_links_and_questions() -> None:
    outer, inner = LAW.chains["allotment-nonresident"], LAW.chains["allotment"]
    assert [link.id for link in outer.links][: len(inner.links)] == [link.id for link in inner.links]
    assert {ask.name for ask in inner.asks} <= {ask.name for ask in outer.asks}


def test_the_form_s_label_is_that_of_the_event_s_day() -> None:
    labels = {
        on: next(
            each.form
            for each in _chain("foreign-remittance", on, SMALL).links
            if each.rule.id == "information"
        )
        for on in (date(2026, 3, 31), date(2026, 4, 1))
    }
    assert list(labels.values()) == ["15CA", "145"]


def test_the_act_cited_is_that_of_the_event_s_day() -> None:
    acts = {
        on: next(
            each.citations[0].act
            for each in _chain("foreign-remittance", on, SMALL, taxable=True).links
            if each.rule.id == "deposit"
        )
        for on in (date(2026, 3, 31), date(2026, 4, 1))
    }
    assert "1961" in acts[date(2026, 3, 31)] or "1962" in acts[date(2026, 3, 31)]
    assert "2026" in acts[date(2026, 4, 1)]


def test_a_chain_is_told_to_other_programs_whole() -> None:
    found = _chain("agm", date(2026, 9, 30), SMALL, auditor_appointed=True)
    plain = chain_as_plain(LAW, found)
    told = [each["link"] for each in plain["links"] + plain["left_out"] + plain["undetermined"]]
    assert sorted(told) == sorted(link.id for link in found.event.links)
    first = plain["links"][0]
    assert first["gate"] == {"side": "before", "link": "notice", "of": None}
    assert {each["event"] for each in chains_listed(LAW)} == LAW.chains.keys()


def _answer_for(ask: Input) -> st.SearchStrategy[Any]:
    if ask.values:
        return st.sampled_from(ask.values)
    days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
    return {"yes_no": st.booleans(), "date": days, "text": st.just("MH")}.get(ask.type, st.integers(0, 10**8))


@given(
    data=st.data(),
    event=st.sampled_from(sorted(LAW.chains)),
    on=st.dates(date(2019, 1, 1), date(2030, 12, 31)),
)
@settings(max_examples=300, deadline=None)
def test_whatever_is_answered_every_link_has_one_outcome_and_nothing_that_is_unknown_a_date(
    data: st.DataObject, event: str, on: date
) -> None:
    chain_event = LAW.chains[event]
    asks = [ask for ask in chain_event.asks if data.draw(st.booleans())]
    given_answers = {
        ask.name: data.draw(_answer_for(ask)) for ask in asks if not ask.fact.startswith("event.")
    }
    raw = data.draw(
        st.sampled_from([None, SMALL, {"like": "public_company"}, {"like": "llp"}, {"like": "gst_regular"}])
    )
    found = _chain(event, on, raw, **given_answers)
    if found.refused:
        return
    ids = [each.rule.id for each in found.links]
    ids += [each.rule.id for each in found.undetermined] + [each.rule.id for each in found.left_out]
    assert sorted(ids) == sorted(link.id for link in chain_event.links)
    for each in found.links:
        assert (each.due_date is None) == (each.rule.gate is not None)
