"""Reminders from the plan to the mail: once, to the right people, in their language, and of nothing that changed."""

from datetime import date, timedelta

from sqlalchemy import insert, select, update

from complianceai.base.ids import new_id
from complianceai.register.reminders.keeping import plan_all
from complianceai.register.reminders.posting import post_all
from complianceai.register.reminders.tables import alerts
from complianceai.register.tasks.tables import tasks
from complianceai.tenancy.policies import Role
from complianceai.tenancy.tables import members, people
from tests.cast import ASHA, BILAL, CHITRA
from tests.register.reminders.office import Office

# The clock of the tests stands at half past eleven in India on 24 November 2026.
TODAY = date(2026, 11, 24)


async def only(office: Office, title: str = "Pay the rent", days: int = 3, **assigned: str) -> str:
    """The id of the one open task of the firm, due in so many days."""
    async with office.tools.database.transaction() as connection:
        await connection.execute(update(tasks).values(state="not_applicable", reason="not in this test"))
    due = TODAY + timedelta(days=days)
    made = await office.firm.owner.post(
        f"{office.firm.base}/tasks", json={"title": title, "dueDate": due.isoformat()}
    )
    assert made.status_code == 201, made.text
    found = await office.firm.tasks(state="open", dueFrom=due.isoformat())
    task_id = next(str(each["id"]) for each in found if each["title"] == title)
    if assigned:
        assert (await office.firm.edit(office.firm.owner, task_id, **assigned)).status_code == 200
        # What the assignment itself tells is another test's.
        await office.tick()
        for path in office.folder.glob("*.eml"):
            path.unlink()
    return task_id


async def test_the_owner_is_told_once_of_what_nobody_has_however_often_the_clock_turns(
    office: Office,
) -> None:
    await only(office)
    assert await office.tick() == 2  # in the product and by mail
    for _ in range(3):
        office.house.watch.move(minutes=2)
        assert await office.tick() == 0
    (mail,) = await office.mails()
    assert (mail["To"], mail["Subject"]) == (
        f"{ASHA.name} <{ASHA.email}>",
        "Pay the rent, Rao Textiles LLP: due on 27 November 2026",
    )
    assert "https://dates.example/app/companies/" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "<a " in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]


async def test_each_rung_is_told_as_its_day_comes_and_more_people_when_it_is_late(office: Office) -> None:
    firm = office.firm
    ids = {"assigneeId": firm.ids[Role.PREPARER], "reviewerId": firm.ids[Role.REVIEWER]}
    await only(office, **ids)
    for _ in range(30):
        office.house.watch.move(days=1)
        await office.tick()
    mails = await office.mails()
    to = [(mail["To"].addresses[0].addr_spec, "overdue" in mail["Subject"]) for mail in mails]
    # 1 day before, on the day; then 1, 3, 7, 14 and 21 days late.
    assert to.count((CHITRA.email, False)) == 2
    assert to.count((CHITRA.email, True)) == 5
    assert to.count((BILAL.email, True)) == 5
    assert to.count((ASHA.email, True)) == 4
    assert len(to) == 16


async def test_what_is_closed_or_moved_before_the_mail_goes_is_not_told(office: Office) -> None:
    first = await only(office)
    await plan_all(office.tools.database, office.tools.clock())
    assert await post_all(office.tools.database, office.tools.clock()) == 1
    reply = await office.firm.step(office.firm.owner, first, "waive", reason="paid in cash")
    assert reply.status_code == 200, reply.text
    await office.work()
    assert await office.mails() == []
    async with office.tools.database.reading() as connection:
        wanted = select(alerts.c.dropped_at).where(alerts.c.channel == "mail")
        assert None not in (await connection.execute(wanted)).scalars().all()


