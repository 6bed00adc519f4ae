"""`complianceai company`: out of one folder and into another, by the program itself."""

import os
import subprocess
import sys
from asyncio import to_thread
from pathlib import Path

from complianceai.storage.database import Database
from complianceai.storage.migrate import migrate
from complianceai.storage.urls import sqlite_url
from tests.cast import open_house
from tests.operations.carrying.conftest import live_in

COMMAND = Path(sys.executable).with_name("complianceai")


async def run(data_dir: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return await to_thread(
        subprocess.run,
        [COMMAND, "company", *arguments],
        env={**environment, "DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        check=False,
    )


async def test_a_company_goes_from_folder_to_folder_by_two_commands(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "here" / "complianceai.db")
    database = Database(url)
    await migrate(database)
    await database.close()
    async with open_house(url, None, rate_limit="10000/minute", data_dir=tmp_path / "here") as house:
        company = (await live_in(house)).company
    archive = tmp_path / "out.zip"
    out = await run(tmp_path / "here", "export", company, "--to", str(archive))
    assert out.returncode == 0, out.stderr
    assert "rows in" in out.stdout
    again = await run(tmp_path / "here", "export", company, "--to", str(archive))
    assert (again.returncode, again.stderr) == (1, f"--to: {archive} is there already\n")
    came = await run(tmp_path / "there", "import", str(archive))
    assert came.returncode == 0, came.stderr
    assert "2 files, each read back and found as the archive has it" in came.stdout
    assert "new here: asha@example.com, who chooses a password at /forgot" in came.stdout
    twice = await run(tmp_path / "there", "import", str(archive))
    assert twice.returncode == 1
    assert "the company is here already" in twice.stderr


async def test_a_company_that_is_not_there_leaves_no_archive(tmp_path: Path) -> None:
    nobodys = "01a21023-3f4c-73b9-808e-3f0076b49641"
    out = await run(tmp_path, "export", nobodys, "--to", str(tmp_path / "out.zip"))
    assert out.returncode == 1
    assert f"There is no company {nobodys}." in out.stderr
    assert not await to_thread(lambda: list(tmp_path.glob("out.zip*")))
