import pytest
from httpx import AsyncClient

from tests.site.conftest import TRUSTED


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # a program
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),  # typed by the visitor
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),  # a neighbour under one domain
        ({"Sec-Fetch-Site": "cross-site", "Origin": TRUSTED}, 200),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
async def test_only_our_own_pages_trusted_origins_and_programs_may_change_things(
    client: AsyncClient, headers: dict[str, str], status: int
) -> None:
    assert (await client.post("/api/echo", content=b"x", headers=headers)).status_code == status


async def test_anybody_may_link_to_a_page(client: AsyncClient) -> None:
    assert (await client.get("/design", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 200
