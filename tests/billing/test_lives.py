"""Lives of subscriptions, from the trial to the end, as Razorpay's stand-in plays them."""

from datetime import timedelta

import pytest

from complianceai.billing.subscriptions.buying import Wanted
from complianceai.billing.subscriptions.errors import NotNow
from complianceai.billing.subscriptions.states import State
from complianceai.billing.subscriptions.steering import cancel, pause, resume
from tests.billing.till import Shop

NET, GROSS = 49900, 58882


async def test_a_trial_gives_the_plan_and_is_worth_nothing_until_it_is_paid(shop: Shop) -> None:
    made = await shop.agreed()
    assert (made.state, made.gross_paise) == (State.AGREED, GROSS)
    assert made.starts_at == shop.house.watch.now + timedelta(days=14)
    assert (await shop.account()).plan == "starter"
    assert await shop.history() == [("free", "starter", 0, 0)]
    assert await shop.books() == {"receivable": 0}
    shop.house.watch.now = made.starts_at
    shop.standin.charge(str(made.gateway_id))
    mails = await shop.hear()
    assert [str(each["Subject"]) for each in mails] == ["Invoice CA/2627/000001: Rs 588.82 paid"]
    assert mails[0]["To"] == "Rao Textiles LLP <accounts@rao.example>"
    assert await shop.history() == [("free", "starter", 0, 0), ("starter", "starter", 0, NET)]
    # 2 % of it is 11.77, and 18 % of that 2.11: the gateway holds what is left.
    assert await shop.books() == {
        "receivable": 0, "revenue": -NET, "cgst": -4491, "sgst": -4491, "fees": 1177, "fees_gst": 211,
        "gateway": GROSS - 1388,
    }  # fmt: skip
    (invoice,) = await shop.papers()
    assert (invoice.net_paise, invoice.cgst_paise, invoice.sgst_paise, invoice.total_paise) == (
        NET, 4491, 4491, GROSS,
    )  # fmt: skip
    assert (invoice.period_start - shop.house.watch.now.date()).days == 0
    assert (invoice.period_end - invoice.period_start).days == 29


async def test_a_trial_is_had_once(shop: Shop) -> None:
    made = await shop.agreed()
    await cancel(shop.database, shop.scope, made.id, shop.house.watch.now)
    await shop.hear()
    ended = await shop.bought(made.id)
    assert ended.state is State.ENDED
    # What was promised is had to its end.
    assert (await shop.account()).plan == "starter"
    again = await shop.buy()
    assert again.starts_at is None


@pytest.mark.parametrize("way", ["mandate", "once"])
async def test_a_period_that_is_paid_is_had_to_its_end_and_no_longer(shop: Shop, way: str) -> None:
    if way == "mandate":
        made = await shop.charged()
    else:
        made = await shop.buy(Wanted("starter", "monthly", "once"))
        shop.standin.pay_order(str(made.gateway_id))
        await shop.hear()
        made = await shop.bought(made.id)
    assert made.state is State.ACTIVE
    assert made.current_end is not None
    if way == "mandate":
        await cancel(shop.database, shop.scope, made.id, shop.house.watch.now)
        await shop.hear()
        assert shop.standin.things[str(made.gateway_id)]["cancel_at_cycle_end"]
        assert (await shop.bought(made.id)).state is State.ACTIVE
    assert (await shop.account()).plan == "starter"
    shop.house.watch.now = made.current_end
    if way == "mandate":
        shop.standin.end_period(str(made.gateway_id))
    await shop.hear()
    await shop.turn_clock()
    assert (await shop.account()).plan == "free"
    assert (await shop.history())[-1] == ("starter", "free", NET, 0)
    assert (await shop.bought(made.id)).state is State.ENDED


async def test_a_larger_plan_costs_the_difference_of_the_days_that_are_left(shop: Shop) -> None:
    old = await shop.charged()
    shop.house.watch.move(days=10)
    made = await shop.buy(Wanted("professional", "monthly", "mandate"))
    # 1,000.00 more a month, 20 of 30 days left: 666.67, and 18 % on that.
    assert (made.upfront_net_paise, made.upfront_gross_paise) == (66667, 66667 + 6000 + 6000)
    assert made.starts_at == old.current_end
    assert (await shop.account()).plan == "starter"
    shop.standin.agree(str(made.gateway_id))
    await shop.hear()
    await shop.hear()
    assert (await shop.account()).plan == "professional"
    assert (await shop.bought(old.id)).ends_with_period
    assert shop.standin.things[str(old.gateway_id)]["cancel_at_cycle_end"]
    assert (await shop.history())[-1] == ("starter", "professional", NET, 149900)
    assert [(each.purpose, each.total_paise) for each in await shop.papers()] == [
        ("period", GROSS), ("difference", 78667),
    ]  # fmt: skip
    assert old.current_end is not None
    shop.house.watch.now = old.current_end
    shop.standin.end_period(str(old.gateway_id))
    shop.standin.charge(str(made.gateway_id))
    await shop.hear()
    assert [each.total_paise for each in await shop.papers()][-1] == 176882
    assert len(await shop.history()) == 3
    assert (await shop.books())["receivable"] == 0


