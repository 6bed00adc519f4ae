"""What the lateness of a task costs, by figures that people give where the company's facts do not tell."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from complianceai import catalogue
from complianceai.base.errors import InvalidInput
from complianceai.catalogue.model import Input
from complianceai.register.pricing.reading import read_given
from complianceai.tenancy.policies import Role
from tests.cast import House, open_house
from tests.register.tasks.cast_of_tasks import Firm, firm_of

GST = {"gst": {"registered": True, "registrations": [{"state": "MH", "scheme": "regular"}]}}


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url, rate_limit="100000/minute") as made:
        yield made


async def late_return(firm: Firm) -> dict[str, Any]:
    """The GSTR-3B that is overdue longest: its fee has a ceiling by a turnover of which nobody has told."""
    found = await firm.tasks(due="overdue", q="GSTR-3B")
    return next(task for task in found if task["form"] == "GSTR-3B")


async def price_of(firm: Firm, task: dict[str, Any]) -> dict[str, Any]:
    reply = await firm.owner.get(f"{firm.base}/tasks/{task['id']}/price")
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()["data"]
    return found


async def test_a_duty_whose_price_nobody_could_tell_is_priced_by_what_is_said_of_it(house: House) -> None:
    firm = await firm_of(house, **GST)
    task = await late_return(firm)
    before = (await firm.owner.get(f"{firm.base}/dashboard")).json()["data"]["atRisk"]
    unknown = await price_of(firm, task)
    assert unknown["total"] is None
    assert any("turnover" in need for need in unknown["needs"])
    said = {"turnover": "1.2 crore", "tax_due": 100000, "nil_return": False}
    reply = await firm.by_role[Role.PREPARER].put(
        f"{firm.base}/tasks/{task['id']}/price", json={"inputs": said}
    )
    assert reply.status_code == 200, reply.text
    priced = reply.json()["data"]
    assert priced["needs"] == []
    assert priced["total"] == sum(line["amount"] for line in priced["lines"] if not line["discretionary"]) > 0
    assert priced["perDay"] > 0
    assert {each["name"]: each["given"] for each in priced["inputs"] if each["given"] is not None} == {
        "turnover": "12000000",
        "tax_due": "100000",
        "nil_return": False,
    }
    after = (await firm.owner.get(f"{firm.base}/dashboard")).json()["data"]["atRisk"]
    assert after["total"] == before["total"] + priced["total"]
    row = (await firm.owner.get(f"{firm.base}/trail")).json()["data"][0]
    assert (row["deed"], row["after"]["inputs"]["turnover"]) == ("task.priced", "12000000")


async def test_saying_it_is_no_work_on_the_filing_and_can_be_taken_back(house: House) -> None:
    firm = await firm_of(house, **GST)
    task = await late_return(firm)
    address = f"{firm.base}/tasks/{task['id']}/price"
    assert (await firm.owner.put(address, json={"inputs": {"turnover": 1}})).status_code == 200
    await firm.submitted(task["id"])
    # Whoever said what the price turns on may still approve: it is none of the filing's facts.
    assert "approve" in (await firm.task(task["id"]))["steps"]
    assert (await firm.owner.put(address, json={"inputs": {}})).status_code == 200
    assert (await price_of(firm, task))["total"] is None


@pytest.mark.parametrize(
    "given",
    [
        {"colour": "red"},
        {"turnover": "a lot"},
        {"turnover": "-5"},
        {"nil_return": "perhaps"},
        {"turnover": {"a": 1}},
        {"tax_due": True},
        {"turnover": "NaN"},
        {"turnover": 1e300},
        {"nil_return": "\x00"},
    ],
)
async def test_what_cannot_be_taken_is_refused_by_name_and_nothing_is_kept(
    house: House, given: dict[str, Any]
) -> None:
    firm = await firm_of(house, **GST)
    task = await late_return(firm)
    refused = await firm.owner.put(f"{firm.base}/tasks/{task['id']}/price", json={"inputs": given})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, list(given))
    assert {each["given"] for each in (await price_of(firm, task))["inputs"]} == {None}


async def test_the_page_offers_a_form_where_a_figure_is_missing_and_shows_the_price(house: House) -> None:
    firm = await firm_of(house, **GST)
    task = await late_return(firm)
    here = f"/app/companies/{firm.company}/tasks/{task['id']}"
    page = (await firm.owner.get(here)).text
    assert 'name="input.turnover"' in page
    assert "It cannot be told without:" in page
    wrong = await firm.owner.post(f"{here}/price", data={"input.turnover": "<b>much</b>"})
    assert wrong.status_code == 422
    assert "&lt;b&gt;much&lt;/b&gt;" in wrong.text
    assert "This cannot be taken." in wrong.text
    given = {"input.turnover": "1,20,00,000", "input.nil_return": "false", "input.tax_due": ""}
    assert (await firm.owner.post(f"{here}/price", data=given)).status_code == 303
    page = (await firm.owner.get(here)).text
    assert "if it is filed today" in page
    assert 'value="12000000"' in page


async def test_a_duty_that_turns_on_nothing_has_no_form_and_refuses_figures(house: House) -> None:
    firm = await firm_of(house, **GST)
    own = {"title": "Fire drill", "dueDate": "2026-11-01"}
    made = (await firm.owner.post(f"{firm.base}/tasks", json=own)).json()["data"]
    refused = await firm.owner.put(f"{firm.base}/tasks/{made['id']}/price", json={"inputs": {"turnover": 1}})
    assert refused.json()["code"] == "register.no_price"
    page = (await firm.owner.get(f"/app/companies/{firm.company}/tasks/{made['id']}")).text
    assert 'id="price"' not in page


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("money", "1.5 lakh", "150000"),
        ("money", 12.5, "12.5"),
        ("count", "3", "3"),
        ("yes_no", "yes", True),
        ("date", "2026-05-20", "2026-05-20"),
        ("text", "a word", "a word"),
        ("money_by_day", '{"06-15": 15000}', {"06-15": "15000"}),
        ("money", "\x00", None),
        ("number", 1e300, None),
        ("number", "Infinity", None),
        ("count", "1.5", None),
        ("date", "2026-02-30", None),
        ("text", "a\x00b", None),
        ("text", "x" * 501, None),
        ("money_by_day", '{"02-31": 1}', None),
        ("money_by_day", '{"\\u0000": 1}', None),
        ("money_by_day", "[1]", None),
        ("money_by_day", "{", None),
    ],
)
def test_what_is_given_is_kept_as_plain_json_or_refused(kind: str, value: Any, kept: Any) -> None:
    duty = next(iter(catalogue.load().obligations.values()))._replace(inputs=(Input("it", kind, "a test"),))
    if kept is None:
        with pytest.raises(InvalidInput):
            read_given(duty, {"it": value})
    else:
        assert read_given(duty, {"it": value}) == {"it": kept}
