"""Our books compared with Razorpay's list, and what the operator sees of it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from complianceai.base.ids import new_id
from complianceai.billing.reconciling.comparing import Kind, compare
from complianceai.billing.reconciling.looking import FRESH, compare_books
from complianceai.billing.reconciling.queries import open_differences
from complianceai.billing.subscriptions.tables import payments
from tests.billing.till import Shop
from tests.cast import Player
from tests.support.mails import mails_of
from tests.support.operators import register_operator

LISTS = st.dictionaries(st.text("abc", max_size=3), st.integers(1, 9))


@given(ours=LISTS, theirs=LISTS)
def test_every_row_is_alike_or_told(ours: dict[str, int], theirs: dict[str, int]) -> None:
    found = {each.gateway_id: each for each in compare(ours, theirs)}
    for key in ours.keys() | theirs.keys():
        assert (key in found) == (ours.get(key) != theirs.get(key))
        if key in found:
            assert (found[key].ours_paise, found[key].theirs_paise) == (ours.get(key), theirs.get(key))
    assert compare(ours, ours) == []


async def _look(shop: Shop) -> list[tuple[str, str]]:
    shop.house.watch.now += FRESH + timedelta(minutes=1)
    sealer = shop.house.app.state.services.sealer
    found = await compare_books(shop.database, sealer, shop.till, shop.house.watch.now)
    return [(each.kind.value, each.gateway_id) for each in found]


async def test_a_payment_whose_webhooks_were_all_lost_is_recorded_by_the_nightly_look(shop: Shop) -> None:
    made = await shop.agreed()
    assert made.starts_at is not None
    shop.house.watch.now = made.starts_at
    payment = shop.standin.charge(str(made.gateway_id))
    shop.standin.refund(payment["id"], 1000)
    shop.standin.told = []
    assert await shop.papers() == []
    # The token amount of the mandate, which went back by itself, is no difference either.
    assert await _look(shop) == []
    assert [each.total_paise for each in await shop.papers()] == [58882, 1000]
    assert (await shop.account()).plan == "starter"


async def test_what_differs_is_found_stands_since_then_and_goes(shop: Shop) -> None:
    made = await shop.charged()
    strange = shop.standin._capture(7700)
    row = {
        "id": new_id(), "gateway_id": "pay_ours", "account_id": shop.account_id, "subscription_id": made.id,
        "paise": 500, "fee_paise": 0, "fee_tax_paise": 0, "method": "card", "paid_at": shop.house.watch.now,
        "recorded_at": shop.house.watch.now,
    }  # fmt: skip
    async with shop.database.transaction() as connection:
        await connection.execute(insert(payments).values(row))
    (known,) = (each for each in shop.standin.of("payment") if each["amount"] == 58882)
    known["amount"] = 58883
    wanted = sorted(
        [(Kind.MISSING_HERE.value, strange["id"]), (Kind.MISSING_THERE.value, "pay_ours"), ("amount", known["id"])],
        key=lambda each: each[1],
    )  # fmt: skip
    assert await _look(shop) == wanted
    async with shop.database.reading() as connection:
        first = await open_differences(connection)
    shop.house.watch.move(days=1)
    known["amount"] = 58882
    assert ("amount", known["id"]) not in await _look(shop)
    async with shop.database.reading() as connection:
        left = await open_differences(connection)
    assert {each.gateway_id for each in left} == {strange["id"], "pay_ours"}
    assert {each.found_at for each in left} == {first[0].found_at}


async def test_the_operator_sees_the_books_and_gives_money_back(shop: Shop) -> None:
    await shop.charged()
    (known,) = (each for each in shop.standin.of("payment") if each["amount"] == 58882)
    shop.standin._capture(7700)
    await _look(shop)
    operator = await register_operator(shop.house, Player("Olga Roy", "olga@example.com"))
    page = (await operator.get("/operator/money")).text
    for part in ("₹499", "₹44.91", "₹574.94", "₹77", "Razorpay has it, and our books do not"):
        assert part in page, part
    sent = {"payment": known["id"], "rupees": "88.82", "reason": "Bought by mistake"}
    for wrong in ({"rupees": "588.83"}, {"rupees": "NaN"}, {"rupees": "-1"}, {"rupees": "1.001"}, {"payment": "x"},
                  {"payment": "pay_x"}, {"reason": " "}):  # fmt: skip
        reply = await operator.post("/operator/money", data={**sent, **wrong})
        assert reply.status_code in {404, 422}, (wrong, reply.status_code)
    reply = await operator.post("/operator/money", data=sent)
    assert reply.status_code == 303, reply.text
    await mails_of(shop.house)
    assert [each.total_paise for each in await shop.papers()] == [58882, 8882]
    assert (await shop.asha.get("/operator/money")).status_code == 404
