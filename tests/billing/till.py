"""A house that sells, the stand-in of Razorpay beside it, and somebody who buys."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from complianceai.billing.accounts.actions import Particulars, open_account, say_particulars
from complianceai.billing.accounts.queries import Account, Holder, find_account
from complianceai.billing.invoices.tables import tax_invoices
from complianceai.billing.ledger.chart import Book
from complianceai.billing.ledger.queries import balances
from complianceai.billing.razorpay.till import Till
from complianceai.billing.subscriptions.buying import Wanted, buy
from complianceai.billing.subscriptions.queries import Subscription, find_subscription, of_account
from complianceai.billing.subscriptions.tables import revenue_changes
from complianceai.billing.subscriptions.work import CLOCK, REMIND
from complianceai.storage.database import Database
from complianceai.storage.outbox import outbox, put_in_outbox
from complianceai.tenancy.scope import Person, Scope
from tests.cast import ASHA, House, Player
from tests.support.mails import mails_of
from tests.support.razorpay_life import HOOK_SECRET, KEY, SECRET, Standin, Told

SELLER_GSTIN = "27AAPFU0939F1ZV"
SETTINGS: dict[str, Any] = {
    "razorpay_key_id": KEY, "razorpay_key_secret": SECRET, "razorpay_webhook_secret": HOOK_SECRET,
    "seller_name": "Dates LLP", "seller_gstin": SELLER_GSTIN, "seller_address": "1 Law College Road, Pune 411004",
    "rate_limit": "100000/minute",
}  # fmt: skip
WITHIN = Particulars("Rao Textiles LLP", None, "MH", "12 MG Road, Pune 411001", "accounts@rao.example")
BETWEEN = Particulars("Rao Textiles LLP", "29AAGCB7383J1Z4", "KA", "7 Residency Road, Bengaluru", None)
MONTHLY = Wanted("starter", "monthly", "mandate")


@dataclass
class Shop:
    """The house, Razorpay's stand-in, and Asha's account."""

    house: House
    standin: Standin
    asha: AsyncClient
    scope: Scope
    account_id: UUID

    @property
    def database(self) -> Database:
        return self.house.database

    @property
    def till(self) -> Till:
        found: Till = self.house.app.state.till
        return found

    async def buy(self, wanted: Wanted = MONTHLY) -> Subscription:
        return await buy(self.database, self.till, self.scope, self.account_id, wanted, self.house.watch.now)

    async def bought(self, subscription_id: UUID) -> Subscription:
        async with self.database.reading() as connection:
            return await find_subscription(connection, subscription_id)

    async def all_bought(self) -> list[Subscription]:
        async with self.database.reading() as connection:
            return await of_account(connection, self.account_id)

    async def account(self) -> Account:
        async with self.database.reading() as connection:
            return await find_account(connection, self.account_id)

    async def books(self) -> dict[str, int]:
        async with self.database.reading() as connection:
            found = await balances(connection)
        assert sum(found.values()) == 0
        return {book.value: paise for book, paise in found.items() if paise or book is Book.RECEIVABLE}

    async def papers(self) -> list[Any]:
        async with self.database.reading() as connection:
            wanted = select(tax_invoices).order_by(tax_invoices.c.issued_at, tax_invoices.c.number)
            return list((await connection.execute(wanted)).all())

    async def history(self) -> list[tuple[str, str, int, int]]:
        """Every change of plan or worth, the oldest first."""
        rows = revenue_changes.c
        wanted = select(rows.plan_before, rows.plan_after, rows.mrr_before_paise, rows.mrr_after_paise)
        async with self.database.reading() as connection:
            mine = wanted.where(rows.account_id == self.account_id)
            found = await connection.execute(mine.order_by(rows.changed_at, rows.id))
            return [tuple(each) for each in found]  # type: ignore[misc]

    async def post(self, told: Told, **headers: str) -> Response:
        visitor = await self.house.visitor()
        sent = {**told.headers, **headers}
        return await visitor.post("/api/billing/webhook", content=told.body, headers=sent)

    async def hear(self, every: Iterable[Told] | None = None) -> list[Any]:
        """What Razorpay told is heard, and all that comes of it done: the mails."""
        if every is None:
            every, self.standin.told = self.standin.told, []
        for told in every:
            reply = await self.post(told)
            assert reply.status_code == 200, reply.text
        return await mails_of(self.house)

    async def turn_clock(self) -> list[Any]:
        """The mails that come of what happens by the clock now, and of all else that is due."""
        async with self.database.transaction() as connection:
            for kind in (CLOCK, REMIND):
                await put_in_outbox(connection, kind, {}, self.house.watch.now)
        return await mails_of(self.house)

    @asynccontextmanager
    async def leaving(self, kind: str) -> AsyncIterator[None]:
        """A stretch of work that leaves one job of that kind undone, to be tried again."""
        with pytest.raises(AssertionError):
            yield
        async with self.database.reading() as connection:
            wanted = select(outbox.c.kind, outbox.c.state).where(outbox.c.last_error.is_not(None))
            assert (await connection.execute(wanted)).all() == [(kind, "waiting")]

    async def come_again(self) -> None:
        """Asha signs in anew, after more days than a session lasts."""
        sent = {"email": self.scope.person.email, "password": ASHA.password}
        reply = await self.asha.post("/api/auth/login", json=sent)
        assert reply.status_code == 200, reply.text

    async def agreed(self, wanted: Wanted = MONTHLY) -> Subscription:
        """What was bought and agreed to, as far as Razorpay has told of it."""
        made = await self.buy(wanted)
        assert made.gateway_id
        self.standin.agree(made.gateway_id)
        await self.hear()
        return await self.bought(made.id)

    async def charged(self, wanted: Wanted = MONTHLY) -> Subscription:
        """What was bought, its trial over and its first period paid."""
        made = await self.agreed(wanted)
        if made.starts_at is not None and made.gateway_id:
            self.house.watch.now = made.starts_at
            self.standin.charge(made.gateway_id)
            await self.hear()
        return await self.bought(made.id)


async def open_shop(
    house: House, standin: Standin, particulars: Particulars = WITHIN, player: Player = ASHA
) -> Shop:
    """The shop, with Asha registered, or another, and their particulars told."""
    asha = await house.register(player)
    told = (await asha.get("/api/auth/me")).json()["user"]
    now = house.watch.now
    person = Person(UUID(told["id"]), told["name"], told["email"], None, now)
    scope = Scope(person, session_id=person.id, today=now.date())
    async with house.database.transaction() as connection:
        account = await open_account(connection, Holder(person_id=person.id), now)
    await say_particulars(house.database, scope, account.id, particulars, now)
    house.app.state.till = replace(house.app.state.till, base_url=standin.url)
    return Shop(house, standin, asha, scope, account.id)
