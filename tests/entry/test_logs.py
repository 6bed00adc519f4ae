"""What the product writes about itself."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from complianceai.entry.errors import BadSettings
from complianceai.entry.logs import configure_logs
from complianceai.entry.settings import Settings


@pytest.fixture(autouse=True)
def left_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for each in set(root.handlers) - set(handlers):
        each.close()
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def test_a_line_of_ours_and_one_of_a_library_are_json_in_the_file(tmp_path: Path) -> None:
    configure_logs(Settings(_env_file=None, log_dir=tmp_path / "logs"))
    with structlog.contextvars.bound_contextvars(request_id="trace-1"):
        structlog.get_logger("complianceai.test").warning("ours", count=2)
    logging.getLogger("library").error("theirs %s", 7)
    logging.getLogger("uvicorn").info("chatter")
    lines = [json.loads(line) for line in (tmp_path / "logs" / "combined.log").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["ours", "theirs 7"]
    assert (lines[0]["request_id"], lines[0]["count"], lines[0]["level"]) == ("trace-1", 2, "warning")
    assert lines[1]["logger"] == "library"
    [only] = (tmp_path / "logs" / "error.log").read_text().splitlines()
    assert json.loads(only)["event"] == "theirs 7"


def test_the_level_is_kept(tmp_path: Path) -> None:
    configure_logs(Settings(_env_file=None, log_dir=tmp_path, log_level="error"))
    structlog.get_logger("complianceai.test").warning("unheard")
    assert not (tmp_path / "combined.log").read_text()


def test_a_folder_that_cannot_be_written_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file")
    with pytest.raises(BadSettings, match=r"^LOG_DIR: cannot be written"):
        configure_logs(Settings(_env_file=None, log_dir=tmp_path / "logs"))
