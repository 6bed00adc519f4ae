"""Rupees: exact, rounded as the law rounds, grouped as India writes them."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

Number = int | Decimal

LAKH = 100_000
CRORE = 100 * LAKH


def to_decimal(value: float | str | Decimal) -> Decimal:
    """A number taken exactly as it was written."""
    return Decimal(str(value))


def whole_rupees(amount: Number) -> int:
    """An amount in whole rupees, half rounded up."""
    return int(Decimal(amount).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def lower_multiple(amount: Number, step: int) -> Decimal:
    """The greatest multiple of a step that is not above the amount.

    Source: rule 119A of the Income-tax Rules 1962; rule 269 of the Income-tax Rules 2026.
    """
    return (Decimal(amount) / step).to_integral_value(ROUND_FLOOR) * step


def grouped(amount: Number) -> str:
    """A number with Indian grouping: 12,34,567."""
    text = f"{Decimal(amount):f}"
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    head, tail = whole[:-3], whole[-3:]
    while head:
        tail, head = f"{head[-2:]},{tail}", head[:-2]
    return f"{sign}{tail}{point if fraction else ''}{fraction}"


def rupees(amount: Number) -> str:
    """An amount as people read it: Rs 12,34,567."""
    return f"Rs {grouped(amount)}"
