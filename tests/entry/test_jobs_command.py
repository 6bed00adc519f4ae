"""Whoever looks after a server sees what waits and what failed, and lets it be tried again."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from complianceai.base.clock import utc_now
from complianceai.base.ids import UUID, new_id
from complianceai.entry.cli import app
from complianceai.storage.database import Database
from complianceai.storage.migrate import migrate
from complianceai.storage.outbox import claim, give_up, put_in_outbox


@pytest.fixture
def failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """The one of two jobs that failed."""
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path / 'jobs.db'}"
    monkeypatch.setenv("DATABASE_URL", url)

    async def fill() -> UUID:
        database, now = Database(url), utc_now()
        await migrate(database)
        async with database.transaction() as connection:
            await put_in_outbox(
                connection, "mail", {"to": "asha@example.com"}, now, due_at=now + timedelta(days=1)
            )
            job_id = await put_in_outbox(connection, "mail", {"to": "asha@example.com"}, now)
            job = await claim(connection, job_id, 0, now)
            assert job is not None
            await give_up(connection, job, "SMTP_URL is not set", now)
        await database.close()
        return job_id

    return asyncio.run(fill())


def _run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["jobs", *arguments])
    return done.exit_code, done.stdout


def test_what_failed_is_told_with_its_reason_and_without_what_it_holds_of_people(failed: UUID) -> None:
    assert _run() == (
        0,
        f"1 failed, 1 waiting\n{failed}  mail  failed after 1 attempts: SMTP_URL is not set\n",
    )
    status, told = _run("--format", "json")
    found = json.loads(told)
    assert (status, found["counts"]) == (0, {"failed": 1, "waiting": 1})
    assert [each["id"] for each in found["failed"]] == [str(failed)]
    assert "asha" not in told


def test_what_failed_waits_again_when_asked_to(failed: UUID) -> None:
    assert _run("retry", str(new_id()))[0] == 1
    assert _run("retry", str(failed)) == (0, "1 job waits again\n")
    assert _run("retry") == (0, "0 jobs wait again\n")
    assert _run() == (0, "2 waiting\n")
