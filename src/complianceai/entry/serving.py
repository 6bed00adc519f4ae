"""The serving process: what answers on a port that is listened on already, until it is stopped.

`complianceai serve` becomes this program by `exec` once the database is up to date, so that nothing of the command
line, of the migrations or of the reading of YAML takes up memory for as long as the server lives.
"""

import signal
import socket
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException

import uvicorn
from uvicorn.supervisors import Multiprocess

from complianceai.entry.lines import Line, take_all_files
from complianceai.entry.logs import configure_logs
from complianceai.entry.memory import give_back_what_is_free
from complianceai.entry.minding import Minder
from complianceai.entry.settings import load_settings

# A request may take thirty seconds; whoever stops the server lets those under way end.
GRACE_SECONDS = 30
# Balancers keep a line without requests for sixty seconds; whoever hangs up first must not be the one who is asked.
IDLE_SECONDS = 75
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # nosec B104  # noqa: S104 - compared with, not bound to


class _Supervisor(Multiprocess):
    """The parent of several serving processes."""

    def terminate_all(self) -> None:
        """Nothing; they were told to stop, and whoever calls from now on is refused instead of waiting in vain."""
        for listening in self.sockets:
            listening.close()
        super().terminate_all()


def serve_on(listening: socket.socket, host: str, workers: int, *, with_worker: bool) -> None:
    """Nothing, when the server has been stopped, and with it the worker for the background if it has one."""
    config = uvicorn.Config(
        "complianceai.entry.asgi:application",
        factory=True,
        http=Line,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        # Proxies are believed by TRUSTED_PROXIES, inside the application.
        proxy_headers=False,
        timeout_keep_alive=IDLE_SECONDS,
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


def _run(config: uvicorn.Config, listening: socket.socket) -> None:
    if config.workers > 1:
        _Supervisor(config, sockets=[listening]).run()
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


def main() -> None:
    """Serves as `serve` asks for; ends with status 130 where a person interrupts it."""
    descriptor, host, workers, worker = sys.argv[1:]
    configure_logs(load_settings())
    give_back_what_is_free()
    take_all_files()
    try:
        listening = socket.socket(fileno=int(descriptor))
        serve_on(listening, host, int(workers), with_worker=worker == "worker")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
