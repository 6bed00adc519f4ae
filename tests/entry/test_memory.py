import gc
import subprocess
import sys

from complianceai.entry.memory import settle_what_stays


def test_what_is_there_is_taken_to_stay() -> None:
    before = gc.get_freeze_count()
    settle_what_stays()
    try:
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


# Each is needed by a command, by a few requests or by the worker, and would take 1 to 8 MB in every serving process.
NOT_WHILE_SERVING = {
    "aiosmtplib", "alembic", "authlib", "complianceai.assistant", "cryptography", "dbos", "httpx", "mako", "obstore",
    "pygments", "pypdf", "rich", "stdnum", "typer", "webauthn", "yaml",
}  # fmt: skip


def test_a_serving_process_starts_without_what_it_seldom_needs() -> None:
    code = "import sys, complianceai.entry.serving, complianceai.entry.asgi; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not NOT_WHILE_SERVING.intersection(told.stdout.split())
