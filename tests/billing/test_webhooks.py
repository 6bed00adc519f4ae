"""What comes to the address of webhooks: heard once, by its signature, and never believed."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from complianceai.billing.razorpay.signatures import is_order_paid, is_subscription_agreed, signature_of
from complianceai.billing.webhooks.tables import gateway_events
from complianceai.storage.outbox import outbox
from tests.billing.till import SETTINGS, Shop
from tests.cast import open_house
from tests.support.razorpay_life import HOOK_SECRET, SECRET, Told


async def _jobs(shop: Shop) -> int:
    async with shop.database.reading() as connection:
        wanted = select(func.count()).where(outbox.c.kind == "billing.sync")
        return int((await connection.execute(wanted)).scalar_one())


async def test_a_forged_event_is_refused_and_nothing_is_done(shop: Shop) -> None:
    made = await shop.buy()
    body = json.dumps(
        {"event": "subscription.charged", "payload": {"subscription": {"entity": {"id": made.gateway_id}}}}
    ).encode()
    forged = Told("subscription.charged", "evt_1", body)
    for signature in ("", "0" * 64, signature_of("another", body), signature_of(HOOK_SECRET, body + b" ")):
        reply = await shop.post(forged, **{"X-Razorpay-Signature": signature})
        assert (reply.status_code, reply.json()["code"]) == (403, "billing.forged_signature")
    assert await _jobs(shop) == 0
    reply = await shop.post(forged, **{"X-Razorpay-Signature": signature_of(HOOK_SECRET, body).upper()})
    assert reply.status_code == 403


async def test_what_an_event_claims_is_not_taken_for_true(shop: Shop) -> None:
    made = await shop.buy()
    entity = {"id": made.gateway_id, "status": "active", "current_end": 4_000_000_000}
    body = json.dumps(
        {"event": "subscription.charged", "payload": {"subscription": {"entity": entity}}}
    ).encode()
    await shop.hear([Told("subscription.charged", "evt_1", body)])
    assert (await shop.bought(made.id)).state == "waiting"
    assert (await shop.account()).plan == "free"


async def test_an_event_is_heard_once_whatever_it_is_called(shop: Shop) -> None:
    made = await shop.buy()
    shop.standin.agree(str(made.gateway_id))
    told = shop.standin.told[-1]
    assert (await shop.post(told)).json() == {"success": True, "data": True}
    assert (await shop.post(told)).json() == {"success": True, "data": False}
    assert (await shop.post(replace(told, event_id="another"))).json()["data"] is False
    # The same name with another body is the same event told twice, and has been heard.
    assert (await shop.post(replace(told, body=told.body + b" "))).json()["data"] is False
    assert await _jobs(shop) == 1


@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b"null", b'{"event": 1, "payload": {}}', b'{"event": "x"}', b'{"event": "x", "payload": []}',
    b'{"event": "x", "payload": {"payment": 1}}', b'{"event": "x", "payload": {"payment": {"entity": []}}}', b"\xff",
])  # fmt: skip
async def test_nonsense_that_is_signed_is_refused(shop: Shop, body: bytes) -> None:
    reply = await shop.post(Told("x", "evt", body))
    assert reply.status_code == 422, reply.text


async def test_events_about_nothing_of_ours_are_heard_and_left_alone(shop: Shop) -> None:
    for payload in ({}, {"payment": {"entity": {"id": 7}}}, {"order": {"entity": {"id": "order_x"}}}):
        body = json.dumps({"event": "x", "payload": payload}).encode()
        await shop.hear([Told("x", str(len(body)), body)])
    async with shop.database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(gateway_events))).scalar_one() == 3


def test_the_two_signatures_of_checkout_name_their_ids_in_opposite_order() -> None:
    assert is_order_paid(SECRET, "order_1", "pay_1", signature_of(SECRET, b"order_1|pay_1"))
    assert not is_order_paid(SECRET, "order_1", "pay_2", signature_of(SECRET, b"order_1|pay_1"))
    assert is_subscription_agreed(SECRET, "sub_1", "pay_1", signature_of(SECRET, b"pay_1|sub_1"))
    assert not is_subscription_agreed(SECRET, "sub_1", "pay_1", "é")


async def test_a_crowd_of_events_is_heard_and_a_crowd_of_forgeries_is_not(
    database_url: str, redis_url: str | None
) -> None:
    settings = {**SETTINGS, "rate_limit": "5/minute"}
    async with open_house(database_url, redis_url, **settings) as house:
        visitor = await house.visitor()
        for number in range(12):
            body = json.dumps({"event": "x", "payload": {}, "created_at": number}).encode()
            sent = Told("x", str(number), body)
            reply = await visitor.post("/api/billing/webhook", content=body, headers=sent.headers)
            assert reply.json() == {"success": True, "data": True}
        forged = {"X-Razorpay-Signature": "0" * 64}
        found = [
            (await visitor.post("/api/billing/webhook", content=b"{}", headers=forged)).status_code
            for _ in range(7)
        ]
        assert found == [403] * 5 + [429] * 2
