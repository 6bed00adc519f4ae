"""What a model wrote is shown where its passage bears it out, and never where it does not."""

from collections import Counter
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complianceai import catalogue
from complianceai.assistant.models.grounds import passage_of
from complianceai.assistant.verifier import Evidence, Passage, Verified, verify
from complianceai.assistant.verifier.claims import claims_in, plain
from complianceai.assistant.verifier.roles import misplaced
from complianceai.assistant.verifier.sentences import cited, sentences_of, take_sentences
from tests.assistant.verifier.planting import answers, ids_of, planted

ON = date(2026, 11, 25)
# A model is given several passages, and may cite the wrong one of them.
BESIDE = ("gst-gstr-3b", "mca-aoc-4", "it-26q", "epf-ecr", "it-advance-tax", "fema-fla")
ASKED = "My turnover is Rs 6 crore and I filed on 20 November 2026."
LEAST_PASSED, LEAST_PLANTED, LEAST_ROLES, MOST_ROLES_PASSED = 0.95, 200, 68, 16


@lru_cache(maxsize=256)
def passage(identity: str) -> Passage:
    return passage_of(catalogue.load(), identity, ON)


def judged(text: str, ids: tuple[str, ...]) -> Verified:
    known = [each for each in dict.fromkeys([*ids, *BESIDE]) if each in catalogue.load().obligations]
    return verify(text, Evidence(map(passage, known), ASKED))


def test_right_answers_pass_whole() -> None:
    right = answers("good.txt")
    assert len(right) >= 100
    failed = {
        text: [each.why for each in found.dropped]
        for text in right
        if (found := judged(text, ids_of(text))).dropped
    }
    assert len(right) - len(failed) >= LEAST_PASSED * len(right), failed


def test_no_sentence_with_a_planted_date_sum_form_section_or_citation_passes() -> None:
    wrong = list(planted())
    counts = Counter(each.kind for each in wrong)
    assert len(wrong) >= LEAST_PLANTED
    assert min(counts[kind] for kind in ("date", "amount", "form", "section", "citation")) >= 25
    passed = []
    for each in wrong:
        kept = judged(each.text, each.ids).kept
        if any(each.sentence.rstrip(".।") in one.text for one in kept):
            passed.append(each)
    assert passed == []


@pytest.mark.parametrize("line", [each for each in answers("bad.txt") if not each.startswith("role: ")])
def test_a_wrong_sentence_written_by_hand_does_not_pass(line: str) -> None:
    text = line.partition(": ")[2]
    assert judged(text, ids_of(text)).kept == ()


def test_of_figures_that_stand_in_the_passage_for_something_else_three_in_four_do_not_pass() -> None:
    wrong = [line.partition(": ")[2] for line in answers("bad.txt") if line.startswith("role: ")]
    passed = [text for text in wrong if judged(text, ids_of(text)).kept]
    assert len(wrong) >= LEAST_ROLES
    assert len(passed) <= MOST_ROLES_PASSED, passed


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("The employer pays 3.25 % of the wages to ESI", "The employer pays 0.75 % of the wages to ESI"),
        ("For AOC-4 each officer pays up to Rs 50,000", "For AOC-4 each officer pays up to Rs 2,00,000"),
        ("Wages up to Rs 21,000 a month bring a bonus", "Wages up to Rs 7,000 a month bring a bonus"),
        ("Above Rs 5 crore of turnover GSTR-1 is monthly", "Up to Rs 5 crore of turnover GSTR-1 is monthly"),
    ],
)
def test_the_same_sentence_passes_with_its_own_figure_and_not_with_anothers(right: str, wrong: str) -> None:
    cites = {"ESI": "esi-contribution", "AOC": "mca-aoc-4", "bonus": "bonus-payment", "GSTR": "gst-gstr-1"}
    rule = next(identity for word, identity in cites.items() if word in right)
    assert judged(f"{right} [{rule}].", (rule,)).kept
    assert judged(f"{wrong} [{rule}].", (rule,)).kept == ()


def test_what_a_passage_says_itself_is_not_taken_for_something_else() -> None:
    law = catalogue.load()
    said = [
        (text, passage(identity)) for identity in law.obligations for text in passage(identity).statements
    ]
    turned = [text for text, of in said if misplaced(text, of.statements)]
    assert len(said) > 3000
    assert len(turned) <= 0.01 * len(said), turned[:20]


