"""What a caller's line may cost, tried on a real server with quick clocks."""

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from complianceai.entry import lines
from tests.support.servers import free_port

PIECE = b"x" * 65536
HEADERS = b"GET / HTTP/1.1\r\nHost: localhost\r\n"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """A short reply, or one that is far larger than any line holds."""
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    pieces = 800 if scope["path"] == "/large" else 1
    for left in reversed(range(pieces)):
        await send({"type": "http.response.body", "body": PIECE, "more_body": left > 0})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[uvicorn.Server]:
    monkeypatch.setattr(lines, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(lines, "UNREAD_SECONDS", 0.5)
    monkeypatch.setattr(lines, "most_lines", lambda: 4)
    config = uvicorn.Config(app, port=free_port(), http=lines.Line, log_config=None, lifespan="off")
    made = uvicorn.Server(config)
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    while not made.started:
        time.sleep(0.02)
    yield made
    made.should_exit = True
    thread.join(timeout=20)


def call(server: uvicorn.Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.config.port), timeout=10)


def is_hung_up(line: socket.socket) -> bool:
    try:
        return line.recv(100) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("begun", [b"", b"GET / HT", HEADERS])
def test_a_head_that_does_not_end_is_not_waited_for(server: uvicorn.Server, begun: bytes) -> None:
    with call(server) as line:
        line.sendall(begun)
        began = time.monotonic()
        assert is_hung_up(line)
        assert 0.3 < time.monotonic() - began < 5


def test_a_second_head_on_a_line_has_its_own_clock(server: uvicorn.Server) -> None:
    with call(server) as line:
        line.sendall(HEADERS + b"\r\n")
        taken = b""
        while not taken.endswith(b"0\r\n\r\n"):
            taken += line.recv(1_000_000)
        line.sendall(HEADERS)
        assert is_hung_up(line)


def test_a_head_without_end_is_refused_by_its_size(server: uvicorn.Server) -> None:
    with call(server) as line:
        line.sendall(HEADERS)
        for _ in range(20):
            line.sendall(b"X-More: " + b"a" * 4000 + b"\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 431 ")


def test_whoever_does_not_read_is_hung_up_on(server: uvicorn.Server) -> None:
    with call(server) as line:
        line.sendall(HEADERS.replace(b"/ ", b"/large ") + b"\r\n")
        time.sleep(2)
        taken = 0
        try:
            while piece := line.recv(1_000_000):
                taken += len(piece)
        except ConnectionResetError:
            pass
        assert taken < 800 * len(PIECE)


def test_whoever_reads_slowly_gets_it_all(server: uvicorn.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "UNREAD_SECONDS", 5.0)
    with httpx.stream("GET", f"http://127.0.0.1:{server.config.port}/large", timeout=20) as reply:
        taken = 0
        for number, piece in enumerate(reply.iter_raw()):
            taken += len(piece)
            time.sleep(0.2 if number in {5, 10, 15} else 0)
    assert taken == 800 * len(PIECE)


def test_one_line_too_many_is_told_so_and_the_others_stay(server: uvicorn.Server) -> None:
    held = [call(server) for _ in range(4)]
    with call(server) as line:
        assert line.recv(1000).startswith(b"HTTP/1.1 503 ")
        assert is_hung_up(line)
    held[0].sendall(HEADERS + b"\r\n")
    assert held[0].recv(100).startswith(b"HTTP/1.1 200 ")
    for each in held:
        each.close()