async def test_a_task_that_moved_is_told_anew_by_its_new_date_only(office: Office) -> None:
    task_id = await only(office, days=1)
    await plan_all(office.tools.database, office.tools.clock())
    await post_all(office.tools.database, office.tools.clock())
    async with office.tools.database.transaction() as connection:
        moved = {"effective_date": TODAY + timedelta(days=7), "updated_at": office.tools.clock()}
        await connection.execute(update(tasks).where(tasks.c.title == "Pay the rent").values(**moved))
    await office.work()
    assert await office.mails() == []
    assert await office.tick() == 2
    (mail,) = await office.mails()
    assert "1 December 2026" in mail["Subject"], task_id


async def test_at_night_no_mail_goes_and_in_the_morning_all_of_it_does(office: Office) -> None:
    await only(office)
    office.house.watch.move(hours=10)  # half past nine in the evening in India
    assert await office.tick() == 2
    assert await office.mails() == []
    office.house.watch.move(hours=9)  # half past six
    await office.tick()
    assert await office.mails() == []
    office.house.watch.move(hours=1.5)
    await office.tick()
    assert len(await office.mails()) == 1


async def test_more_than_a_few_at_once_come_as_one_mail(office: Office) -> None:
    for number in range(6):
        due = TODAY + timedelta(days=1 + number)
        body = {"title": f"Pay bill {number}", "dueDate": due.isoformat()}
        assert (await office.firm.owner.post(f"{office.firm.base}/tasks", json=body)).status_code == 201
    await office.tick()
    (mail,) = await office.mails()
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert all(f"Pay bill {number}" in text for number in range(6))


async def test_a_mail_is_never_longer_than_a_person_reads(office: Office) -> None:
    await only(office)
    async with office.tools.database.transaction() as connection:
        row = (await connection.execute(select(tasks).where(tasks.c.title == "Pay the rent"))).one()
        copies = [{**row._mapping, "id": new_id(), "key": f"copy-{number}"} for number in range(59)]
        await connection.execute(insert(tasks), copies)
    await office.tick()
    (mail,) = await office.mails()
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert mail["Subject"] == "60 things need you"
    assert text.count("Open the task") == 50
    assert "and 10 more" in text


async def test_a_digest_comes_once_on_its_day_with_all_that_waited(office: Office) -> None:
    wishes = {"rhythm": "weekly", "weekday": 3, "digestAt": "10:00"}  # a Thursday
    assert (await office.firm.owner.put("/api/reminders", json=wishes)).status_code == 200
    await only(office, days=5)
    for _ in range(5 * 24):
        office.house.watch.move(hours=1)
        await office.tick()
    (mail,) = await office.mails()
    # Planned as 7 days before on Tuesday and as 3 days before on Thursday: told once, as it stands.
    assert mail["Subject"] == "Pay the rent, Rao Textiles LLP: due on 29 November 2026"


async def test_whoever_left_or_was_never_verified_has_no_mail(office: Office) -> None:
    await only(office, days=2)
    await plan_all(office.tools.database, office.tools.clock())
    await post_all(office.tools.database, office.tools.clock())
    async with office.tools.database.transaction() as connection:
        await connection.execute(
            update(members).where(members.c.role == "owner").values(until=date(2026, 11, 1))
        )
    await office.work()
    assert await office.mails() == []
    async with office.tools.database.transaction() as connection:
        await connection.execute(update(members).values(until=None))
        await connection.execute(update(people).values(verified_at=None))
    office.house.watch.move(hours=30)
    await office.tick()
    assert await office.mails() == []
    found = (await office.firm.owner.get("/api/alerts")).json()
    assert found["page"]["total"] == 2  # in the product she is told all the same


async def test_an_unchecked_date_is_never_told_as_certain_and_hindi_is_spoken(office: Office) -> None:
    await only(office)
    async with office.tools.database.transaction() as connection:
        await connection.execute(
            update(tasks).where(tasks.c.title == "Pay the rent").values(certainty="disputed")
        )
        await connection.execute(update(people).values(language="hi"))
    await office.tick()
    (mail,) = await office.mails()
    assert mail["Subject"] == "Pay the rent, Rao Textiles LLP: शायद 27 नवंबर 2026 को देय, पर यह पक्का नहीं है"
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "जाँची नहीं गई" in text
    alert = (await office.firm.owner.get("/api/alerts")).json()["data"][0]
    assert alert["certainty"] == "disputed"
    assert "perhaps due" in alert["text"]


