"""Answers made wrong on purpose: one date, sum, form, section or citation of a right sentence changed for another.

The changes are made in the text as it is written, by rules of their own, and know nothing of how the verifier reads.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
HINDI_MONTHS = (
    "जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर",
)  # fmt: skip
_MARK = re.compile(r" \[([a-z][\w-]*)\]")
_MONTH = "|".join((*MONTHS, *HINDI_MONTHS))


class Planted(NamedTuple):
    """A wrong answer: its text, the ids it was right to cite, what is wrong with it and the sentence that is."""

    text: str
    ids: tuple[str, ...]
    kind: str
    sentence: str


def answers(name: str) -> list[str]:
    """The answers of a file beside this one, a line each."""
    lines = (HERE / name).read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def ids_of(text: str) -> tuple[str, ...]:
    """The ids that an answer cites."""
    return tuple(dict.fromkeys(_MARK.findall(text)))


def planted() -> Iterator[Planted]:
    """Every wrong answer that the right ones give rise to."""
    for answer in answers("good.txt"):
        parts = re.split(r"(?<=[\].।]) (?=[A-Z\u0900-\u097F\d])", answer)
        for at, part in enumerate(parts):
            for kind, change in PLANTS:
                wrong = change(part)
                if wrong and wrong != part:
                    text = " ".join((*parts[:at], wrong, *parts[at + 1 :]))
                    yield Planted(text, ids_of(answer), kind, _MARK.sub("", wrong))


def _first(shape: str, make: Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    return lambda text: re.sub(shape, make, text, count=1)


def _other_day(found: re.Match[str]) -> str:
    return f"{(int(found[1]) + 3) % 28 + 1}{found[2]}{found[3]}"


def _other_month(found: re.Match[str]) -> str:
    names = MONTHS if found[3] in MONTHS else HINDI_MONTHS
    return f"{found[1]}{found[2]}{names[(names.index(found[3]) + 5) % 12]}"


def _in_numbers(found: re.Match[str]) -> str:
    names = MONTHS if found[3] in MONTHS else HINDI_MONTHS
    return f"{int(found[1]) % 28 + 1:02}-{names.index(found[3]) + 1:02}-2026"


_DAY = rf"\b(\d\d?)((?:st|nd|rd|th)?,? )({_MONTH})"
_SUM = r"(Rs\.? |₹)([\d,]+)(?! lakh| crore)"


def _more(found: re.Match[str]) -> str:
    return f"{found[1]}{int(found[2].replace(',', '')) * 3 + 50}"


def _in_words(found: re.Match[str]) -> str:
    return {"100": "two hundred rupees", "200": "five hundred rupees", "7,500": "seven thousand rupees"}.get(
        found[2], "ninety thousand rupees"
    )


PLANTS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("date", _first(_DAY, _other_day)),
    ("date", _first(_DAY, _other_month)),
    ("date", _first(_DAY, _in_numbers)),
    ("date", _first(rf"(\d\d? (?:{_MONTH}),? )(20\d\d)", lambda m: f"{m[1]}{int(m[2]) + 1}")),
    ("date", _first(r"the (\d\d?)(?:st|nd|rd|th)", lambda m: f"the {int(m[1]) + 3}th")),
    ("date", _first(r"the (\d\d?)(?:st|nd|rd|th)", lambda _: "the twenty-fifth")),
    ("date", _first(r"(\d\d?) (तारीख|tarikh)", lambda m: f"{int(m[1]) + 1} {m[2]}")),
    ("date", _first(r"(\d+) days", lambda m: f"{int(m[1]) + 15} days")),
    ("date", _first(r"(thirty|sixty|fifteen) days", lambda _: "forty days")),
    ("amount", _first(_SUM, _more)),
    ("amount", _first(_SUM, _in_words)),
    ("amount", _first(_SUM, lambda _: "Rs 7 lakh")),
    ("amount", _first(r"(\d+) (lakh|crore)", lambda m: f"{int(m[1]) + 3} {m[2]}")),
    ("amount", _first(r"(\d+) (lakh|crore)", lambda m: f"{m[1]} {'crore' if m[2] == 'lakh' else 'lakh'}")),
    ("amount", _first(r"(\d+) (लाख|करोड़)", lambda m: f"{int(m[1]) + 7} {m[2]}")),
    ("amount", _first(r"(\d[\d.]*) ?(%|per cent)", lambda m: f"{float(m[1]) + 2.5:g} {m[2]}")),
    ("amount", _first(r"(\d+) (रुपये|rupaye)", lambda m: f"{m[1]}0 {m[2]}")),
    ("form", _first(r"GSTR-3B", lambda _: "GSTR-5A")),
    ("form", _first(r"AOC-4", lambda _: "MGT-14")),
    ("form", _first(r"GSTR-9\b", lambda _: "GSTR 7")),
    ("form", _first(r"Form 140", lambda _: "Form 144")),
    ("form", _first(r"26Q", lambda _: "27EQ")),
    ("form", _first(r"CMP-08", lambda _: "cmp 02")),
    ("form", _first(r"FC-GPR", lambda _: "FC-TRS")),
    ("form", _first(r"MGT-7A?", lambda _: "MGT-9")),
    ("form", _first(r"FLA\b", lambda _: "APR")),
    ("form", _first(r"3CD", lambda _: "3CEB")),
    ("section", _first(r"(section|Section|धारा) (\d+)", lambda m: f"{m[1]} {int(m[2]) + 13}")),
    ("section", _first(r"(section \d+)\(\d+\)", lambda m: f"{m[1]}(9)")),
    ("section", _first(r"section (\d+)", lambda m: f"u/s {int(m[1]) - 3}")),
    ("section", _first(r"(rule) (\d+)", lambda m: f"{m[1]} {int(m[2]) + 4}")),
    ("section", _first(r"(\d\d)/(20\d\d)", lambda m: f"{int(m[1]) + 21:02}/{m[2]}")),
    ("section", _first(r"CGST Act", lambda _: "Companies Act")),
    ("citation", _first(r"\[[a-z][\w-]*\]", lambda _: "[gst-gstr-99]")),
    ("citation", _first(r" \[[a-z][\w-]*\]", lambda _: "")),
    ("citation", _first(r"\[(?!epf-ecr)[a-z][\w-]*\]", lambda _: "[epf-ecr]")),
)
