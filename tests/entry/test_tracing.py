"""Spans reach a collector, tell no secret, and cost nothing where no collector is set."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest
import structlog
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from structlog.testing import LogCapture

from complianceai.storage.timing import timed
from tests.cast import ASHA, describe, open_house


class Collector:
    """A collector on loopback that keeps what it was sent."""

    def __init__(self) -> None:
        kept: list[Any] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if not self.path.endswith("/v1/traces"):
                    body = b""
                asked = ExportTraceServiceRequest.FromString(body)
                for resource in asked.resource_spans:
                    for scope in resource.scope_spans:
                        kept.extend(scope.spans)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        self.spans = kept
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def named(self, beginning: str) -> list[Any]:
        return [each for each in self.spans if each.name.startswith(beginning)]


@pytest.fixture
def collector() -> Iterator[Collector]:
    made = Collector()
    yield made
    made.close()


@contextmanager
def caught_lines() -> Iterator[list[Any]]:
    """What is logged, with what the context adds to each line."""
    before, capture = structlog.get_config()["processors"], LogCapture()
    kept = list(before)
    before[:] = [structlog.contextvars.merge_contextvars, capture]
    try:
        yield capture.entries
    finally:
        before[:] = kept


def told(span: Any) -> dict[str, Any]:
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


async def test_a_request_is_a_span_around_its_statements_and_its_id_is_in_the_log(
    database_url: str, collector: Collector
) -> None:
    async with open_house(database_url, otel_exporter_otlp_endpoint=collector.url) as house:
        asha = await house.register(ASHA)
        company = await describe(asha)
        with caught_lines() as lines:
            await asha.get(f"/app/companies/{company}?q=very-secret")
    [one] = collector.named("GET /app/companies/{company_id}")
    seen = told(one)
    assert (seen["http.route"], seen["http.response.status_code"]) == ("/app/companies/{company_id}", 200)
    assert one.kind == 2
    inside = [each for each in collector.spans if each.trace_id == one.trace_id and each is not one]
    assert inside
    assert {told(each)["db.system"] for each in inside} == {
        "sqlite" if house.database.is_sqlite else "postgresql"
    }
    [line] = [each for each in lines if each["event"] == "request"]
    assert seen["complianceai.request_id"]
    assert line["trace_id"] == one.trace_id.hex()
    everything = b"".join(each.SerializeToString() for each in collector.spans)
    for secret in (ASHA.password, ASHA.email, "very-secret", company, ASHA.name):
        assert secret.encode() not in everything


async def test_work_and_calls_are_spans_and_an_error_is_told_by_its_type_alone(
    database_url: str, collector: Collector
) -> None:
    async with open_house(database_url, otel_exporter_otlp_endpoint=collector.url):
        with timed("job", "mail.send"):
            async with httpx.AsyncClient() as client:
                await client.post(f"{collector.url}/hooks/secret-path", content=b"")
        with pytest.raises(LookupError), timed("job", "mail.lost"):
            raise LookupError("what somebody wrote")
    [sent], [lost] = collector.named("job mail.send"), collector.named("job mail.lost")
    [call] = collector.named("POST 127.0.0.1")
    assert (call.trace_id, call.parent_span_id) == (sent.trace_id, sent.span_id)
    assert told(call)["http.response.status_code"] == 200
    assert told(lost)["error.type"] == "LookupError"
    everything = b"".join(each.SerializeToString() for each in collector.spans)
    assert b"secret-path" not in everything
    assert b"what somebody wrote" not in everything


async def test_a_collector_that_is_gone_harms_nobody(database_url: str) -> None:
    async with open_house(database_url, otel_exporter_otlp_endpoint="http://127.0.0.1:9") as house:
        assert (await (await house.visitor()).get("/api/health")).status_code == 200


def test_where_none_is_set_nothing_of_it_is_imported() -> None:
    code = (
        "import sys; from complianceai.entry.asgi import create_app; from complianceai.entry.settings import Settings;"
        "create_app(Settings(_env_file=None, database_url='sqlite:///never.db')); print(*sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not [
        each for each in said.split() if each.startswith(("opentelemetry.sdk", "opentelemetry.exporter"))
    ]
