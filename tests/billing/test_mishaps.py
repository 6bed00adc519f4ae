"""Razorpay silent, busy, slow after it did what it was asked: nobody is charged twice, and nothing is lost."""

from dataclasses import replace

import pytest

from complianceai.billing.razorpay.asking import Razorpay
from complianceai.billing.razorpay.errors import GatewayRefused, GatewaySilent
from complianceai.billing.subscriptions.buying import ADOPT_AFTER, Wanted
from complianceai.billing.subscriptions.states import State
from complianceai.billing.subscriptions.steering import cancel
from tests.billing.till import Shop
from tests.support.mails import mails_of
from tests.support.razorpay_life import Mishap


def _impatient(shop: Shop) -> None:
    shop.house.app.state.till = replace(shop.till, seconds=0.3)


@pytest.mark.parametrize(("path", "entity", "way"), [
    ("/v1/subscriptions", "subscription", "mandate"), ("/v1/orders", "order", "once"),
])  # fmt: skip
@pytest.mark.parametrize("mishap", [
    Mishap("POST", "", is_done=True, seconds=0.8), Mishap("POST", "", is_done=True), Mishap("POST", ""),
])  # fmt: skip
async def test_what_was_placed_by_a_call_without_an_answer_is_found_and_not_placed_again(
    shop: Shop, path: str, entity: str, way: str, mishap: Mishap
) -> None:
    _impatient(shop)
    shop.standin.mishaps = [replace(mishap, path=path)]
    wanted = Wanted("starter", "monthly", way)
    with pytest.raises(GatewaySilent):
        await shop.buy(wanted)
    (left,) = await shop.all_bought()
    assert (left.state, left.gateway_id) == (State.WAITING, None)
    shop.house.watch.move(seconds=5)
    again = await shop.buy(wanted)
    assert again.id == left.id
    (there,) = shop.standin.of(entity)
    assert again.gateway_id == there["id"]
    shop.house.watch.move(minutes=5)
    await mails_of(shop.house)
    assert len(shop.standin.of(entity)) == 1


async def test_whoever_does_not_come_back_finds_it_placed_all_the_same(shop: Shop) -> None:
    shop.standin.mishaps = [Mishap("POST", "/v1/subscriptions", is_done=True)]
    with pytest.raises(GatewaySilent):
        await shop.buy()
    shop.house.watch.now += ADOPT_AFTER
    await mails_of(shop.house)
    (bought,) = await shop.all_bought()
    assert bought.gateway_id == shop.standin.of("subscription")[0]["id"]
    assert bought.short_url


async def test_questions_are_asked_again_where_razorpay_is_busy_and_deeds_are_not(shop: Shop) -> None:
    razorpay = Razorpay(shop.till)
    busy = Mishap("GET", "/v1/plans", status=429, headers={"Retry-After": "0"})
    shop.standin.mishaps = [busy, replace(busy, status=500)]
    assert (await razorpay.get("plans"))["count"] == 0
    shop.standin.mishaps = [busy] * 3
    with pytest.raises(GatewaySilent):
        await razorpay.get("plans")
    shop.standin.calls.clear()
    shop.standin.mishaps = [replace(busy, method="POST", path="/v1/orders")]
    with pytest.raises(GatewaySilent):
        await razorpay.post("orders", {"amount": 100})
    assert shop.standin.calls == [("POST", "/v1/orders")]


async def test_what_razorpay_refuses_is_told_in_its_words_and_asked_once(shop: Shop) -> None:
    shop.standin.calls.clear()
    with pytest.raises(GatewayRefused, match="Order amount less than minimum"):
        await Razorpay(shop.till).post("orders", {"amount": 1})
    assert len(shop.standin.calls) == 1


async def test_a_silent_razorpay_puts_off_what_a_webhook_asks_to_look_at(shop: Shop) -> None:
    made = await shop.buy()
    shop.standin.agree(str(made.gateway_id))
    told, shop.standin.told = shop.standin.told, []
    shop.standin.mishaps = [Mishap("GET", "/v1/subscriptions")] * 3
    for each in told:
        assert (await shop.post(each)).status_code == 200
    async with shop.leaving("billing.sync"):
        await mails_of(shop.house)
    assert (await shop.bought(made.id)).state is State.WAITING
    shop.house.watch.move(seconds=30)
    await mails_of(shop.house)
    assert (await shop.bought(made.id)).state is State.AGREED


async def test_an_end_that_was_wished_for_comes_though_the_first_call_was_lost(shop: Shop) -> None:
    made = await shop.charged()
    await cancel(shop.database, shop.scope, made.id, shop.house.watch.now)
    assert (await shop.bought(made.id)).ends_with_period
    path = f"/v1/subscriptions/{made.gateway_id}/cancel"
    shop.standin.mishaps = [Mishap("POST", path, is_done=True)]
    async with shop.leaving("billing.end"):
        await mails_of(shop.house)
    shop.house.watch.move(seconds=30)
    await mails_of(shop.house)
    there = shop.standin.things[str(made.gateway_id)]
    assert (there["status"], there["cancel_at_cycle_end"]) == ("active", True)
