"""How reminders are wanted: by forms and by programs, and what the worker does at night."""

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.ids import new_id
from complianceai.entry.worker import make_registry
from complianceai.register.reminders.tables import alerts, webhook_deliveries
from complianceai.register.reminders.work import TICK, tidy
from complianceai.storage.outbox import Job
from tests.register.reminders.office import Office
from tests.register.reminders.test_telling import only
from tests.register.reminders.test_webhooks import hook


async def test_a_person_says_in_a_form_how_they_are_told_and_finds_it_kept(office: Office) -> None:
    owner = office.firm.owner
    assert "09:00" in (await owner.get("/app/account/reminders")).text
    typed = {
        "by_mail": "yes",
        "before": "5, 10",
        "rhythm": "weekly",
        "weekday": "4",
        "digest_at": "18:30",
        "quiet_from": "22:15",
        "quiet_until": "06:45",
    }
    page = await owner.post("/app/account/reminders", data=typed)
    assert "From now on you are told so" in page.text
    assert (await owner.get("/api/reminders")).json()["data"] == {
        "before": [10, 5],
        "byMail": True,
        "eventsByMail": False,
        "rhythm": "weekly",
        "weekday": 4,
        "digestAt": "18:30",
        "quietFrom": "22:15",
        "quietUntil": "06:45",
    }


async def test_a_company_has_a_ladder_and_single_duties_their_own(office: Office) -> None:
    firm, page = office.firm, f"/app/companies/{office.firm.company}/reminders"
    assert 'value="15, 7, 3, 1"' in (await firm.owner.get(page)).text
    form = {"before": "20,5", "overdue": "2", "weekly": "yes", "reviewer_after": "", "owner_after": "4"}
    typed = {**form, "duty": "llp-form-11", "duty_days": "45"}
    assert (await firm.owner.post(page, data=typed)).status_code == 303
    kept = (await firm.owner.get(f"{firm.base}/reminders")).json()["data"]
    assert kept == {
        "before": [20, 5],
        "duties": {"llp-form-11": [45]},
        "overdue": [2],
        "weekly": True,
        "reviewerAfter": None,
        "ownerAfter": 4,
    }
    assert (await firm.owner.post(page, data={**form, "duty": "llp-form-11"})).status_code == 303
    assert (await firm.owner.get(f"{firm.base}/reminders")).json()["data"]["duties"] == {}


async def test_mail_that_nobody_wants_is_not_sent_though_it_was_planned(office: Office) -> None:
    await only(office)
    await office.firm.owner.put("/api/reminders", json={"quietFrom": "00:00", "quietUntil": "23:59"})
    assert await office.tick() == 2
    await office.firm.owner.put("/api/reminders", json={"byMail": False})
    await office.tick()
    assert await office.mails() == []


async def test_a_click_in_the_mail_ends_mail_without_signing_in_and_a_look_ends_nothing(
    office: Office,
) -> None:
    await only(office)
    await office.tick()
    (mail,) = await office.mails()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = mail["List-Unsubscribe"].strip("<>").removeprefix("https://dates.example")
    visitor = await office.house.visitor()
    assert (await visitor.get(path)).status_code == 200
    assert (await office.firm.owner.get("/api/reminders")).json()["data"]["byMail"] is True
    done = await visitor.post(path, data={"List-Unsubscribe": "One-Click"})
    assert "not mailed to you any more" in done.text
    assert (await office.firm.owner.get("/api/reminders")).json()["data"]["byMail"] is False
    for wrong in ("", "x", path.partition("=")[2][:-4], "é"):
        assert (await visitor.post("/reminders/leave", params={"token": wrong})).status_code == 404


async def test_at_night_what_is_old_goes(office: Office) -> None:
    await hook(office, "https://example.com/")
    await only(office)
    await office.tick()
    registry = make_registry()
    assert {TICK, "reminders.tidy"} <= set(registry.schedules)
    job = Job(new_id(), "reminders.tidy", {}, office.tools.clock(), 0, 1)
    counts = []
    for days in (29, 2, 370):
        office.house.watch.move(days=days)
        async with office.tools.database.transaction() as connection:
            await tidy(connection, office.tools, job)
            counts.append([await _count(connection, table) for table in (webhook_deliveries, alerts)])
    assert counts == [[1, 2], [0, 2], [0, 0]]


async def _count(connection: AsyncConnection, table: Table) -> int:
    return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())
