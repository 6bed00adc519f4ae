"""Razorpay's list of a stretch of time beside ours, and what differs kept until it is gone."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.billing.razorpay.asking import Razorpay
from complianceai.billing.razorpay.till import Till
from complianceai.billing.reconciling.comparing import Difference, compare
from complianceai.billing.reconciling.tables import money_comparisons, money_differences
from complianceai.billing.subscriptions.syncing import Syncing
from complianceai.billing.subscriptions.tables import payments, refunds
from complianceai.storage.database import Database
from complianceai.storage.sealing import Sealer

# Long enough for what was charged before a weekend without anybody to look; each night looks at it anew.
BACK = timedelta(days=10)
# What happened in the last minutes may be on its way.
FRESH = timedelta(minutes=30)
PAID = frozenset({"captured", "refunded"})


class There(NamedTuple):
    """What Razorpay lists: payments and refunds by their ids. Units: paise."""

    payments: Mapping[str, int]
    refunds: Mapping[str, int]


async def compare_books(database: Database, sealer: Sealer, till: Till, now: datetime) -> list[Difference]:
    """What differs by now. What only Razorpay has is first looked into, so that a lost webhook is no difference.

    Errors: GatewaySilent; GatewayRefused.
    """
    since, until = now - BACK, now - FRESH
    there = await _list_there(Razorpay(till), since, until)
    async with database.reading() as connection:
        ours = await _list_here(connection, since, until, there)
    await _make_up(Syncing(database, sealer, till), ours, there, now)
    async with database.transaction() as connection:
        ours = await _list_here(connection, since, until, there)
        found = compare(ours.payments, there.payments) + compare(ours.refunds, there.refunds)
        await _keep(connection, found, now)
        row = {
            "id": new_id(), "ran_at": now, "since": since, "until": until, "differences": len(found),
            "compared": len(ours.payments.keys() | there.payments) + len(ours.refunds.keys() | there.refunds),
        }  # fmt: skip
        await connection.execute(insert(money_comparisons).values(row))
    return found


async def _list_there(razorpay: Razorpay, since: datetime, until: datetime) -> There:
    window = {"from": int(since.timestamp()), "to": int(until.timestamp())}
    paid = [each for each in await razorpay.every("payments", **window) if each.get("status") in PAID]
    # A token amount that showed a card to be good, and went back by itself: no invoice, and wholly refunded.
    tokens = {str(each["id"]) for each in paid if _is_token(each)}
    back = await razorpay.every("refunds", **window)
    return There(
        {str(each["id"]): int(each["amount"]) for each in paid if each["id"] not in tokens},
        {
            str(each["id"]): int(each["amount"])
            for each in back
            if each.get("status") == "processed" and each.get("payment_id") not in tokens
        },
    )


def _is_token(payment: Mapping[str, Any]) -> bool:
    is_back = payment.get("amount_refunded") == payment["amount"]
    return is_back and not payment.get("invoice_id") and int(payment["amount"]) <= 500


async def _list_here(connection: AsyncConnection, since: datetime, until: datetime, there: There) -> There:
    """Ours of that time, and whatever of theirs we have, whenever we recorded it."""
    paid = select(payments.c.gateway_id, payments.c.paise).where(
        payments.c.paid_at.between(since, until) | payments.c.gateway_id.in_(list(there.payments))
    )
    back = select(refunds.c.gateway_id, refunds.c.paise).where(
        refunds.c.state == "done",
        # A refund that both have is looked up by its id; one of the very edge is looked at tomorrow.
        refunds.c.done_at.between(since + FRESH, until - FRESH)
        | refunds.c.gateway_id.in_(list(there.refunds)),
    )
    return There(
        {str(key): int(paise) for key, paise in (await connection.execute(paid)).all()},
        {str(key): int(paise) for key, paise in (await connection.execute(back)).all()},
    )


async def _make_up(syncing: Syncing, ours: There, there: There, now: datetime) -> None:
    for gateway_id in sorted(there.payments.keys() - ours.payments.keys()):
        await syncing.payment(gateway_id, now)
    for gateway_id in sorted(there.refunds.keys() - ours.refunds.keys()):
        await syncing.refund(gateway_id, now)


async def _keep(connection: AsyncConnection, found: list[Difference], now: datetime) -> None:
    """Nothing; each difference stands since it was first found, and what is gone is marked so."""
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    open_ = money_differences.c.gone_at.is_(None)
    wanted = select(money_differences.c.kind, money_differences.c.gateway_id).where(open_)
    keys = {(each.kind.value, each.gateway_id) for each in found}
    for kind, gateway_id in (await connection.execute(wanted)).all():
        if (kind, gateway_id) not in keys:
            same = (money_differences.c.kind == kind) & (money_differences.c.gateway_id == gateway_id)
            await connection.execute(update(money_differences).where(same).values(gone_at=now))
    for each in found:
        amounts = {"ours_paise": each.ours_paise, "theirs_paise": each.theirs_paise, "gone_at": None}
        row = {"kind": each.kind.value, "gateway_id": each.gateway_id, "found_at": now, **amounts}
        statement = engine.insert(money_differences).values(row)
        keyed = [money_differences.c.kind, money_differences.c.gateway_id]
        await connection.execute(statement.on_conflict_do_update(index_elements=keyed, set_=amounts))
