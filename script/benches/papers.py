"""Papers: a contract of three pages as PDF and as a Word file, and a redline of two versions of twenty pages."""

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from pypdf import PdfReader

from benches.measuring import Figure, cpu_ms
from complianceai.drafting import Style, compare, read, write_docx, write_pdf

_PARAGRAPH = (
    "(#) The Provider carries out the services described in the schedule with the care of an experienced business, "
    "within the days agreed, and tells the Client at once of anything that could delay them or make them dearer; the "
    "Client gives the papers, the access and the decisions that the services need, and pays what is due in time.\n\n"
)
_FIRST = """
import time
from complianceai.drafting import Style, read, write_pdf
from benches.papers import contract
text = contract(3)
start = time.process_time()
write_pdf(read(text, True), Style())
print((time.process_time() - start) * 1000)
"""


def contract(pages: int) -> str:
    """A contract of about so many pages: clauses, sub-clauses, points, a table and two signatures."""
    clauses = "".join(
        f"## Clause {number} {{#c{number}}}\n\n{_PARAGRAPH * 3}- first, as [[c{number}]] says;\n- second.\n\n"
        for number in range(1, 3 * pages + 1)
    )
    table = "| Item | Amount |\n| :-- | --: |\n| Design | 1,00,000 |\n| Building | 4,00,000 |\n\n"
    signed = ":::signature\nfor: A Ltd\nname: Asha\n:::\n:::signature\nfor: B Ltd\nname: Bilal\n:::\n"
    return f"# Service agreement\n\nThis is made between **A Ltd** and **B Ltd**.\n\n{clauses}{table}{signed}"


def edited(text: str) -> str:
    """The contract after an afternoon of changes all over it."""
    lines = text.split("\n")
    for at in range(5, len(lines), 11):
        lines[at] = lines[at].replace("at once", "within two days").replace("Client", "Customer", 1)
    del lines[40:44]
    lines[80:80] = ["", "(#) Something new was agreed here.", ""]
    return "\n".join(lines)


def measure() -> list[Figure]:
    """First PDF of a running process under 150 ms, then 20 a second; Word under 60 ms; redline under 200 ms."""
    text = contract(3)
    paper = read(text, numbered=True)
    pages = len(PdfReader(io.BytesIO(write_pdf(paper, Style()))).pages)
    twenty, later = contract(20), edited(contract(20))
    # No two papers are alike: each has its own number, so that nothing kept from the last one helps.
    each_its_own = _numbered(
        lambda number: write_pdf(read(f"{text}\n\nNo. {number}", numbered=True), Style())
    )
    return [
        Figure("first PDF of a process, typst still to be loaded", _first_ms(), "ms", promise=150),
        Figure(
            f"PDFs of {pages} pages after it",
            1000 / cpu_ms(each_its_own, repeats=40),
            "a second a core",
            promise=20,
            more_is_better=True,
        ),
        Figure("the contract as a Word file", cpu_ms(lambda: write_docx(paper, Style()), repeats=40), "ms", promise=60),
        Figure(
            "redline of two versions of 20 pages", cpu_ms(lambda: compare(twenty, later, numbered=True), 10), "ms",
            promise=200,
        ),
    ]  # fmt: skip


def _numbered(work: Callable[[int], object]) -> Callable[[], object]:
    start = time.monotonic_ns()
    return lambda: work(time.monotonic_ns() - start)


def _first_ms() -> float:
    taken = [
        float(
            subprocess.run([sys.executable, "-c", _FIRST], check=True, capture_output=True, text=True).stdout
        )
        for _ in range(7)
    ]
    return statistics.median(taken)
