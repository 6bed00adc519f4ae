"""What is added up at night, and what is forgotten then."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select

from complianceai.base.ids import new_id
from complianceai.billing.usage.tables import billing_storage
from complianceai.desk.tables import answer_feedback, conversations, messages
from complianceai.insights.counting.keeping import Done, keep_actions
from complianceai.insights.counting.kinds import Kind
from complianceai.insights.counting.tables import actions_done, figure_days
from complianceai.insights.figures import service
from complianceai.insights.nightly import add_up_days, forget_old
from complianceai.register.reminders.tables import alerts, reminder_wishes
from complianceai.register.tasks.tables import tasks
from tests.cast import ASHA, House, describe

# 00:30 on the 25th in India.
NOW = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
YESTERDAY = date(2026, 11, 24)


async def rows_of(house: House, gather: Any, today: date = date(2026, 11, 25)) -> list[list[Any]]:
    async with house.database.reading() as connection:
        return [list(row) for row in (await gather(connection, today)).rows]


async def night(house: House, now: datetime = NOW) -> None:
    async with house.database.transaction() as connection:
        await add_up_days(connection, now)


async def _person(house: House) -> UUID:
    client = await house.register(ASHA)
    return UUID((await client.get("/api/auth/me")).json()["user"]["id"])


async def _ask(house: House, who: UUID, *said: tuple[str, bool, bool | None, datetime]) -> None:
    talk = new_id()
    async with house.database.transaction() as connection:
        row = {"id": talk, "person_id": who, "title": "", "created_at": NOW, "updated_at": NOW}
        await connection.execute(insert(conversations).values(**row))
        for number, (provider, refused, is_good, at) in enumerate(said):
            message = {
                "id": new_id(), "conversation_id": talk, "number": number, "question": "?", "answer": {},
                "provider": provider, "attempts": [], "paise": 0, "topic": "", "language": "en",
                "refused": refused, "created_at": at,
            }  # fmt: skip
            await connection.execute(insert(messages).values(**message))
            if is_good is not None:
                judged = {
                    "message_id": message["id"], "is_good": is_good, "reason": "", "correction": "",
                    "state": "none", "outcome": "", "note": "", "created_at": at,
                }  # fmt: skip
                await connection.execute(insert(answer_feedback).values(**judged))


async def test_answers_are_added_up_by_provider_until_yesterday_and_again_each_night(house: House) -> None:
    who = await _person(house)
    before = NOW - timedelta(hours=2)
    await _ask(
        house, who,
        ("simple", False, True, before), ("simple", False, None, before), ("simple", True, None, before),
        ("openai", False, False, before), ("openai", False, None, NOW),
    )  # fmt: skip
    await night(house)
    wanted = [
        ["openai", 1, 0, 0, 0, 1, 0],
        ["simple", 2, 1, 33, 1, 0, 100],
    ]
    for _ in range(2):
        found = await rows_of(house, service.assistant)
        assert [[each if isinstance(each, str) else int(each) for each in row] for row in found] == wanted
        await night(house)


async def test_reminders_are_on_time_within_a_day_or_for_some_a_week(house: House) -> None:
    asha = await house.register(ASHA)
    company = UUID(await describe(asha))
    who = UUID((await asha.get("/api/auth/me")).json()["user"]["id"])
    weekly = UUID(int=7)
    planned = datetime(2026, 11, 17, 6, tzinfo=UTC)
    late, dropped = planned + timedelta(days=2), planned + timedelta(hours=1)
    cases: list[tuple[UUID, str, datetime | None, datetime | None]] = [
        (who, "mail", planned, None),
        (who, "mail", planned + timedelta(days=1), None),
        (who, "mail", late, None),
        (who, "mail", None, None),
        (who, "mail", None, dropped),
        (who, "app", None, None),
        (weekly, "chat", planned + timedelta(days=3), None),
    ]
    async with house.database.transaction() as connection:
        task = (await connection.execute(select(tasks.c.id).limit(1))).scalar_one()
        wish = {
            "person_id": who, "by_mail": True, "events_by_mail": True, "rhythm": "weekly", "weekday": 0,
            "digest_at": planned.time(), "quiet_from": planned.time(), "quiet_until": planned.time(),
        }  # fmt: skip
        for number, (whose, channel, sent, gone) in enumerate(cases):
            row = {
                "id": new_id(), "recipient_id": whose, "channel": channel, "key": str(number), "kind": "due",
                "company_id": company, "task_id": task, "said": {}, "at": planned, "sent_at": sent,
                "dropped_at": gone,
            }  # fmt: skip
            await connection.execute(insert(alerts).values(**row))
    await night(house)
    november = (await rows_of(house, service.reminders))[-1]
    # On time: at once and a day later. Late: two days, never, and the chat's three days.
    assert (november[1], november[2], november[4]) == (2, 3, 1)
    async with house.database.transaction() as connection:
        await connection.execute(insert(reminder_wishes).values(**wish))
    await night(house)
    november = (await rows_of(house, service.reminders))[-1]
    assert (november[1], november[2], november[4]) == (3, 2, 1)


async def test_what_is_kept_of_files_stands_for_the_day_that_ended(house: House) -> None:
    company = UUID(await describe(await house.register(ASHA)))
    async with house.database.transaction() as connection:
        await connection.execute(insert(billing_storage).values(company_id=company, bytes=5_000))
    await night(house)
    assert await rows_of(house, service.storage) == [[YESTERDAY, 5_000], [date(2026, 11, 25), 5_000]]


async def test_actions_go_after_twenty_five_months_and_their_sums_stay(house: House) -> None:
    who = await _person(house)
    # 1 October 2024 begins in India at 18:30 of the day before.
    kept, gone = datetime(2024, 9, 30, 18, 30, tzinfo=UTC), datetime(2024, 9, 30, 18, 29, tzinfo=UTC)
    done = [Done(who, None, Kind.EXPORTED, at) for at in (kept, gone, NOW)]
    async with house.database.transaction() as connection:
        assert await keep_actions(connection, "on", done, (), NOW) == 3
        assert await forget_old(connection, NOW) == 1
        left = list(
            (await connection.execute(select(actions_done.c.at).order_by(actions_done.c.at))).scalars()
        )
        sums = (await connection.execute(select(func.sum(figure_days.c.value)))).scalar_one()
    assert (left, sums) == ([kept, NOW], 3)
