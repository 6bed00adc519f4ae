"""Papers of twelve kinds in many layouts: what is read of them is right, and no paper proves another task."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from complianceai import catalogue
from complianceai.register.acknowledgements import Doubt, Wanted, best_match, propose, text_of_pdf
from complianceai.register.acknowledgements.days import days_in_text
from complianceai.register.acknowledgements.spans import span_in_text
from complianceai.register.acknowledgements.sums import rupees_after
from tests.support.papers import OWNER, Paper, papers, pdf_of

TODAY = date(2027, 4, 30)
EVERY = [paper for seed in range(60) for paper in papers(seed)]


def wanted_of(paper: Paper) -> Wanted:
    duty = catalogue.load().obligations[paper.obligation]
    forms = tuple(form.form for form in duty.forms)
    return Wanted(paper.obligation, forms, tuple(duty.aliases), tuple(duty.evidence), paper.period, OWNER)


def test_what_is_proposed_is_right_and_what_is_unsure_is_left_out() -> None:
    right, wrong, silent = Counter[str](), Counter[str](), Counter[str]()
    for paper in EVERY:
        read = propose("\n".join(paper.lines), wanted_of(paper), TODAY)
        pairs = {
            "number": (read.number, paper.number),
            "day": (read.filed_on, paper.filed_on),
            "period": (read.period, paper.period),
            "amount": (read.amount, None if paper.amount is None else Decimal(paper.amount)),
        }
        for field, (got, expected) in pairs.items():
            (right if got == expected else silent if got is None else wrong)[field] += 1
    assert not wrong
    assert all(silent[field] <= 0.05 * len(EVERY) for field in right), silent


def test_a_paper_finds_its_own_task_among_all_and_never_another() -> None:
    found = missed = 0
    for seed in range(20):
        every = papers(seed)
        tasks = [wanted_of(paper) for paper in every]
        for paper in every:
            match = best_match("\n".join(paper.lines), tasks, TODAY)
            assert match is None or match[0].key == paper.obligation
            found, missed = found + (match is not None), missed + (match is None)
    assert found >= 0.9 * (found + missed), (found, missed)


def test_a_paper_of_somebody_else_or_another_time_or_form_is_doubted() -> None:
    paper = papers(1)[0]
    text, mine = "\n".join(paper.lines), wanted_of(paper)
    assert not propose(text, mine, TODAY).doubts
    assert Doubt.ANOTHERS in propose(text, mine._replace(owner={"gstin": "29AAPFU0939F1ZR"}), TODAY).doubts
    assert (
        Doubt.OTHER_PERIOD
        in propose(text, mine._replace(period=(date(2024, 4, 1), date(2024, 4, 30))), TODAY).doubts
    )
    assert Doubt.FUTURE in propose(text, mine, date(2025, 1, 1)).doubts
    other = mine._replace(forms=("GSTR-9",), aliases=())
    assert Doubt.OTHER_FORM in propose(text, other, TODAY, ["GSTR-3B", "GSTR-9C"]).doubts


def test_two_numbers_that_fit_alike_are_proposed_to_nobody() -> None:
    paper = papers(1)[0]
    text = "\n".join(paper.lines).replace("ARN", "Reference") + "\nAA270426000001A"
    assert propose(text, wanted_of(paper), TODAY).number is None


async def test_a_pdf_is_read_by_a_process_of_its_own() -> None:
    paper = papers(3)[6]
    read = propose(await text_of_pdf(pdf_of(paper.lines)), wanted_of(paper), TODAY)
    assert (read.number, read.filed_on, read.amount) == (
        paper.number,
        paper.filed_on,
        Decimal(paper.amount or 0),
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"no PDF at all", pdf_of(["half of it"])[:150], pdf_of([])],
    ids=["nothing", "text", "cut off", "a picture"],
)
async def test_what_cannot_be_read_is_said_to_be_so_and_harms_nothing(content: bytes) -> None:
    said = await text_of_pdf(content)
    assert list(propose(said, wanted_of(papers(1)[0]), TODAY).doubts) == [Doubt.UNREADABLE]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("20/05/2026", date(2026, 5, 20)),
        ("20-May-2026", date(2026, 5, 20)),
        ("2026-05-20", date(2026, 5, 20)),
        ("May 20, 2026", date(2026, 5, 20)),
        ("20 May 2026", date(2026, 5, 20)),
        ("5.9.2026", date(2026, 9, 5)),
        ("31/02/2026", None),
        ("2026/123/4567", None),
    ],
)
def test_days_are_read_as_portals_print_them(said: str, day: date | None) -> None:
    assert [found for _, found in days_in_text(f"on {said} at 10:00")] == ([day] if day else [])


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("Tax period: April 2026", date(2026, 4, 1), date(2026, 4, 30)),
        ("Return Period 042026", date(2026, 4, 1), date(2026, 4, 30)),
        ("Financial Year 2026-27 Tax Period February", date(2027, 2, 1), date(2027, 2, 28)),
        ("F.Y. 2026-27 Period: Apr-Jun", date(2026, 4, 1), date(2026, 6, 30)),
        ("Tax Year 2026-27 Quarter Q4", date(2027, 1, 1), date(2027, 3, 31)),
        ("Assessment Year 2026-27", date(2025, 4, 1), date(2026, 3, 31)),
        ("for the year ended 31 March 2026", date(2025, 4, 1), date(2026, 3, 31)),
        ("Period from 01/04/2026 to 30/09/2026", date(2026, 4, 1), date(2026, 9, 30)),
        ("Period: December 2026 - ", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_periods_are_read_as_portals_print_them(said: str, first: date, last: date) -> None:
    assert span_in_text(said) == (first, last)


@pytest.mark.parametrize(
    "said", ["", "Year 2026-29", "Period from 30/04/2026 to 01/04/2026", "Month: Smarch 2026"]
)
def test_a_period_that_makes_no_sense_is_none(said: str) -> None:
    assert span_in_text(said) is None


@pytest.mark.parametrize(
    ("said", "rupees"),
    [
        ("Total Amount: Rs. 1,23,456.50", Decimal("123456.50")),
        ("Total Amount (in Rs.)\n4500", Decimal(4500)),
        ("CGST SGST Total Amount\n10 20 30", None),
        ("Total Amount 20/05/2026", None),
    ],
)
def test_rupees_are_read_only_where_it_is_plain_which(said: str, rupees: Decimal | None) -> None:
    assert rupees_after(said, r"total\s+amount") == rupees
