"""A firm, and a worker's tools on its database, whose mails stay in a folder of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from complianceai.jobs.mail.folder import FolderPost
from complianceai.jobs.tools import Tools
from tests.cast import House, open_house
from tests.register.reminders.office import Office
from tests.register.tasks.cast_of_tasks import firm_of


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(
        database_url, redis_url, rate_limit="100000/minute", webhook_private_hosts=("127.0.0.1",)
    ) as made:
        yield made


@pytest.fixture
async def office(house: House, tmp_path: Path) -> Office:
    folder = tmp_path / "mail"
    tools = Tools(
        database=house.database,
        sealer=house.app.state.services.sealer,
        post=FolderPost(folder),
        public_url="https://dates.example",
        mail_from="ComplianceAI <no-reply@dates.example>",
        clock=house.watch,
        private_hosts=frozenset({"127.0.0.1"}),
    )
    return Office(await firm_of(house), tools, folder)
