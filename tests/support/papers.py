"""Acknowledgements as the portals print them, made up, and a PDF that says them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from complianceai.base.dates import MONTHS, add_months
from complianceai.base.money import grouped


def pdf_of(lines: Sequence[str]) -> bytes:
    """A PDF of one page with those lines of Latin text."""
    escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    shown = "\n".join(f"({line}) Tj T*" for line in escaped)
    stream = f"BT /F1 10 Tf 50 800 Td 14 TL\n{shown}\nET".encode("latin-1", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        body
        + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(body),
        )
    )


@dataclass(frozen=True)
class Paper:
    """What a paper says, and what a careful person would take from it."""

    obligation: str
    lines: tuple[str, ...]
    number: str
    filed_on: date
    period: tuple[date, date]
    amount: int | None = None


Pairs = list[tuple[str, str]]
OWNER = {"gstin": "27AAPFU0939F1ZV", "pan": "AAPFU0939F", "tan": "PNEA12345B", "cin": "U17110MH2019PTC123456"}


def papers(seed: int) -> list[Paper]:
    """One paper of each kind, its values and its layout drawn by chance."""
    draw = Random(seed)  # noqa: S311 - papers, no secrets
    return [make(draw) for make in MAKERS]


def _digits(draw: Random, count: int) -> str:
    return "".join(draw.choice("0123456789") for _ in range(count))


def _laid_out(draw: Random, heading: Sequence[str], pairs: Pairs) -> tuple[str, ...]:
    lines = list(heading)
    style = draw.choice(["colon", "space", "below"])
    for label, value in pairs:
        if style == "below":
            lines += [label, value]
        else:
            lines.append(f"{label} : {value}" if style == "colon" else f"{label} {value}")
    return tuple(lines)


def _day(draw: Random, day: date) -> str:
    name = MONTHS[day.month - 1]
    return draw.choice(
        [
            f"{day:%d/%m/%Y}",
            f"{day:%d-%m-%Y}",
            f"{day.day:02d}-{name[:3]}-{day.year}",
            f"{day.day} {name} {day.year}",
        ]
    )


def _rupees(draw: Random, amount: int) -> str:
    return draw.choice([f"Rs. {grouped(amount)}", f"{grouped(amount)}.00", str(amount)])


def _month(draw: Random) -> tuple[date, date]:
    first = add_months(date(2026, 4, 1), draw.randrange(8))
    return first, add_months(first, 1) - timedelta(days=1)


def _quarter(draw: Random) -> tuple[date, date]:
    first = add_months(date(2026, 4, 1), 3 * draw.randrange(3))
    return first, add_months(first, 3) - timedelta(days=1)


YEAR = (date(2025, 4, 1), date(2026, 3, 31))


def _filed(draw: Random, period: tuple[date, date]) -> date:
    return period[1] + timedelta(days=draw.randint(5, 40))


def _gst(obligation: str, form: str) -> Callable[[Random], Paper]:
    def make(draw: Random) -> Paper:
        period = _month(draw)
        number, day = f"AA27{_digits(draw, 10)}{draw.choice('ABCXYZ7')}", _filed(draw, period)
        pairs = [
            ("GSTIN", OWNER["gstin"]),
            ("Legal name", "RAO TEXTILES"),
            ("Financial Year", "2026-27"),
            ("Tax Period", MONTHS[period[0].month - 1]),
            ("ARN", number),
            ("Date of ARN", _day(draw, day)),
        ]
        return Paper(
            obligation, _laid_out(draw, [f"Form {form}", "Acknowledgement"], pairs), number, day, period
        )

    return make


def _pmt(draw: Random) -> Paper:
    period = _month(draw)
    number, day, amount = _digits(draw, 14), _filed(draw, period), draw.randrange(100, 9_000_000)
    pairs = [
        ("CPIN", number),
        ("GSTIN", OWNER["gstin"]),
        ("Deposit Date", _day(draw, day)),
        ("Total Challan Amount", _rupees(draw, amount)),
        ("Mode", "e-Payment"),
        ("Tax Period", f"{period[0]:%m/%Y}"),
    ]
    lines = _laid_out(draw, ["GST CHALLAN", "Form GST PMT-06"], pairs)
    return Paper("gst-pmt-06", lines, number, day, period, amount)


def _tds_challan(draw: Random) -> Paper:
    period = _month(draw)
    day, amount = _filed(draw, period), draw.randrange(100, 9_000_000)
    bsr, serial = _digits(draw, 7), _digits(draw, 5)
    pairs = [
        ("TAN", OWNER["tan"]),
        ("Nature of payment", "94C"),
        ("Amount (in Rs.)", _rupees(draw, amount)),
        ("BSR code", bsr),
        ("Challan Serial No", serial),
        ("Date of Deposit", _day(draw, day)),
        ("Period", f"{MONTHS[period[0].month - 1]} {period[0].year}"),
    ]
    lines = _laid_out(draw, ["Income Tax Department", "Challan receipt", "Payment of TDS"], pairs)
    return Paper("it-tds-deposit", lines, f"{bsr}{day:%d%m%Y}{serial}", day, period, amount)


def _statement(draw: Random) -> Paper:
    period = _quarter(draw)
    number, day = _digits(draw, 15), _filed(draw, period)
    quarter = (period[0].month - 4) // 3 % 4 + 1
    pairs = [
        ("TAN", OWNER["tan"]),
        ("Form No", "140"),
        ("Tax Year", "2026-27"),
        ("Quarter", f"Q{quarter}"),
        ("Token Number", number),
        ("Date of receipt", _day(draw, day)),
    ]
    lines = _laid_out(draw, ["Provisional receipt for quarterly statement", "Form 140"], pairs)
    return Paper("it-26q", lines, number, day, period)


def _itr(draw: Random) -> Paper:
    number, day = _digits(draw, 15), _filed(draw, YEAR)
    pairs = [
        ("PAN", OWNER["pan"]),
        ("Form Number", "ITR-6"),
        ("e-Filing Acknowledgement Number", number),
        ("Date of filing", _day(draw, day)),
    ]
    heading = ["INDIAN INCOME TAX RETURN ACKNOWLEDGEMENT", "Assessment Year 2026-27"]
    return Paper("it-itr-audit", _laid_out(draw, heading, pairs), number, day, YEAR)


def _mca(obligation: str, form: str) -> Callable[[Random], Paper]:
    def make(draw: Random) -> Paper:
        number, day, amount = f"AA{_digits(draw, 7)}", _filed(draw, YEAR), draw.randrange(300, 90_000)
        pairs = [
            ("SRN", number),
            ("Service Request Date", _day(draw, day)),
            ("Service Description", f"Fee for Form {form}"),
            ("CIN", OWNER["cin"]),
            ("For the financial year ended", _day(draw, YEAR[1])),
            ("Total Amount", _rupees(draw, amount)),
        ]
        lines = _laid_out(draw, ["MINISTRY OF CORPORATE AFFAIRS", "CHALLAN"], pairs)
        return Paper(obligation, lines, number, day, YEAR, amount)

    return make


def _epf(draw: Random) -> Paper:
    period = _month(draw)
    number, day, amount = _digits(draw, 13), _filed(draw, period), draw.randrange(1000, 900_000)
    pairs = [
        ("TRRN", number),
        ("Establishment ID", "PUPUN1234567000"),
        ("Wage Month", f"{MONTHS[period[0].month - 1][:3]}-{period[0].year}"),
        ("Amount Paid", _rupees(draw, amount)),
        ("Payment Date", _day(draw, day)),
        ("CRN", _digits(draw, 16)),
    ]
    lines = _laid_out(draw, ["EMPLOYEES' PROVIDENT FUND ORGANISATION", "EPF ECR payment confirmation"], pairs)
    return Paper("epf-ecr", lines, number, day, period, amount)


def _esi(draw: Random) -> Paper:
    period = _month(draw)
    number, day, amount = _digits(draw, 17), _filed(draw, period), draw.randrange(1000, 900_000)
    pairs = [
        ("ESIC Challan Number", number),
        ("Challan Period", f"{MONTHS[period[0].month - 1]}-{period[0].year}"),
        ("Amount Paid", _rupees(draw, amount)),
        ("Transaction Date", _day(draw, day)),
    ]
    lines = _laid_out(draw, ["Employees' State Insurance Corporation", "ESI contribution"], pairs)
    return Paper("esi-contribution", lines, number, day, period, amount)


def _ptrc(draw: Random) -> Paper:
    period = _month(draw)
    number, day, amount = f"MH{_digits(draw, 15)}E", _filed(draw, period), draw.randrange(100, 50_000)
    pairs = [
        ("GRN", number),
        ("Date of payment", _day(draw, day)),
        ("Period From", f"{period[0]:%d/%m/%Y} To {period[1]:%d/%m/%Y}"),
        ("Total", _rupees(draw, amount)),
        ("Profession tax PTRC", "employer"),
    ]
    return Paper(
        "pt-mh-ptrc",
        _laid_out(draw, ["CHALLAN MTR Form Number-6", "PTRC"], pairs),
        number,
        day,
        period,
        amount,
    )


MAKERS: tuple[Callable[[Random], Any], ...] = (
    _gst("gst-gstr-3b", "GSTR-3B"),
    _gst("gst-gstr-1", "GSTR-1"),
    _pmt,
    _tds_challan,
    _statement,
    _itr,
    _mca("mca-aoc-4", "AOC-4"),
    _mca("mca-mgt-7", "MGT-7"),
    _mca("mca-adt-1", "ADT-1"),
    _epf,
    _esi,
    _ptrc,
)
