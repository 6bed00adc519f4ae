"""The yardstick of the load: the list by hand on asyncpg for members, and a live stream with nothing around it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import asyncpg
import orjson

from benches.bare_list import COUNT, HEADERS, INDIA, PERSON, ROWS

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

ROLE = "SELECT role FROM members WHERE company_id = $1 AND person_id = $2 AND (until IS NULL OR until >= $3)"
UNREAD = """
SELECT recipient_id, count(*) FROM alerts
WHERE recipient_id = ANY($1) AND channel = 'app' AND read_at IS NULL GROUP BY recipient_id"""
EVENTS = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
LOOKS_EVERY_SECONDS = 3.0

_pools: list[asyncpg.Pool[Any]] = []
_watchers: dict[UUID, tuple[Send, int]] = {}


async def app(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Answers as the product does, to the bearer of a session's cookie."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    token = next((value for name, value in scope["headers"] if name == b"cookie"), b"").partition(b"=")[2]
    status, body = 401, b"{}"
    async with _pools[0].acquire() as connection:
        now = datetime.now(UTC)
        found = await connection.fetchrow(PERSON, sha256(token).hexdigest(), now, now - timedelta(hours=36))
        if found is not None and scope["path"] != "/app/alerts/live":
            status, body = await _list(scope, connection, found["person_id"], now)
    if found is not None and scope["path"] == "/app/alerts/live":
        await _stream(found["person_id"], receive, send)
        return
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*HEADERS, length]})
    await send({"type": "http.response.body", "body": body})


async def _list(
    scope: MutableMapping[str, Any], connection: Any, person_id: UUID, now: datetime
) -> tuple[int, bytes]:
    asked = dict(parse_qsl(scope["query_string"].decode()))
    size, page = int(asked.get("size", "50")), int(asked.get("page", "1"))
    company_id, today = UUID(scope["path"].split("/")[3]), now.astimezone(INDIA).date()
    if await connection.fetchrow(ROLE, company_id, person_id, today) is None:
        return 404, b"{}"
    rows = await connection.fetch(ROWS, company_id, today, size, (page - 1) * size)
    about = {"number": page, "size": size, "total": await connection.fetchval(COUNT, company_id)}
    data = [dict(row) for row in rows]
    return 200, orjson.dumps({"success": True, "data": data, "page": about}, default=str)


async def _stream(person_id: UUID, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": EVENTS})
    await send({"type": "http.response.body", "body": b"data: 0\n\n", "more_body": True})
    _watchers[person_id] = send, 0
    while (await receive())["type"] != "http.disconnect":
        pass
    del _watchers[person_id]


async def _look_on() -> None:
    while True:
        await asyncio.sleep(LOOKS_EVERY_SECONDS)
        if not _watchers:
            continue
        rows = await _pools[0].fetch(UNREAD, list(_watchers))
        found = {row[0]: int(row[1]) for row in rows}
        for person_id, (send, last) in list(_watchers.items()):
            if (count := found.get(person_id, 0)) != last:
                await send({"type": "http.response.body", "body": b"data: %d\n\n" % count, "more_body": True})
                _watchers[person_id] = send, count


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    _pools.append(await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=32))
    looking = asyncio.create_task(_look_on())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    looking.cancel()
    await _pools.pop().close()
    await send({"type": "lifespan.shutdown.complete"})
