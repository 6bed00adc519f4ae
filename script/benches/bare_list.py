"""The yardstick of the list: a signed-in page of a company's tasks as JSON, by hand on asyncpg, with nothing around it.

It reads what the product reads: whose the cookie is, what they are to the company, the page of tasks, and their number.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import orjson

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PERSON = """
SELECT s.id, s.last_seen_at, p.id AS person_id, p.name, p.email, p.phone, p.created_at
FROM sessions s JOIN people p ON p.id = s.person_id
WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.last_seen_at > $3"""
ROLE = """
SELECT c.id, c.name, pm.role FROM companies c
JOIN engagements e ON e.company_id = c.id AND e.closed_at IS NULL AND (e.ends_on IS NULL OR e.ends_on >= $3)
JOIN practice_members pm ON pm.practice_id = e.practice_id AND pm.person_id = $2
WHERE c.id = $1"""
OPEN = "t.state IN ('to_do', 'in_preparation', 'in_review', 'sent_back')"
ROWS = f"""
SELECT t.id, t.key, t.kind, t.obligation_id AS "obligationId", t.form, t.title, t.authority, t.registration,
  t.period_label AS "periodLabel", t.part, t.certainty, t.statutory_date AS "statutoryDate", t.due_date AS "dueDate",
  t.effective_date AS "effectiveDate", t.extended_by AS "extendedBy", t.working_date AS "workingDate", t.state, t.lapse,
  CASE WHEN t.priority IS NOT NULL THEN t.priority
    WHEN t.effective_date < $2 OR (t.effective_date <= $2 + 7 AND t.risk = 2) THEN 'high'
    WHEN t.effective_date <= $2 + 30 THEN 'medium' ELSE 'low' END AS priority,
  t.assignee_id AS "assigneeId", a.name AS assignee, t.reviewer_id AS "reviewerId", r.name AS reviewer,
  t.filed_on AS "filedOn", t.approved_by AS "approvedBy", t.version
FROM tasks t LEFT JOIN people a ON a.id = t.assignee_id LEFT JOIN people r ON r.id = t.reviewer_id
WHERE t.company_id = $1 AND {OPEN} ORDER BY t.effective_date, t.id LIMIT $3 OFFSET $4"""  # nosec B608  # noqa: S608 - our own words
COUNT = f"SELECT count(*) FROM tasks t WHERE t.company_id = $1 AND {OPEN}"  # nosec B608  # noqa: S608 - our own words
HEADERS = [(b"content-type", b"application/json")]
INDIA = ZoneInfo("Asia/Kolkata")

_pools: list[asyncpg.Pool[Any]] = []


async def app(scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[Any]], send: Send) -> None:
    """Answers /api/companies/{id}/tasks?size=&page= to the bearer of a session's cookie."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    status, body = await _answer(scope)
    await send({"type": "http.response.start", "status": status, "headers": HEADERS})
    await send({"type": "http.response.body", "body": body})


async def _live(receive: Callable[[], Awaitable[Any]], send: Send) -> None:
    await receive()
    _pools.append(await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=32))
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await _pools.pop().close()
    await send({"type": "lifespan.shutdown.complete"})


async def _answer(scope: MutableMapping[str, Any]) -> tuple[int, bytes]:
    token = next((value for name, value in scope["headers"] if name == b"cookie"), b"").partition(b"=")[2]
    asked = dict(parse_qsl(scope["query_string"].decode()))
    size, page = int(asked.get("size", "50")), int(asked.get("page", "1"))
    company_id, now = UUID(scope["path"].split("/")[3]), datetime.now(UTC)
    today = now.astimezone(INDIA).date()
    async with _pools[0].acquire() as connection:
        idle = now - timedelta(hours=36)
        person = await connection.fetchrow(PERSON, sha256(token).hexdigest(), now, idle)
        if person is None:
            return 401, b"{}"
        if await connection.fetchrow(ROLE, company_id, person["person_id"], today) is None:
            return 404, b"{}"
        rows = await connection.fetch(ROWS, company_id, today, size, (page - 1) * size)
        total = await connection.fetchval(COUNT, company_id)
    about = {"number": page, "size": size, "total": total}
    return 200, orjson.dumps(
        {"success": True, "data": [dict(row) for row in rows], "page": about}, default=str
    )
