import pytest
from httpx import AsyncClient


async def test_a_refusal_under_api_has_the_shape_of_the_contract(client: AsyncClient) -> None:
    reply = await client.get("/api/raise/filed")
    assert reply.status_code == 409
    assert reply.json() == {
        "success": False,
        "error": "AOC-4 was filed on <b>today</b>.",
        "code": "register.already_filed",
        "fields": {"form": "AOC-4", "on": "<b>today</b>"},
    }


async def test_a_refusal_of_a_page_is_a_page_whose_fields_are_escaped(client: AsyncClient) -> None:
    reply = await client.get("/app/raise/filed")
    assert reply.status_code == 409
    assert "Somebody changed this before you" in reply.text
    assert "&lt;b&gt;today" in reply.text
    assert "<b>today" not in reply.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/raise/missing", 404),
        ("/api/raise/invalid", 422),
        ("/api/raise/many", 429),
        ("/api/raise/bug", 500),
        ("/api/nowhere", 404),
        ("/app/raise/missing", 404),
        ("/nowhere", 404),
    ],
)
async def test_each_refusal_has_its_status(client: AsyncClient, path: str, status: int) -> None:
    assert (await client.get(path)).status_code == status


async def test_names_that_a_caller_made_up_are_not_read_as_a_template(client: AsyncClient) -> None:
    reply = await client.get("/api/raise/invalid")
    assert reply.json()["fields"] == {
        "turnover": "Must not be below zero. Type 0 or more.",
        "{secret}": "No.",
    }


async def test_too_many_requests_say_when_to_come_back(client: AsyncClient) -> None:
    assert (await client.get("/api/raise/many")).headers["retry-after"] == "7"


async def test_a_fault_of_ours_tells_nothing_of_its_cause(client: AsyncClient) -> None:
    for path in ("/api/raise/bug", "/app/raise/bug"):
        reply = await client.get(path)
        assert reply.status_code == 500
        assert "table" not in reply.text
        assert "Traceback" not in reply.text
        assert "content-security-policy" in reply.headers


async def test_a_date_that_is_none_is_refused_by_field_rule_and_cure(client: AsyncClient) -> None:
    reply = await client.get("/api/window", params={"from": "yesterday"})
    assert reply.status_code == 422
    assert reply.json()["fields"] == {"from": "This must be a date such as 2026-04-01."}


async def test_what_is_left_out_is_named(client: AsyncClient) -> None:
    assert (await client.get("/api/window")).json()["fields"] == {
        "from": "This is needed. Send a value for it."
    }


async def test_a_method_an_address_does_not_take_is_refused_with_those_it_does(client: AsyncClient) -> None:
    reply = await client.post("/api/window")
    assert reply.status_code == 405
    assert reply.json()["code"] == "http.method_not_allowed"
    assert reply.headers["allow"] == "GET"
