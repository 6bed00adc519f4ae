"""Rupees as portals print them."""

import re
from decimal import Decimal

_FIGURE = re.compile(
    r"(?:rs\.?|inr|₹)?\s*(?P<figure>\d{1,3}(?:,\d{2,3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)(?![\d/-])",
    re.IGNORECASE,
)


def rupees_after(text: str, label: str) -> Decimal | None:
    """The amount that follows the label, on its line or alone on the next one; None where it is not plain which."""
    shape = rf"(?<![a-z]){label}[ \t]*(?:\([^)\n]*\))?[ \t]*[:\-]?"
    for found in re.finditer(shape, text, re.IGNORECASE):
        same_line, _, rest = text[found.end() :].partition("\n")
        next_line = rest.partition("\n")[0]
        figure = (
            _FIGURE.match(same_line.strip()) if same_line.strip() else _FIGURE.fullmatch(next_line.strip())
        )
        if figure:
            return Decimal(figure["figure"].replace(",", ""))
    return None
