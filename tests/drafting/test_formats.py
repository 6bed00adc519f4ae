"""Dates, money and numbers as a paper has them, in English and in Hindi."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complianceai.drafting import formats
from complianceai.drafting.environment import rendered
from complianceai.drafting.numerals import count_in_words, rupees_in_words

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Rupees zero only"),
        (1, "Rupees one only"),
        (19, "Rupees nineteen only"),
        (100, "Rupees one hundred only"),
        (1_05_000, "Rupees one lakh five thousand only"),
        (12_34_567, "Rupees twelve lakh thirty-four thousand five hundred sixty-seven only"),
        (1_00_00_000, "Rupees one crore only"),
        (Decimal("2500.50"), "Rupees two thousand five hundred and fifty paise only"),
        (Decimal("0.05"), "Rupees zero and five paise only"),
        (-5, "minus Rupees five only"),
        (2_345_67_00_012, "Rupees two thousand three hundred forty-five crore sixty-seven lakh twelve only"),
    ],
)
def test_rupees_in_english_words(amount: Decimal, words: str) -> None:
    assert rupees_in_words(amount) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "शून्य रुपये मात्र"),
        (12_34_567, "बारह लाख चौंतीस हज़ार पाँच सौ सड़सठ रुपये मात्र"),
        (Decimal("99.99"), "निन्यानवे रुपये और निन्यानवे पैसे मात्र"),
        (5_00_00_000, "पाँच करोड़ रुपये मात्र"),
    ],
)
def test_rupees_in_hindi_words(amount: Decimal, words: str) -> None:
    assert rupees_in_words(amount, "hi") == words


_ENGLISH_VALUES = {count_in_words(number): number for number in range(100)}
_HINDI_VALUES = {count_in_words(number, "hi"): number for number in range(100)}
_SIZES = {
    "en": {"crore": 10_000_000, "lakh": 100_000, "thousand": 1000, "hundred": 100},
    "hi": {"करोड़": 10_000_000, "लाख": 100_000, "हज़ार": 1000, "सौ": 100},
}


def _value(words: str, language: str) -> int:
    """The number that words stand for, read by somebody who did not write them: sizes multiply what stands before."""
    below = _ENGLISH_VALUES if language == "en" else _HINDI_VALUES
    total = 0
    pending = 0
    for word in words.split():
        if (size := _SIZES[language].get(word)) is None:
            pending += below[word]
        elif size == 10_000_000:
            total, pending = (total + pending) * size, 0
        elif size == 100:
            pending *= size
        else:
            total, pending = total + pending * size, 0
    return total + pending


@given(st.integers(0, 10**13), st.sampled_from(["en", "hi"]))
def test_words_of_a_number_mean_that_number(number: int, language: str) -> None:
    assert _value(count_in_words(number, language), language) == number


def test_the_hindi_words_below_a_hundred_are_a_hundred_different_ones() -> None:
    assert len(_HINDI_VALUES) == len(_ENGLISH_VALUES) == 100


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_no_amount_is_without_words(amount: Decimal) -> None:
    for language in ("en", "hi"):
        words = rupees_in_words(amount, language)
        assert ("paise" in words or "पैसे" in words) == (amount % 1 != 0)


@pytest.mark.parametrize(
    ("written", "english", "hindi"),
    [
        ("{{ day|date }}", "25 November 2026", "25 नवंबर 2026"),
        ("{{ day }}", "25 November 2026", "25 नवंबर 2026"),
        ("{{ day|date_short }}", "25-11-2026", "25-11-2026"),
        ("{{ none|date }}{{ none|money }}{{ none }}{{ none|words }}", "", ""),
        ("{{ 1234567.5|money }}", "₹12,34,567.50", "₹12,34,567.50"),
        ("{{ 1000|money }}", "₹1,000", "₹1,000"),
        ("{{ -1000|money }}", "-₹1,000", "-₹1,000"),
        ("{{ 1234567|number }}", "12,34,567", "12,34,567"),
        ("{{ 3|ordinal }} {{ 21|ordinal }}", "3rd 21st", "तीसरा 21वाँ"),
        ("{{ ['A', 'B', 'C']|list_words }}", "A, B and C", "A, B और C"),
        ("{{ ['A']|list_words }}{{ []|list_words }}", "A", "A"),
        ("{{ people|list_words }}", "Asha and Bilal", "Asha और Bilal"),
        ("{{ people|plural('director', 'directors') }}", "directors", "directors"),
        ("{{ 1|plural('share', 'shares') }}", "share", "share"),
        ("{{ day|financial_year }}", "2026-27", "2026-27"),
        ("{{ true }}", "yes", "हाँ"),
        ("{{ add_days(day, 30)|date }}", "25 December 2026", "25 दिसंबर 2026"),
        ("{{ add_months(day, 3)|date_short }}", "25-02-2027", "25-02-2027"),
        ("{{ years_between('2020-11-26', day) }}", "5", "5"),
        ("{{ 'asha'|title }} {{ 'a'|upper }} {{ 'B'|lower }}", "Asha A b", "Asha A b"),
    ],
)
def test_filters_and_functions(written: str, english: str, hindi: str) -> None:
    names = {"day": DAY, "none": None, "people": [{"name": "Asha"}, {"name": "Bilal"}]}
    assert rendered(written, names, "en") == english
    assert rendered(written, names, "hi") == hindi


def test_a_financial_year_begins_in_april() -> None:
    assert formats.financial_year(date(2026, 3, 31)) == "2025-26"
    assert formats.financial_year(date(1999, 4, 1)) == "1999-00"


@pytest.mark.parametrize("count", [-(10**9), 10**9])
def test_no_calendar_reaches_so_far(count: int) -> None:
    with pytest.raises(ValueError, match="calendar"):
        formats.add_days(DAY, count)
    with pytest.raises(ValueError, match="calendar"):
        formats.months_after(DAY, count)
