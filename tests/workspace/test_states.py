"""From draft to approved: by somebody else, for the hash of one version."""

import pytest

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, House, describe
from tests.workspace.papers import DOCUMENTS, OTHER, TEXT, led, read, saved, written


async def test_an_approval_is_of_somebody_else_and_of_the_version_they_read(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.REVIEWER)
    document = await written(asha, company)
    first = (await read(asha, document))["current"]["sha256"]
    assert await led(asha, document, "approve") == 409
    assert await led(asha, document, "settle") == 409  # two work for the company, so a review is demanded
    assert await led(asha, document, "submit") == 200
    assert await led(asha, document, "approve") == 403
    second = (await saved(asha, document, OTHER))["sha256"]
    assert await led(bilal, document, "approve", sha256=first) == 409
    assert await led(bilal, document, "approve", sha256=second) == 200
    found = await read(asha, document)
    assert (found["state"], found["approvedBy"], found["approvedHash"]) == ("approved", BILAL.name, second)
    assert found["approvedVersion"] == 2
    late = await asha.post(f"{DOCUMENTS}/{document}/versions", json={"baseVersion": 2, "text": TEXT})
    assert (late.status_code, late.json()["code"]) == (409, "workspace.settled")
    assert await led(bilal, document, "reopen") == 422
    assert await led(bilal, document, "reopen", reason="The branch is wrong") == 200
    reopened = await read(asha, document)
    assert (reopened["state"], reopened["approvedHash"], reopened["reason"]) == (
        "draft", None, "The branch is wrong",
    )  # fmt: skip


async def test_whoever_edited_once_can_never_approve(house: House) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, Role.REVIEWER)
    document = await written(asha, company)
    await saved(bilal, document, OTHER)
    assert await led(asha, document, "submit") == 200
    assert await led(bilal, document, "approve") == 403
    assert await led(bilal, document, "send_back") == 422
    assert await led(bilal, document, "send_back", reason="Name the branch") == 200


async def test_where_one_works_alone_a_document_is_settled_and_says_that_nobody_looked(house: House) -> None:
    asha = await house.register(ASHA)
    document = await written(asha, await describe(asha))
    assert await led(asha, document, "settle") == 200
    found = await read(asha, document)
    assert (found["state"], found["approvedBy"], found["approvedVersion"]) == ("approved", None, 1)
    assert await led(asha, document, "sign") == 200
    assert await led(asha, document, "supersede") == 200
    assert (await read(asha, document))["state"] == "superseded"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.CLIENT, Role.PREPARER])
async def test_no_other_role_approves(house: House, role: Role) -> None:
    asha, bilal = await house.register(ASHA), await house.register(BILAL)
    company = await describe(asha)
    await house.join(bilal, company, role)
    document = await written(asha, company)
    await led(asha, document, "submit")
    assert await led(bilal, document, "approve") == (404 if role is Role.CLIENT else 403)


async def test_the_day_a_document_ends_is_a_task_of_the_register_and_moves_with_it(house: House) -> None:
    asha = await house.register(ASHA)
    company = await describe(asha)
    document = await written(asha, company, expiresOn="2027-06-30")
    tasks = f"/api/companies/{company}/tasks"

    async def days() -> list[str]:
        found = (await asha.get(tasks, params={"kind": "custom", "state": "open"})).json()["data"]
        return [each["dueDate"] for each in found if each["title"] == "Renew or end: Bank account"]

    assert await days() == ["2027-06-30"]
    details = {"title": "Bank account", "expiresOn": "2027-07-31"}
    assert (await asha.put(f"{DOCUMENTS}/{document}", json=details)).status_code == 200
    assert await days() == ["2027-07-31"]
    await led(asha, document, "settle")
    await led(asha, document, "supersede")
    assert await days() == []
