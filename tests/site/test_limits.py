import asyncio
from collections.abc import AsyncIterator

from httpx import AsyncClient
from starlette.types import Message, Receive, Scope, Send

from complianceai.site.limits import TimeLimit


async def test_a_body_within_the_limit_passes(client: AsyncClient) -> None:
    assert (await client.post("/api/echo", content=b"x" * 1000)).json() == {"size": 1000}


async def test_a_body_that_announces_too_much_is_refused_unread(client: AsyncClient) -> None:
    reply = await client.post("/api/echo", content=b"x" * 1001)
    assert reply.status_code == 413
    assert reply.json()["code"] == "site.too_large"


async def test_a_body_that_announces_nothing_is_counted_as_it_comes(client: AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b"x" * 100

    assert (await client.post("/api/echo", content=pieces())).status_code == 413


async def test_work_that_takes_too_long_is_stopped(client: AsyncClient) -> None:
    reply = await client.get("/api/slow")
    assert reply.status_code == 503
    assert reply.json()["code"] == "site.took_too_long"


async def _held(limit: TimeLimit, path: str, sent: list[Message]) -> None:
    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers: list[tuple[bytes, bytes]] = []
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers, "query_string": b""}
    await limit(scope, receive, send)


async def test_no_more_is_begun_than_may_be_under_way_and_streams_do_not_count() -> None:
    done, begun = asyncio.Event(), asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/api/stream":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            begun.set()
        await done.wait()
        await send({"type": "http.response.body", "body": b""})

    limit, sent, refused = TimeLimit(app, most=2), list[Message](), list[Message]()
    async with asyncio.TaskGroup() as group:
        group.create_task(_held(limit, "/api/stream", sent))
        await begun.wait()
        for _ in range(2):
            group.create_task(_held(limit, "/api/slow", sent))
        await asyncio.sleep(0)
        await _held(limit, "/api/more", refused)
        group.create_task(_held(limit, "/api/health/ready", sent))
        await asyncio.sleep(0)
        assert limit.under_way == 3
        done.set()
    assert limit.under_way == 0
    assert refused[0]["status"] == 503
    assert (b"retry-after", b"2") in refused[0]["headers"]
    assert b"site.too_many_at_once" in refused[1]["body"]
    assert sum(each["type"] == "http.response.body" for each in sent) == 4