def test_too_little_left_is_not_enough_and_half_of_it_is() -> None:
    good, bad = (
        "AOC-4 is due within 30 days of the annual general meeting [mca-aoc-4].",
        "AOC-4 costs Rs 777 [mca-aoc-4].",
    )
    assert judged(good, ()).is_enough
    assert judged(f"{good} {bad}", ()).is_enough
    assert not judged(f"{good} {bad} {bad}", ()).is_enough
    assert not judged("", ()).is_enough


def test_a_sentence_that_points_back_at_one_left_out_is_left_out_too() -> None:
    found = judged("AOC-4 costs Rs 777 a day [mca-aoc-4]. It has no ceiling [mca-aoc-4].", ())
    assert [each.why for each in found.dropped] == ["amount", "dangling"]


def test_what_a_person_said_of_themselves_may_be_repeated_as_given_and_not_as_law() -> None:
    assert judged("With a turnover of Rs 6 crore GSTR-9 is needed [gst-gstr-9].", ("gst-gstr-9",)).kept
    assert not judged("GSTR-9 is needed above Rs 6 crore of turnover [gst-gstr-9].", ("gst-gstr-9",)).kept


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("20 November 2026", "day", (2026, 11, 20)), ("20th of Nov, 2026", "day", (2026, 11, 20)),
        ("November 20, 2026", "day", (2026, 11, 20)), ("20-11-2026", "day", (2026, 11, 20)),
        ("20/11/26", "day", (2026, 11, 20)), ("2026-11-20", "day", (2026, 11, 20)),
        ("२० नवम्बर २०२६", "day", (2026, 11, 20)), ("twentieth of November 2026", "day", (2026, 11, 20)),
        ("31 February 2026", "day", (2026, 2, 31)), ("FY 2025-26", "fy", 2025), ("AY 2026-27", "ay", 2026),
        ("Rs 2,00,000", "amount", 200_000), ("₹2 lakh", "amount", 200_000), ("two lakh rupees", "amount", 200_000),
        ("दो लाख रुपये", "amount", 200_000), ("डेढ़ करोड़", "amount", 15_000_000), ("0.2 million", "amount", 200_000),
        ("18 per cent", "percent", 18), ("अठारह प्रतिशत", "percent", 18), ("thirty days", "days", 30),
        ("GSTR 3B", "form", "gstr3b"), ("जीएसटीआर-3बी", "form", "gstr3b"), ("Form No. 26Q", "form", "26q"),
        ("u/s 139(1)", "section", ("139", "1")), ("sub-section (1) of section 139", "section", ("139", "1")),
        ("forty-five days", "days", 45), ("thirty one days", "days", 31),
        ("धारा 139(1)", "section", ("139", "1")), ("Notification 02/2025", "notification", "02/2025"),
    ],
)  # fmt: skip
def test_one_thing_is_read_alike_however_it_is_written(written: str, kind: str, value: object) -> None:
    assert (kind, value) in {(each.kind, each.value) for each in claims_in(written)}


@given(
    st.text(
        alphabet=st.sampled_from("0123456789\u0966\u0968\u096b ,.-/()%₹RsabGSTR दिन लाख मई May [x]\n"),
        max_size=60,
    )
)
def test_no_figure_goes_unseen(text: str) -> None:
    read = plain(text)
    seen = [(each.start, each.end) for each in claims_in(text)]
    missed = [
        at
        for at, letter in enumerate(read)
        if letter in "0123456789" and not any(a <= at < b for a, b in seen)
    ]
    # Inside a word that is no number, such as a part of a name, a figure asserts nothing by itself; else it is claimed.
    assert missed == []


@given(st.text(max_size=200))
def test_nothing_that_can_be_written_breaks_it_and_nonsense_is_not_shown(text: str) -> None:
    assert judged(text, ()).kept == ()


@given(st.lists(st.integers(min_value=1, max_value=9), max_size=40))
def test_a_text_that_comes_in_pieces_has_the_sentences_of_the_whole(cuts: list[int]) -> None:
    text = "AOC-4 costs Rs. 100 a day [mca-aoc-4]. See s. 137! [mca-aoc-4]\n- Next, e.g. this? [a] Yes. यह भी। [c] End"
    found, rest, at = [], "", 0
    for cut in (*cuts, len(text)):
        whole, rest = take_sentences(rest + text[at : at + cut])
        found += whole
        at += cut
    assert [*found, cited(rest)] == sentences_of(text)
