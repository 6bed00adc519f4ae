"""A database, a clock, and the tools of a worker whose mails stay in memory's reach: a folder of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from complianceai.jobs.mail.folder import FolderPost
from complianceai.jobs.tools import Tools
from complianceai.storage.database import Database
from complianceai.storage.sealing import Sealer
from tests.support.clocks import Watch


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url)
    yield made
    await made.close()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def tools(database: Database, watch: Watch, tmp_path: Path) -> Tools:
    return Tools(
        database=database,
        sealer=Sealer("a secret of the tests"),
        post=FolderPost(tmp_path / "mail"),
        public_url="https://dates.example",
        mail_from="ComplianceAI <no-reply@dates.example>",
        clock=watch,
    )
