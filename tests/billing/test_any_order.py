"""Webhooks in any order, late, twice or hardly at all: the end is the same."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complianceai.billing.ledger.queries import balances
from tests.billing.till import MONTHLY, Shop, open_shop
from tests.cast import Player
from tests.support.razorpay_life import Told

STEPS = 9


def _life(shop: Shop, subscription: str) -> list[Callable[[], Any]]:
    """What befalls a subscription, step by step."""
    there, watch = shop.standin, shop.house.watch

    def later(days: float, deed: Callable[[], Any]) -> Callable[[], Any]:
        def done() -> None:
            watch.move(days=days)
            deed()

        return done

    def refund() -> None:
        first = there.of("invoice", subscription_id=subscription)[-1]
        there.refund(first["payment_id"], 10_000)

    def become(event: str, **facts: Any) -> Callable[[], Any]:
        def done() -> None:
            there.things[subscription].update(facts)
            there._tell(event, subscription=there.things[subscription])

        return done

    return [
        lambda: there.agree(subscription),
        later(14, lambda: there.charge(subscription)),
        later(30, lambda: there.fail(subscription)),
        later(2, lambda: there.charge(subscription)),
        later(1, refund),
        later(4, become("subscription.paused", status="paused")),
        later(1, become("subscription.resumed", status="active")),
        later(23, lambda: there.charge(subscription)),
        later(1, become("subscription.cancelled", status="cancelled")),
    ]


async def _end_of(shop: Shop, heard: list[list[int]], order: list[int]) -> Any:
    """How things stand after a life of which each event is heard after those steps, and all of them at the end."""
    made = await shop.buy(MONTHLY)
    events: list[tuple[int, Told]] = []
    for number, step in enumerate(_life(shop, str(made.gateway_id))):
        shop.standin.told = []
        step()
        events += [(number, each) for each in shop.standin.told]
        now_heard = [each for index, (_, each) in enumerate(events) if number in heard[index % len(heard)]]
        await shop.hear(now_heard)
    last = [events[index % len(events)][1] for index in order] + [each for _, each in events]
    await shop.hear(last)
    async with shop.database.reading() as connection:
        books = await balances(connection, shop.account_id)
    papers = [each for each in await shop.papers() if each.account_id == shop.account_id]
    bought = await shop.bought(made.id)
    assert sum(books.values()) == 0
    assert bought.current_end is not None
    assert bought.current_start is not None
    return (
        bought.state,
        (await shop.account()).plan,
        (bought.current_end - bought.created_at, bought.current_start - bought.created_at),
        (await shop.history())[-1][2:],
        dict(books),
        sorted((each.kind, each.total_paise) for each in papers),
    )


_FIRST: dict[str, Any] = {}


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    heard=st.lists(st.lists(st.integers(0, STEPS - 1), max_size=2), min_size=1, max_size=12),
    order=st.permutations(range(24)),
)
async def test_any_order_and_any_repetition_ends_in_the_same(
    shop: Shop, engine: str, heard: list[list[int]], order: list[int]
) -> None:
    number = shop.house.watch.now.timestamp()
    player = Player("Asha Rao", f"asha{number:.0f}{len(shop.house.stack._exit_callbacks)}@example.com")
    another = await open_shop(shop.house, shop.standin, player=player)
    found = await _end_of(another, heard, order)
    if engine not in _FIRST:
        in_order = await open_shop(
            shop.house, shop.standin, player=Player("Asha Rao", f"in-order-{engine}@example.com")
        )
        _FIRST[engine] = await _end_of(in_order, [[index] for index in range(STEPS)], [])
        assert sum(_FIRST[engine][4].values()) == 0
        assert len(_FIRST[engine][5]) == 4
    assert found[:3] + found[4:] == _FIRST[engine][:3] + _FIRST[engine][4:]
    # What was heard only at the end had no worth in between; it ends with none.
    assert found[3][1] == _FIRST[engine][3][1] == 0
