"""Thousands of people who are signed in, twenty to each company of the practice's sample."""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import insert, text

from benches.practice_sample import fill
from complianceai.base.clock import utc_now
from complianceai.base.ids import new_id
from complianceai.storage.database import Database
from complianceai.tenancy.sessions import hash_token
from complianceai.tenancy.tables import members, people, sessions

AT_ONCE = 2000


class Guest(NamedTuple):
    """Somebody who is signed in: the token of their cookie, and their company."""

    token: str
    company_id: UUID


async def fill_with_people(url: str, count: int) -> list[Guest]:
    """So many people in an empty database, each an owner of one of its companies."""
    sample = await fill(url)
    database, made = Database(url), list[Guest]()
    try:
        for begin in range(0, count, AT_ONCE):
            made += await _add(database, sample.clients, range(begin, min(begin + AT_ONCE, count)))
        async with database.engine.connect() as connection:
            plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await plain.execute(text("VACUUM ANALYZE"))
        return made
    finally:
        await database.close()


async def _add(database: Database, companies: list[UUID], numbers: range) -> list[Guest]:
    now = utc_now()
    at = {"created_at": now}
    ids = {number: new_id() for number in numbers}
    guests = {number: Guest(f"load-{number:06d}", companies[number % len(companies)]) for number in numbers}
    async with database.transaction() as connection:
        await connection.execute(
            insert(people),
            [
                {
                    "id": ids[n], "name": f"Guest {n}", "email": f"g{n}@example.com",
                    "email_key": f"g{n}@example.com", "password_hash": "", "verified_at": now,
                    "updated_at": now, **at,
                }
                for n in numbers
            ],
        )  # fmt: skip
        await connection.execute(
            insert(members),
            [
                {"company_id": guests[n].company_id, "person_id": ids[n], "role": "owner", **at}
                for n in numbers
            ],
        )
        await connection.execute(
            insert(sessions),
            [
                {
                    "id": new_id(), "token_hash": hash_token(guests[n].token), "person_id": ids[n],
                    "last_seen_at": now, "expires_at": now + timedelta(days=7), **at,
                }
                for n in numbers
            ],
        )  # fmt: skip
    return list(guests.values())
