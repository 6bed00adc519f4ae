"""The books: they balance whatever is booked, and the database takes neither half an entry nor an edit."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError

from complianceai.billing.invoices.taxes import contained, taxed
from complianceai.billing.ledger.booking import Entry, book
from complianceai.billing.ledger.chart import Book, Move, credited, invoiced, paid, refunded
from complianceai.billing.ledger.queries import balances
from complianceai.billing.ledger.tables import ledger_entries, ledger_moves
from tests.billing.till import Shop

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
paise = st.integers(1, 10**13)


def _sums(moves: list[Move]) -> dict[Book, int]:
    found: dict[Book, int] = {}
    for each in moves:
        found[each.debit] = found.get(each.debit, 0) + each.paise
        found[each.credit] = found.get(each.credit, 0) - each.paise
    return found


@given(net=paise, is_within=st.booleans(), fee=st.integers(0, 500), data=st.data())
def test_whatever_is_sold_paid_and_given_back_the_books_balance(
    net: int, is_within: bool, fee: int, data: st.DataObject
) -> None:
    amount = taxed(net, is_within_state=is_within)
    fee_paise = amount.total * fee // 10_000
    tax = data.draw(st.integers(0, fee_paise))
    back = data.draw(st.integers(1, amount.total))
    note = amount if back == amount.total else contained(back, is_within_state=is_within)
    assert note.total == back
    moves = [*invoiced(amount), *paid(amount.total, fee_paise, tax), *credited(note), *refunded(back)]
    assert all(each.paise > 0 for each in moves)
    sums = _sums(moves)
    assert sum(sums.values()) == 0
    assert sums[Book.RECEIVABLE] == 0
    assert sums[Book.GATEWAY] == amount.total - fee_paise - back
    if back == amount.total:
        assert sums.get(Book.IGST, 0) == sums.get(Book.CGST, 0) == sums.get(Book.SGST, 0) == 0
        assert sums[Book.REVENUE] + sums[Book.REFUNDS] == 0


@given(total=paise, is_within=st.booleans())
def test_what_a_payment_contains_is_its_price_and_the_tax_on_that_to_the_paisa(
    total: int, is_within: bool
) -> None:
    found = contained(total, is_within_state=is_within)
    assert found.total == total
    again = taxed(found.net, is_within_state=is_within)
    # Each tax by itself is right to the paisa, and within a State there are two.
    for tax in ("cgst", "sgst", "igst"):
        assert abs(getattr(again, tax) - getattr(found, tax)) <= 1
    assert found.cgst == found.sgst
    assert (found.igst == 0) == is_within or total < 4


async def test_an_entry_is_booked_once_by_what_it_comes_of(shop: Shop) -> None:
    entry = Entry("payment:pay_1", uuid4(), NOW, [Move(Book.GATEWAY, Book.RECEIVABLE, 5)])
    async with shop.database.transaction() as connection:
        assert await book(connection, entry, NOW)
        assert not await book(connection, entry, NOW)
        with pytest.raises(ValueError, match="moves nothing"):
            await book(connection, Entry("payment:pay_2", uuid4(), NOW, []), NOW)
    async with shop.database.reading() as connection:
        found = await balances(connection)
    assert (found[Book.GATEWAY], found[Book.RECEIVABLE], found[Book.REVENUE]) == (5, -5, 0)


MOVE: dict[str, Any] = {"number": 1, "debit": "gateway", "credit": "receivable", "paise": 5}


@pytest.mark.parametrize("wrong", [{"paise": 0}, {"paise": -5}, {"credit": "gateway"}, {"credit": None}])
async def test_the_database_takes_no_move_that_does_not_balance(shop: Shop, wrong: dict[str, Any]) -> None:
    identity = await _entry(shop)
    with pytest.raises(DBAPIError):
        async with shop.database.transaction() as connection:
            await connection.execute(insert(ledger_moves).values({**MOVE, "entry_id": identity, **wrong}))


async def test_the_database_takes_no_edit_of_what_was_booked(shop: Shop) -> None:
    identity = await _entry(shop)
    async with shop.database.transaction() as connection:
        await connection.execute(insert(ledger_moves).values({**MOVE, "entry_id": identity}))
    for deed in (
        update(ledger_moves).values(paise=6),
        delete(ledger_moves),
        update(ledger_entries).values(source="another"),
    ):
        with pytest.raises(DBAPIError, match="kept without edits"):
            async with shop.database.transaction() as connection:
                await connection.execute(deed)


async def _entry(shop: Shop) -> UUID:
    identity = uuid4()
    row = {"id": identity, "source": f"test:{identity}", "account_id": uuid4()}
    async with shop.database.transaction() as connection:
        await connection.execute(insert(ledger_entries).values(**row, happened_at=NOW, booked_at=NOW))
    return identity
