"""Money given back: once, with its credit note, whoever did it."""

import asyncio

import pytest

from complianceai.billing.subscriptions.errors import PaymentMissing, TooMuchBack
from complianceai.billing.subscriptions.queries import Payment, payments_of, refunds_of
from complianceai.billing.subscriptions.refunding import ask_refund
from complianceai.storage.audit import Actor
from tests.billing.till import Shop
from tests.support.mails import mails_of
from tests.support.razorpay_life import Mishap

GROSS = 58882
OPERATOR = Actor(None, "Operator")


async def _paid(shop: Shop) -> Payment:
    await shop.charged()
    async with shop.database.reading() as connection:
        return (await payments_of(connection, shop.account_id))[0]


async def _refund(shop: Shop, payment: Payment, paise: int) -> None:
    await ask_refund(shop.database, OPERATOR, payment.id, paise, "Bought by mistake", shop.house.watch.now)


async def test_a_whole_refund_takes_back_price_and_tax_under_a_number_of_its_own(shop: Shop) -> None:
    payment = await _paid(shop)
    await _refund(shop, payment, GROSS)
    mails = await mails_of(shop.house)
    assert [str(each["Subject"]) for each in mails] == ["Credit note CN/2627/000001: Rs 588.82 refunded"]
    invoice, note = await shop.papers()
    assert (note.kind, note.about_number, note.about_on) == (
        "credit_note", invoice.number, invoice.issued_on,
    )  # fmt: skip
    assert (note.net_paise, note.cgst_paise, note.total_paise) == (49900, 4491, GROSS)
    books = await shop.books()
    assert books == {"receivable": 0, "revenue": -49900, "refunds": 49900, "fees": 1177, "fees_gst": 211,
                     "gateway": -1388}  # fmt: skip


async def test_parts_are_refunded_and_never_more_than_was_paid(shop: Shop) -> None:
    payment = await _paid(shop)
    await _refund(shop, payment, 10_000)
    with pytest.raises(TooMuchBack, match="48882 paise are left"):
        await _refund(shop, payment, 48_883)
    for paise in (0, -1):
        with pytest.raises(TooMuchBack):
            await _refund(shop, payment, paise)
    await _refund(shop, payment, 48_882)
    await mails_of(shop.house)
    assert [each.total_paise for each in await shop.papers()] == [GROSS, 10_000, 48_882]
    # 100.00 holds 84.74 and twice 7.63 of tax.
    assert (await shop.papers())[1].net_paise == 8474
    assert (await shop.books())["receivable"] == 0
    with pytest.raises(PaymentMissing):
        await ask_refund(shop.database, OPERATOR, shop.account_id, 1, "x", shop.house.watch.now)


async def test_two_who_refund_the_whole_at_once_give_it_back_once(shop: Shop) -> None:
    payment = await _paid(shop)
    done = await asyncio.gather(*(_refund(shop, payment, GROSS) for _ in range(3)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["NoneType", "TooMuchBack", "TooMuchBack"]


@pytest.mark.parametrize("is_done", [True, False])
async def test_a_refund_without_an_answer_is_asked_for_again_and_given_once(
    shop: Shop, is_done: bool
) -> None:
    payment = await _paid(shop)
    shop.standin.mishaps = [Mishap("POST", f"/v1/payments/{payment.gateway_id}/refund", is_done=is_done)]
    await _refund(shop, payment, 10_000)
    async with shop.leaving("billing.refund"):
        await mails_of(shop.house)
    shop.house.watch.move(seconds=30)
    await shop.hear()
    assert [each["amount"] for each in shop.standin.of("refund") if each["amount"] != 500] == [10_000]
    assert [each.total_paise for each in await shop.papers()] == [GROSS, 10_000]


async def test_what_is_refunded_at_the_dashboard_gets_its_credit_note_too(shop: Shop) -> None:
    payment = await _paid(shop)
    shop.standin.refund(payment.gateway_id, 5000)
    await shop.hear()
    await shop.hear(shop.standin.told)
    assert [each.total_paise for each in await shop.papers()] == [GROSS, 5000]


@pytest.mark.parametrize(("status", "notes"), [("processed", 1), ("failed", 0)])
async def test_a_refund_counts_once_the_bank_has_done_it(shop: Shop, status: str, notes: int) -> None:
    payment = await _paid(shop)
    shop.standin.settles_refunds = False
    await _refund(shop, payment, 10_000)
    await shop.hear()
    assert len(await shop.papers()) == 1
    (there,) = (each for each in shop.standin.of("refund") if each["amount"] == 10_000)
    shop.standin.settle_refund(there["id"], status)
    await shop.hear()
    assert len(await shop.papers()) == 1 + notes
    async with shop.database.reading() as connection:
        (refund,) = await refunds_of(connection, payment.id)
    assert refund.state == ("done" if notes else "refused")
