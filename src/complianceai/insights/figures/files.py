"""A figure as CSV: headings in English, days in ISO, rupees with paise, so that programs know them."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from complianceai.insights.figures.model import Figure, Unit, Value
from complianceai.register.exports import harmless


def as_csv(figure: Figure) -> bytes:
    """The figure's table; Excel knows it for UTF-8 by its first bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_heading(each.heading, each.unit) for each in figure.columns])
    units = [each.unit for each in figure.columns]
    writer.writerows(_cells(row, units) for row in figure.rows)
    return text.getvalue().encode("utf-8-sig")


def _heading(text: str, unit: Unit) -> str:
    endings = {Unit.PAISE: " (INR)", Unit.SHARE: " (%)", Unit.BYTES: " (bytes)"}
    return harmless(f"{text}{endings.get(unit, '')}")


def _cells(row: Sequence[Value], units: Sequence[Unit]) -> list[str]:
    return [_cell(value, unit) for value, unit in zip(row, units, strict=True)]


def _cell(value: Value, unit: Unit) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%Y-%m") if unit is Unit.MONTH else value.isoformat()
    if unit is Unit.PAISE:
        return str(Decimal(value) / 100)
    # A number may begin with a minus; a text may not.
    return str(value) if isinstance(value, int | Decimal) else harmless(value)
