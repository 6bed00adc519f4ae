"""Every read of the ledger."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.billing.ledger.chart import Book
from complianceai.billing.ledger.tables import ledger_entries, ledger_moves


async def balances(connection: AsyncConnection, account_id: UUID | None = None) -> Mapping[Book, int]:
    """What each account of the ledger holds, of one customer or of all; together they are nothing. Units: paise."""
    sides = [
        select(ledger_moves.c.entry_id, column.label("book"), (sign * ledger_moves.c.paise).label("paise"))
        for column, sign in ((ledger_moves.c.debit, 1), (ledger_moves.c.credit, -1))
    ]
    every = union_all(*sides).subquery()
    wanted = select(every.c.book, func.sum(every.c.paise)).group_by(every.c.book)
    if account_id is not None:
        own = ledger_entries.c.id == every.c.entry_id
        wanted = wanted.join(ledger_entries, own).where(ledger_entries.c.account_id == account_id)
    found = {Book(name): int(paise) for name, paise in (await connection.execute(wanted)).all()}
    return {book: found.get(book, 0) for book in Book}
