"""`complianceai serve`: the port taken, the database brought up to date, and the law read before anything is served."""

import asyncio
import errno
import os
import socket
import sys
import tempfile
from typing import NoReturn

from complianceai import catalogue
from complianceai.entry.errors import CannotListen, PortTaken
from complianceai.entry.logs import configure_logs
from complianceai.entry.settings import load_settings
from complianceai.operations.metrics import SHARED
from complianceai.storage import migrate as migrations
from complianceai.storage.database import SERVER_POOL_SIZE, Database

# PostgreSQL takes a hundred connections by default; a few are left for whoever looks after it.
CONNECTIONS_IN_ALL = 90
BACKLOG = 2048


def serve(
    host: str = "127.0.0.1", port: int = 8000, workers: int = 1, *, with_worker: bool = True
) -> NoReturn:
    """Never returns: the process becomes the server, with a worker for the background where that is wanted.

    Errors: BadSettings; PortTaken; CannotListen; CatalogueFaults; those of `storage.migrate`.
    """
    configure_logs(load_settings())
    listening = _listen(host, port)
    migrate()
    catalogue.load()  # faulty law is told here in one line, instead of by each worker
    if workers > 1:
        # Whichever of them is asked for figures tells of all.
        os.environ.setdefault(SHARED, tempfile.mkdtemp(prefix="complianceai-metrics-"))
        os.environ.setdefault("DATABASE_POOL_SIZE", str(min(SERVER_POOL_SIZE, CONNECTIONS_IN_ALL // workers)))
    _become_server(listening, host, str(workers), "worker" if with_worker else "no-worker")


def migrate() -> str:
    """The revision of the database, which is the present one now.

    Errors: BadSettings; those of `storage.migrate`.
    """

    async def run() -> str:
        database = Database(load_settings().database, pool_size=1)
        try:
            return await migrations.migrate(database)
        finally:
            await database.close()

    return asyncio.run(run())


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # Two servers may bind one port that nobody listens on yet; only one may listen.
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host=host, port=port, other=port + 1 if port < 65535 else 8000) from error
        raise CannotListen(host=host, port=port, fault=(error.strerror or str(error)).lower()) from error
    listening.set_inheritable(True)
    return listening


def _become_server(listening: socket.socket, *arguments: str) -> NoReturn:
    """Never returns: the same process is another program from here on (why: see `serving`)."""
    sys.stdout.flush()
    sys.stderr.flush()
    program = [sys.executable, "-P", "-m", "complianceai.entry.serving"]
    os.execv(sys.executable, [*program, str(listening.fileno()), *arguments])  # noqa: S606  # nosec B606 - ourselves
