"""An unexpected error is logged whole, but not with what the variables held."""

import logging

import pytest

from complianceai.entry.logs import configure_logs
from complianceai.entry.settings import Settings

SECRET = "Parrot-77!"


@pytest.mark.parametrize(
    "names",
    [{}, {"environment": "production", "secret_key": "k" * 64, "public_url": "https://compliance.example"}],
    ids=["terminal", "production"],
)
def test_a_traceback_tells_where_but_no_value(
    names: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    configure_logs(Settings(_env_file=None, **names))
    try:
        _fail(SECRET)
    except ValueError:
        logging.getLogger("complianceai").exception("unexpected")
    said = capsys.readouterr().err
    assert "_fail" in said
    assert "ValueError" in said
    assert SECRET not in said


def _fail(password: str) -> None:
    length = len(password)
    raise ValueError(f"a fault of ours ({length})")