async def test_mentions_assignments_and_reviews_are_told_to_whom_they_concern(office: Office) -> None:
    firm = office.firm
    task_id = await only(office, days=60)
    owner, preparer, reviewer = (firm.by_role[each] for each in (Role.OWNER, Role.PREPARER, Role.REVIEWER))
    assert (await firm.edit(owner, task_id, assigneeId=firm.ids[Role.PREPARER])).status_code == 200
    said = {"text": "@Bilal please look, and @Asha Rao too"}
    assert (await preparer.post(f"{firm.base}/tasks/{task_id}/comments", json=said)).status_code == 201
    await firm.submitted(task_id)
    assert (await firm.step(reviewer, task_id, "send_back", reason="wrong year")).status_code == 200
    kinds = {}
    for role, client in firm.by_role.items():
        kinds[role] = [each["kind"] for each in (await client.get("/api/alerts")).json()["data"]]
    assert kinds == {
        Role.OWNER: ["mention"],
        Role.REVIEWER: ["submitted", "mention"],
        Role.PREPARER: ["sent_back", "assigned"],
        Role.CLIENT: [],
    }
    alert = (await preparer.get("/api/alerts")).json()["data"][0]
    assert (alert["text"], alert["said"]) == (
        "Bilal Khan sent back: Pay the rent, Rao Textiles LLP",
        "wrong year",
    )
    await office.tick()
    assert len(await office.mails()) == 5


async def test_what_was_read_is_read_and_nobody_reads_for_another(office: Office) -> None:
    await only(office)
    await office.tick()
    firm = office.firm
    (alert,) = (await firm.owner.get("/api/alerts")).json()["data"]
    other = firm.by_role[Role.REVIEWER]
    assert (await other.post("/api/alerts/read", json={"ids": [alert["id"]]})).json()["data"] == {"read": 0}
    page = await firm.owner.get("/app/alerts")
    assert "Pay the rent" in page.text
    assert "https://wa.me/?text=Pay%20the%20rent" in page.text
    assert (await firm.owner.post("/api/alerts/read", json={})).json()["data"] == {"read": 1}
    assert (await firm.owner.get("/api/alerts")).json()["data"][0]["readAt"] is not None


async def test_a_ladder_that_is_changed_holds_at_once_and_stands_in_the_trail(office: Office) -> None:
    await only(office, days=20)
    assert await office.tick() == 0
    firm = office.firm
    wanted = {"before": [30, 2], "ownerAfter": None}
    reply = await firm.owner.put(f"{firm.base}/reminders", json=wanted)
    assert reply.json()["data"]["before"] == [30, 2]
    assert await office.tick() == 2
    trail = (await firm.owner.get(f"{firm.base}/trail")).json()["data"]
    assert "reminders.set" in {each["deed"] for each in trail}


async def test_nonsense_is_refused_with_a_cure(office: Office) -> None:
    firm = office.firm
    for wrong in (
        {"before": [0]},
        {"before": "soon"},
        {"before": [91]},
        {"duties": {"X Y": [1]}},
        {"ownerAfter": 0},
    ):
        reply = await firm.owner.put(f"{firm.base}/reminders", json=wrong)
        assert reply.status_code == 422, wrong
    tasks = (await firm.owner.get(f"{firm.base}/tasks")).json()["data"]
    duty = next(each["obligationId"] for each in tasks if each["obligationId"])
    for form in ({"before": "x"}, {"before": "1,,2", "duty": duty, "duty_days": "never"}):
        reply = await firm.owner.post(f"/app/companies/{firm.company}/reminders", data=form)
        assert reply.status_code == 422, form
        assert "Write whole numbers of days" in reply.text
    reply = await firm.owner.post("/app/account/reminders", data={"rhythm": "hourly", "quiet_from": "25:00"})
    assert reply.status_code == 422
