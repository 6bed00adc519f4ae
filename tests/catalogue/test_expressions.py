from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complianceai.catalogue.checking import faults_of
from complianceai.catalogue.expressions import Expression, Facts, NeedsFact, all_at_once, parse
from complianceai.catalogue.vocabulary import Term, vocabulary

KNOWN = Facts(turnover=80, listed=True, state="MH", pays=("rent", "salary"))


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("turnover > 50 and listed", True),
        ("turnover > 50 and not listed", False),
        ("state in ['MH', 'GA']", True),
        ("overlaps(pays, ['rent', 'interest'])", True),
        ("20 if listed else 50", 20),
        ("turnover * 0.04", Decimal("3.20")),
        ("max(turnover - 100, 0)", 0),
        ("known(turnover) and not known(net_worth)", True),
        ("50 < turnover <= 80", True),
        (7, 7),
        (True, True),
    ],
)
def test_an_expression_has_the_value_it_says(source: str | int, value: object) -> None:
    assert Expression(source).of(KNOWN) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("listed or net_worth > 5", True),
        ("net_worth > 5 or listed", True),
        ("net_worth > 5 and not listed", False),
        ("not (net_worth > 5 and turnover < 50)", True),
        ("1 if net_worth > 5 else 1", 1),
    ],
)
def test_an_unknown_fact_does_not_matter_where_the_rest_decides(source: str, value: object) -> None:
    assert Expression(source).of(KNOWN) == value


@pytest.mark.parametrize(
    "source",
    ["net_worth > 5", "net_worth > 5 and listed", "1 if net_worth > 5 else 2", "not (net_worth > 5)"],
)
def test_an_unknown_fact_that_decides_is_named(source: str) -> None:
    with pytest.raises(NeedsFact) as needs:
        Expression(source).of(KNOWN)
    assert needs.value.name == "net_worth"


def test_a_definition_stands_for_its_own_words() -> None:
    small = {"is_small": parse("turnover < 100")}
    assert Expression("is_small and listed", small).of(KNOWN) is True
    assert Expression("is_small", small).names == {"turnover"}


def test_nothing_outside_the_language_is_in_reach() -> None:
    with pytest.raises(NameError):
        Expression("open('x')").of(KNOWN)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("turnovr > 5", "did you mean 'turnover'"),
        ("turnover > 'lots'", "number does not go with text"),
        ("entity_type == 'pvt'", "'pvt' is not one of the values"),
        ("state in ['MH', 'XX']", "'XX' is not one of the values"),
        ("overlaps(tds.pays, ['rnt'])", "'rnt' is not one of the values"),
        ("__import__('os')", "no function is called"),
        ("[x for x in tds.pays]", "not part of the language"),
        ("turnover ** 2 > 5", "only + - * /"),
        ("turnover", "yes_no is wanted"),
        ("turnover >", "not an expression"),
        ("listed in ['a']", "cannot be in"),
        ("lambda: 1", "not part of the language"),
        ("'a' if turnover else 'b'", "yes_no is wanted, number is given"),
        ("incorporated_on >= '2018-11-02' and b'x'", "is not a value of the language"),
        ("turnover in [1, 'a']", "mixed types"),
    ],
)
def test_a_faulty_condition_is_refused_with_the_cure(source: str, says: str) -> None:
    assert says in "\n".join(faults_of(source, "yes_no", vocabulary()))


@pytest.mark.parametrize(
    "source",
    [
        "registration.scheme == 'qrmp' and registration.state in ['MH', 'GA']",
        "incorporated_on >= '2018-11-02' and is_known",
        "employees.by_state.MH >= 5 or 'MH' in registrations.lwf",
        "period.month_of_quarter in [1, 2]",
        "-turnover < 0",
    ],
)
def test_a_sound_condition_has_no_fault(source: str) -> None:
    terms = {**vocabulary(), "is_known": Term("yes_no")}
    assert list(faults_of(source, "yes_no", terms)) == []


@given(st.booleans(), st.booleans(), st.sampled_from(["a and b", "a or b", "not a or b", "a and not b"]))
def test_logic_with_unknowns_agrees_with_logic_wherever_it_answers(a: bool, b: bool, source: str) -> None:
    whole = Expression(source).of(Facts(a=a, b=b))
    for known in (Facts(a=a), Facts(b=b), Facts()):
        try:
            answer = Expression(source).of(known)
        except NeedsFact:
            continue  # it may always ask for more, and must never answer otherwise
        assert answer == whole


@given(
    st.fixed_dictionaries({}, optional={"turnover": st.integers(0, 9), "net_worth": st.integers(0, 9)}),
    st.sampled_from(
        [
            "turnover > 4",
            "not turnover > 4",
            "known(turnover) and turnover > 4 or net_worth > 4",
            "not (turnover > 4 and (net_worth > 4 or not known(net_worth)))",
            "turnover > net_worth and einvoice",
            "not registration.scheme == 'qrmp' and turnover > 4",
        ]
    ),
    st.booleans(),
)
def test_what_perhaps_holds_is_never_less_than_what_holds(
    known: dict[str, int], source: str, einvoice: bool
) -> None:
    condition = Expression(source)
    facts = Facts(known, einvoice=einvoice)
    tree = condition.perhaps({"einvoice"}, ("registration.",))
    perhaps = all_at_once([[tree]])(facts) == (True,)
    for scheme in ("qrmp", "regular"):
        try:
            holds = condition.of(facts.extended({"registration.scheme": scheme}))
        except NeedsFact:
            holds = True  # it may
        assert perhaps or not holds
