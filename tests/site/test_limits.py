from collections.abc import AsyncIterator

from httpx import AsyncClient


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
