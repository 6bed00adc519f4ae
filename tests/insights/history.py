"""A small history of a site, made by hand so that every figure of it can be worked out on paper.

Today is Wednesday 18 November 2026. Six people are counted:

    who  signed up     company   filed     document  question  invited   active in the weeks of
    A    2 Nov (Mon)   2 Nov     9 Nov     -         3 Nov     -         2, 9 and 16 Nov
    B    4 Nov         4 Nov     12 Nov    -         -         -         2 and 9 Nov
    C    8 Nov (Sun)   -         -         -         -         -         2 Nov
    D    9 Nov (Mon)   17 Nov    -         -         -         -         9 and 16 Nov
    E    18 Nov        18 Nov    18 Nov    18 Nov    18 Nov    18 Nov    16 Nov
    F    1 Aug         1 Aug     -         -         -         -         27 Jul

Accounts, by what they are worth a month (a yearly price counts a twelfth), in rupees:

    a1   opened 1 Sep, pays 500 from 10 Sep, 1,500 from 5 Oct, nothing from 20 Oct, 900 again from 2 Nov
    a2   opened 1 Sep, pays 1,000 from 1 Oct, 400 from 3 Nov
    a3   opened 15 Sep, pays 300 from 16 Oct (31 days later), nothing from 18 Nov
    a4   opened 2 Oct, never pays
    a5   opened 31 Oct 23:00 in India, pays 2,000 from then on
"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.base.clock import INDIA
from complianceai.base.ids import new_id
from complianceai.billing.accounts.tables import billing_accounts
from complianceai.billing.subscriptions.tables import revenue_changes
from complianceai.insights.counting.keeping import Done, keep_actions
from complianceai.insights.counting.kinds import Kind
from complianceai.insights.surveys.tables import surveys
from complianceai.tenancy.tables import people

TODAY = date(2026, 11, 18)
_NAMES = UUID("6f1c1f9e-0000-4000-8000-000000000001")
SIGNED_UP = {
    "A": date(2026, 11, 2), "B": date(2026, 11, 4), "C": date(2026, 11, 8), "D": date(2026, 11, 9),
    "E": TODAY, "F": date(2026, 8, 1),
}  # fmt: skip
DID = (
    ("A", Kind.COMPANY_MADE, date(2026, 11, 2)),
    ("A", Kind.QUESTION_ASKED, date(2026, 11, 3)),
    ("A", Kind.QUESTION_ASKED, date(2026, 11, 4)),
    ("A", Kind.TASK_FILED, date(2026, 11, 9)),
    ("A", Kind.TASK_FILED, date(2026, 11, 16)),
    ("B", Kind.COMPANY_MADE, date(2026, 11, 4)),
    ("B", Kind.TASK_FILED, date(2026, 11, 12)),
    ("D", Kind.COMPANY_MADE, date(2026, 11, 17)),
    *(
        ("E", kind, TODAY)
        for kind in (
            Kind.COMPANY_MADE, Kind.TASK_FILED, Kind.DOCUMENT_MADE, Kind.QUESTION_ASKED, Kind.INVITED
        )
    ),
    ("F", Kind.COMPANY_MADE, date(2026, 8, 1)),
)  # fmt: skip
OPENED = {
    "a1": datetime(2026, 9, 1, 10, tzinfo=INDIA),
    "a2": datetime(2026, 9, 1, 12, tzinfo=INDIA),
    "a3": datetime(2026, 9, 15, 12, tzinfo=INDIA),
    "a4": datetime(2026, 10, 2, 0, 30, tzinfo=INDIA),
    # Still October in India, and in UTC as well; half an hour later it would be November in India alone.
    "a5": datetime(2026, 10, 31, 23, 0, tzinfo=INDIA),
}
PAID = (
    ("a1", datetime(2026, 9, 10, 9, tzinfo=INDIA), 0, 500),
    ("a1", datetime(2026, 10, 5, 9, tzinfo=INDIA), 500, 1500),
    ("a1", datetime(2026, 10, 20, 9, tzinfo=INDIA), 1500, 0),
    ("a1", datetime(2026, 11, 2, 9, tzinfo=INDIA), 0, 900),
    # 00:30 on 1 October in India is still September in UTC.
    ("a2", datetime(2026, 10, 1, 0, 30, tzinfo=INDIA), 0, 1000),
    ("a2", datetime(2026, 11, 3, 9, tzinfo=INDIA), 1000, 400),
    ("a3", datetime(2026, 10, 16, 9, tzinfo=INDIA), 0, 300),
    ("a3", datetime(2026, 11, 18, 9, tzinfo=INDIA), 300, 0),
    ("a5", datetime(2026, 10, 31, 23, 0, tzinfo=INDIA), 0, 2000),
)
# Question, day, score.
SAID = (
    ("nps", date(2026, 10, 31), 10, ""), ("nps", date(2026, 11, 1), 9, "Saves me a day"),
    ("nps", date(2026, 11, 2), 8, ""),
    ("nps", date(2026, 11, 3), 6, ""), ("nps", date(2026, 11, 4), 10, ""), ("nps", date(2026, 11, 5), 0, "Too slow"),
    ("nps", date(2026, 11, 6), 3, ""), ("csat", date(2026, 11, 6), 5, ""), ("csat", date(2026, 11, 7), 4, ""),
    ("csat", date(2026, 11, 8), 3, ""),
)  # fmt: skip


def id_of(name: str) -> UUID:
    return uuid5(_NAMES, name)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=INDIA)


async def fill(connection: AsyncConnection) -> None:
    """Nothing; all of the above is there."""
    await connection.execute(insert(people), [_person(*each) for each in SIGNED_UP.items()])
    done = [Done(id_of(who), None, Kind.SIGNED_UP, noon(day)) for who, day in SIGNED_UP.items()]
    done += [Done(id_of(who), None, kind, noon(day)) for who, kind, day in DID]
    # In two batches and out of order, as several processes would write them.
    for batch in (done[1::2], done[::2]):
        await keep_actions(connection, "on", batch, set(), noon(TODAY))
    accounts = [
        {"id": id_of(name), "plan": "free", "plan_since": at, "created_at": at} for name, at in OPENED.items()
    ]
    await connection.execute(insert(billing_accounts), accounts)
    changes = [
        {
            "id": new_id(), "account_id": id_of(name), "changed_at": at, "plan_before": "a", "plan_after": "b",
            "mrr_before_paise": before * 100, "mrr_after_paise": after * 100,
        }
        for name, at, before, after in PAID
    ]  # fmt: skip
    await connection.execute(insert(revenue_changes), changes)
    said = [
        {
            "id": new_id(), "person_id": id_of("A"), "question": question, "moment": "task_filed",
            "asked_at": noon(day) - timedelta(hours=1), "answered_at": noon(day), "score": score, "comment": comment,
        }
        for question, day, score, comment in SAID
    ]  # fmt: skip
    await connection.execute(insert(surveys), said)


def _person(name: str, day: date) -> dict[str, object]:
    at = noon(day)
    return {
        "id": id_of(name), "name": name, "email": f"{name}@example.com", "email_key": f"{name}@example.com",
        "password_hash": "", "created_at": at, "updated_at": at,
    }  # fmt: skip