async def test_a_smaller_plan_begins_when_the_larger_one_is_over(shop: Shop) -> None:
    old = await shop.charged(Wanted("professional", "monthly", "mandate"))
    shop.house.watch.move(days=3)
    made = await shop.agreed(Wanted("starter", "monthly", "mandate"))
    await shop.hear()
    assert made.upfront_gross_paise == 0
    assert (await shop.account()).plan == "professional"
    assert old.current_end is not None
    shop.house.watch.now = old.current_end
    shop.standin.end_period(str(old.gateway_id))
    await shop.hear()
    # It was agreed to, and is charged in a moment: nobody has left in between.
    assert (await shop.history())[-1] == ("professional", "starter", 149900, NET)
    shop.standin.charge(str(made.gateway_id))
    await shop.hear()
    await shop.turn_clock()
    assert (await shop.history())[-1] == ("professional", "starter", 149900, NET)
    assert (await shop.bought(made.id)).state is State.ACTIVE


async def test_by_the_year_begins_after_the_month_and_is_worth_a_twelfth(shop: Shop) -> None:
    old = await shop.charged()
    made = await shop.agreed(Wanted("starter", "yearly", "mandate"))
    await shop.hear()
    assert (made.upfront_gross_paise, made.starts_at) == (0, old.current_end)
    assert old.current_end is not None
    shop.house.watch.now = old.current_end
    shop.standin.end_period(str(old.gateway_id))
    shop.standin.charge(str(made.gateway_id))
    await shop.hear()
    yearly = (await shop.bought(made.id)).net_paise
    assert (await shop.history())[-1] == ("starter", "starter", NET, round(yearly / 12))


async def test_who_owes_is_reminded_keeps_the_plan_for_a_fortnight_and_loses_nothing(shop: Shop) -> None:
    made = await shop.charged()
    assert made.current_end is not None
    shop.house.watch.now = made.current_end
    shop.standin.fail(str(made.gateway_id))
    await shop.hear()
    assert (await shop.bought(made.id)).state is State.PAST_DUE
    subjects = []
    for _ in range(13):
        subjects += [str(each["Subject"]) for each in await shop.turn_clock()]
        shop.house.watch.move(days=1)
    shop.standin.halt(str(made.gateway_id))
    await shop.hear()
    assert subjects == ["A payment failed: Rs 588.82 for the plan Starter"] * 4
    assert (await shop.account()).plan == "starter"
    shop.house.watch.move(days=1)
    assert [str(each["Subject"]) for each in await shop.turn_clock()] == [
        "Your plan Starter has ended unpaid"
    ]
    assert (await shop.account()).plan == "free"
    assert (await shop.history())[-1] == ("starter", "free", NET, 0)
    # The customer mends the card, and is back where they were.
    shop.standin.charge(str(made.gateway_id))
    await shop.hear()
    assert (await shop.account()).plan == "starter"
    assert (await shop.history())[-1] == ("free", "starter", 0, NET)
    assert (await shop.bought(made.id)).past_due_since is None


async def test_a_pause_is_worth_nothing_and_what_is_paid_is_had(shop: Shop) -> None:
    made = await shop.charged()
    arguments = (shop.database, shop.house.app.state.services.sealer, shop.till, shop.scope, made.id)
    paused = await pause(*arguments, shop.house.watch.now)
    assert paused.state is State.PAUSED
    assert (await shop.account()).plan == "starter"
    assert (await shop.history())[-1] == ("starter", "starter", NET, 0)
    assert made.current_end is not None
    shop.house.watch.now = made.current_end + timedelta(hours=1)
    await shop.turn_clock()
    assert (await shop.account()).plan == "free"
    resumed = await resume(*arguments, shop.house.watch.now)
    assert resumed.state is State.ACTIVE
    with pytest.raises(NotNow):
        await resume(*arguments, shop.house.watch.now)
    await shop.hear()
    assert (await shop.history())[-1] == ("free", "starter", 0, NET)
