"""`complianceai serve`: the database brought up to date, the port taken, and the address said once it answers."""

import asyncio
import errno
import os
import signal
import socket
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException

import uvicorn
from uvicorn.supervisors import Multiprocess

from complianceai import catalogue
from complianceai.entry.errors import CannotListen, PortTaken
from complianceai.entry.logs import configure_logs
from complianceai.entry.memory import give_back_what_is_free
from complianceai.entry.minding import Minder
from complianceai.entry.settings import load_settings
from complianceai.storage import migrate as migrations
from complianceai.storage.database import SERVER_POOL_SIZE, Database

BACKLOG = 2048
# PostgreSQL takes a hundred connections by default; a few are left for whoever looks after it.
CONNECTIONS_IN_ALL = 90
# A request may take thirty seconds; whoever stops the server lets those under way end.
GRACE_SECONDS = 30
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # nosec B104  # noqa: S104 - compared with, not bound to


def serve(host: str = "127.0.0.1", port: int = 8000, workers: int = 1, *, with_worker: bool = True) -> None:
    """Nothing, when the server has been stopped, and with it the worker for the background where it brought one along.

    Errors: BadSettings; PortTaken; CannotListen; CatalogueFaults; those of `storage.migrate`.
    """
    settings = load_settings()
    configure_logs(settings)
    give_back_what_is_free()
    listening = _listen(host, port)
    migrate()
    catalogue.load()  # faulty law is told here in one line, instead of by each worker
    if workers > 1:
        os.environ.setdefault("DATABASE_POOL_SIZE", str(min(SERVER_POOL_SIZE, CONNECTIONS_IN_ALL // workers)))
    config = uvicorn.Config(
        "complianceai.entry.asgi:application",
        factory=True,
        workers=workers,
        backlog=BACKLOG,
        log_config=None,
        access_log=False,
        server_header=False,
        # Proxies are believed by TRUSTED_PROXIES, inside the application.
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    address = _address(host, listening.getsockname()[1])
    minder = Minder(address) if with_worker else None
    threading.Thread(target=_announce, args=(address, host, listening, minder), daemon=True).start()
    # By itself this signal ends the process on the spot, once the server has stopped.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        _run(config, listening)
    finally:
        if minder is not None:
            minder.stop()


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


def _run(config: uvicorn.Config, listening: socket.socket) -> None:
    if config.workers > 1:
        Multiprocess(config, sockets=[listening]).run()
        return
    server = uvicorn.Server(config)
    server.run(sockets=[listening])
    if not server.started:
        sys.exit(1)  # why stands in the log


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _announce(address: str, host: str, listening: socket.socket, minder: Minder | None) -> None:
    """Says the address as soon as the server answers there, which is what a person or a script waits for."""
    while not _answers(EVERYWHERE.get(host, host), listening.getsockname()[1]):
        time.sleep(0.03)
    sys.stdout.write(f"ComplianceAI is ready at {address}\n")
    sys.stdout.flush()
    # Only now, so that nobody waits for pages while two programs start side by side.
    if minder is not None:
        minder.start()


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status in {200, 503}
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
