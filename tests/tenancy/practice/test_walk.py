"""Every address of a practice, walked by a stranger and in each role in it."""

from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select

from complianceai.storage.audit import audit
from complianceai.tenancy.policies import Access, PracticeRole, Role
from tests.cast import BILAL, CHITRA, House
from tests.tenancy.practice.firm import Firm
from tests.tenancy.practice.walk import PRACTICES, filled

NOBODYS = "01a21023-3f4c-73b9-808e-3f0076b49641"
SECRET = "Nobody May Know Private Limited"


async def _practice(house: House, person: UUID, colleague: UUID, role: PracticeRole | None) -> dict[str, str]:
    """The ids of a new practice and of all that is in it, to which the person belongs in that role."""
    async with house.database.transaction() as connection:
        firm = Firm(connection)
        practice, owner, other = await firm.practice(), await firm.person(), await firm.person()
        await firm.joins(other, practice, PracticeRole.PARTNER)
        await firm.joins(colleague, practice, PracticeRole.STAFF)
        if role is not None:
            await firm.joins(person, practice, role)
        company, private, own = await firm.company(), await firm.company(SECRET), await firm.company("Own")
        for each in (company, private):
            await firm.belongs(owner, each, Role.OWNER)
        await firm.belongs(person, own, Role.OWNER)
        engagement = await firm.engages(practice, company, Access.EVERYONE)
        await firm.names(engagement, practice, colleague, Role.PREPARER)
        unseen = await firm.engages(practice, private, Access.PRIVATE)
        team = await firm.team(practice, [colleague])
    ids = {"practice_id": practice, "company_id": company, "team_id": team, "person_id": colleague}
    more = {"own_id": own, "engagement_id": unseen, "invitation_id": NOBODYS, "kind": "csv"}
    more |= {"file_hash": "0" * 64, "number": "9999"}
    return {name: str(each) for name, each in {**ids, **more}.items()}


async def _me(client: AsyncClient) -> UUID:
    return UUID((await client.get("/api/auth/me")).json()["user"]["id"])


async def _changes(house: House) -> int:
    async with house.database.reading() as connection:
        return int((await connection.execute(select(func.count()).select_from(audit))).scalar_one())


@pytest.mark.parametrize("role", PracticeRole)
async def test_each_role_may_do_what_its_table_says_and_nothing_else(
    house: House, role: PracticeRole
) -> None:
    bilal, chitra = await house.register(BILAL), await house.register(CHITRA)
    me, her = await _me(bilal), await _me(chitra)
    for address, row in PRACTICES.items():
        ids = await _practice(house, me, her, role)
        before = await _changes(house)
        method, _, path = address.partition(" ")
        reply = await bilal.request(method, path.format(**ids), **filled(row.sent, ids))
        if role in row.may:
            assert reply.status_code < 400 or reply.status_code == row.ends, (address, reply.text)
        else:
            assert reply.status_code == 403, (address, reply.text)
            assert await _changes(house) == before, address
        assert SECRET not in reply.text, address


async def test_anothers_practice_is_missing_at_every_address(house: House) -> None:
    bilal, chitra = await house.register(BILAL), await house.register(CHITRA)
    ids = await _practice(house, await _me(bilal), await _me(chitra), None)
    before = await _changes(house)
    for address, row in PRACTICES.items():
        method, _, path = address.partition(" ")
        reply = await bilal.request(method, path.format(**ids), **filled(row.sent, ids))
        assert reply.status_code == 404, (address, reply.text)
    assert await _changes(house) == before


async def test_what_is_of_another_practice_is_missing_in_ones_own(house: House) -> None:
    bilal, chitra = await house.register(BILAL), await house.register(CHITRA)
    me, her = await _me(bilal), await _me(chitra)
    theirs = await _practice(house, me, her, None)
    mine = await _practice(house, me, her, PracticeRole.PARTNER)
    inner = ("company_id", "team_id", "engagement_id")
    for address, row in PRACTICES.items():
        method, _, path = address.partition(" ")
        foreign = [name for name in inner if f"{{{name}}}" in path]
        if not foreign or method == "GET":
            continue
        for name in foreign:
            ids = {**mine, name: theirs[name]}
            reply = await bilal.request(method, path.format(**ids), **filled(row.sent, ids))
            assert reply.status_code in {404, 422}, (address, name, reply.text)


@pytest.mark.parametrize("role", [PracticeRole.ADMINISTRATOR, PracticeRole.MANAGER, PracticeRole.STAFF])
async def test_no_page_of_the_practice_tells_of_a_private_client(house: House, role: PracticeRole) -> None:
    bilal, chitra = await house.register(BILAL), await house.register(CHITRA)
    ids = await _practice(house, await _me(bilal), await _me(chitra), role)
    for address in PRACTICES:
        method, _, path = address.partition(" ")
        if method == "GET":
            text = (await bilal.get(path.format(**ids))).text
            assert SECRET not in text, address
            assert ids["engagement_id"] not in text, address
    assert SECRET not in (await bilal.get("/app")).text
