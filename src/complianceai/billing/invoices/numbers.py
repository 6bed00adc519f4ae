"""Numbers of invoices and credit notes: one after the other in a financial year, none missing, none twice.

Source: rules 46(b) and 53(1A)(c) of the CGST Rules 2017: consecutive, unique for a financial year, of at most sixteen
characters, which may be letters, figures, hyphens and strokes.
"""

from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.invoices.tables import invoice_series

INVOICE, CREDIT_NOTE = "CA", "CN"
LONGEST = 16
# Each customer waits for the one before: whoever takes a number back by failing gives it to the next.
MOST = 999_999


def prefix_of(kind: str, day: date) -> str:
    """What the numbers of that kind begin with in the financial year of the day: CA/2627/ from April 2026."""
    begins = day.year if day.month >= 4 else day.year - 1
    letters = INVOICE if kind == "invoice" else CREDIT_NOTE
    return f"{letters}/{begins % 100:02d}{(begins + 1) % 100:02d}/"


async def next_number(connection: AsyncConnection, kind: str, day: date) -> str:
    """The next number of the series, taken with the transaction's other changes or not at all."""
    prefix = prefix_of(kind, day)
    await _begin(connection, prefix)
    taken = update(invoice_series).where(invoice_series.c.prefix == prefix)
    wanted = taken.values(last=invoice_series.c.last + 1).returning(invoice_series.c.last)
    last = int((await connection.execute(wanted)).scalar_one())
    if last > MOST:
        raise OverflowError(f"{prefix} is full")
    number = f"{prefix}{last:06d}"
    assert len(number) <= LONGEST  # noqa: S101 - two letters, four figures, six figures, two strokes
    return number


async def _begin(connection: AsyncConnection, prefix: str) -> None:
    row = {"prefix": prefix, "last": 0}
    if connection.dialect.name == "postgresql":
        await connection.execute(insert_or(invoice_series).values(**row).on_conflict_do_nothing())
        return
    known = select(invoice_series.c.last).where(invoice_series.c.prefix == prefix)
    if (await connection.execute(known)).first() is None:
        await connection.execute(insert(invoice_series).values(**row))
