"""A worker backs up every night, once, and drops what nothing keeps."""

from pathlib import Path

from complianceai.entry.settings import Settings
from complianceai.entry.worker import make_registry, make_tools
from complianceai.jobs.performing import perform
from complianceai.operations.backup.places import Place
from complianceai.operations.backup.work import NIGHTLY
from complianceai.storage.outbox import put_in_outbox
from tests.cast import House
from tests.operations.backup.conftest import NOW


async def test_the_nightly_job_makes_one_and_keeps_as_many_as_is_set(house: House, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    old = tmp_path / "backups" / "complianceai-20200101T000000Z.tar.gz"
    old.write_text("x")
    settings = Settings(
        _env_file=None,
        database_url=house.settings.database_url,
        data_dir=tmp_path,
        backup_keep="1,0,0",  # type: ignore[arg-type]  # as the environment has it
    )
    registry = make_registry(settings)
    assert NIGHTLY in registry.schedules
    async with house.database.transaction() as connection:
        job = await put_in_outbox(connection, NIGHTLY, {}, NOW)
    await perform(registry, make_tools(settings, house.database), job, 0)
    assert len(await Place((tmp_path / "backups").as_uri()).list()) == 1
    assert not old.exists()


def test_whoever_wants_none_has_none(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, backup_nightly=False)
    assert NIGHTLY not in make_registry(settings).kinds
