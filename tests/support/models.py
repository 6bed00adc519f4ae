"""A server on loopback that speaks OpenAI's protocol and misbehaves on cue."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

HANG_SECONDS = 30.0
# What it can do wrong, each with the words it may say before.
FAULTS = (
    "500", "429", "401", "refused", "slow", "cut", "cut_chunked", "empty", "garbage", "hang", "hang_after",
    "not_json", "no_finish", "lies", "uncited",
)  # fmt: skip
TOKENS_IN, TOKENS_OUT = 900, 60


@dataclass
class ModelServer:
    """The server: what it says when it is well, what it does instead, and what it was sent."""

    text: str = "AOC-4 is due within 30 days of the annual general meeting [mca-aoc-4]."
    # One word a request, the last one for all that follow; empty is to answer well.
    cues: list[str] = field(default_factory=list)
    calls: Sequence[tuple[str, dict[str, Any]]] = ()
    pause: float = 0.0
    received: list[dict[str, Any]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    open_streams: int = 0
    port: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open_streams += 1
        try:
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.raw.append(b"")  # the caller went away, which is theirs to decide
        finally:
            self.open_streams -= 1
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        if head.startswith("GET"):
            status = "401 Unauthorized" if self.cues[:1] == ["401"] else "200 OK"
            writer.write(f"HTTP/1.1 {status}\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}".encode())
            await writer.drain()
            return
        length = next(
            int(line.split(":")[1])
            for line in head.split("\r\n")
            if line.lower().startswith("content-length")
        )
        body = await reader.readexactly(length)
        self.raw.append(body)
        self.received.append(json.loads(body))
        cue = (self.cues.pop(0) if len(self.cues) > 1 else self.cues[0]) if self.cues else ""
        await self._do(cue, writer)

    async def _do(self, cue: str, writer: asyncio.StreamWriter) -> None:
        if cue.isdigit():
            said = json.dumps({"error": {"message": "canary-of-the-provider"}}).encode()
            writer.write(
                b"HTTP/1.1 %b X\r\ncontent-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%b"
                % (cue.encode(), len(said), said)
            )
            await writer.drain()
            return
        if cue in {"hang", "slow"}:
            await asyncio.sleep(HANG_SECONDS)
            return
        chunked = cue == "cut_chunked"
        framing = "transfer-encoding: chunked" if chunked else "connection: close"
        writer.write(f"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n{framing}\r\n\r\n".encode())
        for line in self._lines(cue):
            writer.write(b"%x\r\n%b\r\n" % (len(line), line) if chunked else line)
            await writer.drain()
            await asyncio.sleep(self.pause)
        if cue == "hang_after":
            await asyncio.sleep(HANG_SECONDS)

    def _lines(self, cue: str) -> list[bytes]:
        if cue == "not_json":
            return [b"data: {this is no JSON\n\n"]
        if cue == "garbage":
            return [b"\x00\xff\xfe<html>canary-of-the-provider</html>\n\n" * 3]
        if cue == "empty":
            return [_chunk({"role": "assistant", "content": ""}), _chunk({}, "stop"), b"data: [DONE]\n\n"]
        if self.calls and not any(each["role"] == "tool" for each in self.received[-1]["messages"]):
            return [_called(self.calls), _chunk({}, "tool_calls"), _usage(), b"data: [DONE]\n\n"]
        text = {
            "lies": "AOC-4 costs Rs 999 a day [mca-aoc-4].",
            "uncited": "AOC-4 is a form that companies file.",
        }.get(cue, self.text)
        words = [f"{word} " for word in text.split(" ")]
        said = [_chunk({"content": word}) for word in words]
        if cue.startswith(("cut", "hang_after")):
            return said[:3]
        if cue == "no_finish":
            return said
        return [*said, _chunk({}, "stop"), _usage(), b"data: [DONE]\n\n"]


def _chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
    return _data({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def _called(calls: Sequence[tuple[str, dict[str, Any]]]) -> bytes:
    made = [
        {
            "index": at,
            "id": f"call_{at}",
            "type": "function",
            "function": {"name": name, "arguments": json.dumps(given)},
        }
        for at, (name, given) in enumerate(calls)
    ]
    return _chunk({"role": "assistant", "tool_calls": made})


def _usage() -> bytes:
    counts = {
        "prompt_tokens": TOKENS_IN,
        "completion_tokens": TOKENS_OUT,
        "total_tokens": TOKENS_IN + TOKENS_OUT,
    }
    return _data({"choices": [], "usage": counts})


def _data(more: dict[str, Any]) -> bytes:
    return (
        b"data: "
        + json.dumps(
            {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", **more}
        ).encode()
        + b"\n\n"
    )


@asynccontextmanager
async def model_server(**how: Any) -> AsyncIterator[ModelServer]:
    """A server that is listening until the block ends; with the cue `refused` it is not."""
    made = ModelServer(**how)
    server = await asyncio.start_server(made.handle, "127.0.0.1", 0, backlog=2000)
    made.port = server.sockets[0].getsockname()[1]
    if made.cues == ["refused"]:
        server.close()
    try:
        yield made
    finally:
        server.close()
