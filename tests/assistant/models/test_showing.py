"""What a reader sees while a model is still writing is never what it may not have written."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from complianceai import catalogue
from complianceai.assistant.models.grounds import passage_of
from complianceai.assistant.models.showing import Showing
from complianceai.assistant.verifier import Evidence, verify
from complianceai.assistant.verifier.claims import claims_in

PASSAGE = passage_of(catalogue.load(), "mca-aoc-4", date(2026, 11, 25))
TEXT = (
    "The accounts go to the Registrar within thirty days of the annual general meeting [mca-aoc-4]. "
    "Penalties rise to Rs 9 lakh [mca-aoc-4]. They rise without end [mca-aoc-4].\n"
    "- A director signs them by DSC [mca-aoc-4].\nUncited words are not shown. "
    "देरी के हर दिन पर 100 रुपये लगते हैं [mca-aoc-4]।"
)


def shown(pieces: list[str]) -> tuple[str, list[str]]:
    """What stands there at the end, and every state on the way."""
    showing, text, states = Showing(Evidence([PASSAGE])), "", []
    for piece in [*pieces, None]:
        for step in showing.end() if piece is None else showing.add(piece):
            text = step.text if step.is_anew else text + step.text
            states.append(text)
    assert text == "".join(f"{each.text}\n" for each in showing.verified.kept)
    return text, states


@given(st.lists(st.integers(min_value=1, max_value=12), max_size=200))
def test_however_it_is_cut_the_end_is_what_the_whole_text_is_worth(cuts: list[int]) -> None:
    pieces, at = [], 0
    for cut in cuts:
        pieces.append(TEXT[at : at + cut])
        at += cut
    text, states = shown([*pieces, TEXT[at:]])
    assert text == verify(TEXT, Evidence([PASSAGE])).text + "\n"
    assert "9 lakh" not in " ".join(states)
    for state in states:
        # An unfinished sentence shows nothing that can be looked for.
        assert claims_in(state.rpartition("\n")[2]) == ()


def test_words_that_assert_nothing_go_out_at_once() -> None:
    showing = Showing(Evidence([PASSAGE]))
    assert [each.text for each in showing.add("The accounts ")] == ["The accounts "]
    assert showing.add("go to 30")[0].text == "go to "
    assert showing.add(" days") == []


def test_what_was_shown_of_a_sentence_that_fails_is_taken_back() -> None:
    showing = Showing(Evidence([PASSAGE]))
    showing.add("The fee ")
    (step,) = showing.add("is Rs 7 [mca-aoc-4]. Next")
    assert step.is_anew
    assert not step.text
