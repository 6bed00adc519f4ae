import pytest

from complianceai.register.amounts import read_count, read_rupees
from complianceai.register.errors import Fault


@pytest.mark.parametrize(
    ("typed", "rupees"),
    [
        ("1,50,00,000", 15_000_000),
        ("1.5 crore", 15_000_000),
        ("40 Lakh", 4_000_000),
        ("₹ 5,000/-", 5000),
        ("Rs. 250.50", 250.5),
        ("2cr", 20_000_000),
        ("0", 0),
        ("१.५ करोड़", 15_000_000),
    ],
)
def test_rupees_are_understood_as_people_type_them(typed: str, rupees: float) -> None:
    assert read_rupees(typed) == rupees


@pytest.mark.parametrize(
    "typed", ["a lot", "-5", "1e9", "5 dozen", "1.2.3", "NaN", "99999999999999999999", "१० दर्जन"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Fault):
        read_rupees(typed)


@pytest.mark.parametrize(("typed", "count"), [("18", 18), ("1,200", 1200), (" 0 ", 0)])
def test_people_are_counted_in_whole_numbers(typed: str, count: int) -> None:
    assert read_count(typed) == count


@pytest.mark.parametrize("typed", ["2.5", "-1", "ten", "٣", "12345678901"])
def test_what_is_no_count_is_refused(typed: str) -> None:
    with pytest.raises(Fault):
        read_count(typed)
