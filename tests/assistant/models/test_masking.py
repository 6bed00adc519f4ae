"""Personal identifiers stay on this machine."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complianceai import catalogue
from complianceai.assistant import ask
from complianceai.assistant.models.budget import PurseInMemory
from complianceai.assistant.models.chain import Asking, Chain, Done
from complianceai.assistant.models.masking import Masks
from complianceai.assistant.models.prompting import prompt_of
from complianceai.assistant.models.spec import Spec
from complianceai.assistant.verifier import Evidence, Passage
from tests.support.models import model_server

HINDI_DIGITS = {0x0966 + figure: str(figure) for figure in range(10)}
VALUES = (
    ("ABCPK1234L", "PAN"), ("abcpk1234l", "PAN"), ("27ABCPK1234L1Z5", "GSTIN"), ("2345 6789 0123", "AADHAAR"),
    ("२३४५ ६७८९ ०१२३", "AADHAAR"), ("9876543210", "PHONE"), ("+91 98765 43210", "PHONE"),
    ("asha.rao+x@example.co.in", "EMAIL"),
    ("MUMA12345B", "TAN"), ("U72900MH2020PTC345678", "CIN"), ("HDFC0001234", "IFSC"),
)  # fmt: skip


@pytest.mark.parametrize(("value", "kind"), VALUES)
def test_an_identifier_becomes_a_token_of_its_kind_and_comes_back(value: str, kind: str) -> None:
    masks = Masks()
    hidden = masks.hide(f"My number is {value}, what is due?")
    assert value not in hidden
    assert f"⟨{kind}-A⟩" in hidden
    assert masks.reveal(hidden) == f"My number is {value}, what is due?".translate(HINDI_DIGITS)


def test_the_same_value_is_the_same_token_and_another_is_another() -> None:
    masks = Masks({"COMPANY": ["Rao Textiles LLP"]})
    assert masks.hide("9876543210 and 9876543210 and 9876543211") == "⟨PHONE-A⟩ and ⟨PHONE-A⟩ and ⟨PHONE-B⟩"
    assert "Rao" not in masks.hide("Is rao textiles llp late?")
    assert masks.reveal("⟨PAN-Z⟩ is late") == " is late"


@pytest.mark.parametrize(
    "text",
    ["GSTR-3B for 2026-27", "Rs 20,00,000", "section 194C", "31 December 2026", "Form 26Q", "12345678"],
)
def test_what_is_no_identifier_stays(text: str) -> None:
    assert Masks().hide(text) == text


@given(st.text(max_size=80))
def test_whatever_is_hidden_is_found_again(text: str) -> None:
    masks = Masks()
    if "⟨" not in text:
        assert masks.reveal(masks.hide(text)) == text.translate(HINDI_DIGITS)


async def test_no_byte_of_an_identifier_leaves_and_the_reader_still_sees_it() -> None:
    law, masks = catalogue.load(), Masks()
    question = masks.hide("When is AOC-4 due for ABCPK1234L?")
    passage = Passage("mca-aoc-4", "AOC-4", ("AOC-4 is due within 30 days.",))
    async with model_server(text="AOC-4 of ⟨PAN-A⟩ is due within 30 days [mca-aoc-4].") as server:
        asking = Asking(
            prompt_of(question, [passage], ""),
            Evidence([passage]),
            ask(law, "AOC-4", on=date(2026, 11, 25)),
            PurseInMemory(0),
            masks,
        )
        events = [each async for each in Chain([Spec("own", server.base_url, "m")]).answer(asking)]
    assert b"ABCPK1234L" not in server.raw[0]
    assert isinstance(events[-1], Done)
    assert events[-1].sentences[0].text == "AOC-4 of ABCPK1234L is due within 30 days."
