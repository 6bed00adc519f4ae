"""Spans of requests, named work, the database and outgoing calls, sent by OTLP where a collector is set.

Without one nothing of it is imported. No span holds what people typed: routes and not addresses, statements without
values, of a call the host alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from complianceai.entry.errors import BadSettings
from complianceai.operations.metrics.counting import count_work
from complianceai.storage.timing import measure, measure_no_more

if TYPE_CHECKING:
    import httpx
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, Tracer

    from complianceai.entry.settings import Settings
    from complianceai.storage.database import Database

MOST_STATEMENT = 2000
FLUSH_MS = 5000
_KEPT = "complianceai_span"


class Tracing:
    """What sends the spans of one process, until it ends."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer: Tracer = provider.get_tracer("complianceai")
        self._undo: list[Callable[[], None]] = []
        measure(self.work)
        self._undo.append(lambda: measure_no_more(self.work))
        self._watch_calls()

    @contextmanager
    def request(self, method: str) -> Iterator[Span]:
        """The span of a request, the root of what happens in it; `end_request` names it once its route is known.

        What a caller says of a trace is not believed: anybody could choose whose spans are kept.
        """
        from opentelemetry.context import Context
        from opentelemetry.trace import SpanKind

        with self._tracer.start_as_current_span(
            method, Context(), SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:
            yield span

    def end_request(self, span: Span, method: str, route: str | None, status: int, request_id: str) -> None:
        """Nothing; the span tells what became of the request."""
        from opentelemetry.trace import StatusCode

        span.update_name(f"{method} {route or 'none'}")
        span.set_attributes(
            {
                "http.request.method": method,
                "http.route": route or "none",
                "http.response.status_code": status,
                "complianceai.request_id": request_id,
            }
        )
        if status >= 500:
            span.set_status(StatusCode.ERROR)

    @contextmanager
    def work(self, kind: str, name: str) -> Iterator[None]:
        """Nothing; the piece of work is a span. Of an error its type alone is told: its words may be people's."""
        with self._told(f"{kind} {name}", {}):
            yield

    def watch(self, database: Database) -> None:
        """Nothing; every statement of the database is a span from now on."""
        engine = database.engine.sync_engine
        system = engine.dialect.name
        for name, listener in (
            ("before_cursor_execute", self._before(system)),
            ("after_cursor_execute", _after),
            ("handle_error", _failed),
        ):
            event.listen(engine, name, listener)
            self._undo.append(partial(event.remove, engine, name, listener))
        if not database.is_sqlite:
            self._watch_glances(database)

    async def end(self) -> None:
        """Nothing; what still waits is sent, or given up after five seconds."""
        while self._undo:
            self._undo.pop()()
        await asyncio.to_thread(self._provider.force_flush, FLUSH_MS)
        await asyncio.to_thread(self._provider.shutdown)

    @contextmanager
    def _told(self, name: str, attributes: dict[str, str], kind: Any = None) -> Iterator[Span]:
        from opentelemetry.trace import SpanKind, StatusCode

        with self._tracer.start_as_current_span(
            name,
            kind=kind or SpanKind.INTERNAL,
            attributes=attributes,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield span
            except BaseException as error:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(StatusCode.ERROR)
                raise

    def _before(self, system: str) -> Callable[..., None]:
        def before(_c: Any, _cursor: Any, statement: str, _p: Any, context: Any, _many: bool) -> None:  # noqa: FBT001
            from opentelemetry.trace import SpanKind

            text = " ".join(statement.split())
            span = self._tracer.start_span(text.partition(" ")[0] or "SQL", kind=SpanKind.CLIENT)
            span.set_attributes({"db.system": system, "db.query.text": text[:MOST_STATEMENT]})
            setattr(context, _KEPT, span)

        return before

    def _watch_glances(self, database: Database) -> None:
        from opentelemetry.trace import SpanKind

        asked = database.glance

        async def glance(wanted: Any, **given: Any) -> Sequence[Any]:
            with self._told("SELECT", {"db.system": "postgresql", "db.operation": "glance"}, SpanKind.CLIENT):
                return await asked(wanted, **given)

        database.glance = glance  # type: ignore[method-assign]

    def _watch_calls(self) -> None:
        import httpx
        from opentelemetry.trace import SpanKind

        kept = httpx.AsyncHTTPTransport.handle_async_request

        async def handle(transport: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
            # The host alone: a path or a query may be the very secret of a webhook.
            told = {"http.request.method": request.method, "server.address": request.url.host}
            with self._told(f"{request.method} {request.url.host}", told, SpanKind.CLIENT) as span:
                response = await kept(transport, request)
                span.set_attribute("http.response.status_code", response.status_code)
                return response

        def put_back() -> None:
            httpx.AsyncHTTPTransport.handle_async_request = kept  # type: ignore[method-assign]

        httpx.AsyncHTTPTransport.handle_async_request = handle  # type: ignore[method-assign,assignment]
        self._undo.append(put_back)


def watched(settings: Settings, database: Database, service: str) -> Tracing | None:
    """What sends the spans of this process, where a collector is set; named work is counted in any case.

    Errors: BadSettings where the library is not installed.
    """
    measure(count_work)
    tracing = begin_tracing(settings, service)
    if tracing is not None:
        tracing.watch(database)
    return tracing


def begin_tracing(settings: Settings, service: str) -> Tracing | None:
    """What sends the spans of this process; None where no collector is set.

    Errors: BadSettings where the library is not installed.
    """
    endpoint = settings.otel_exporter_otlp_endpoint
    if endpoint is None:
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise BadSettings(
            ["OTEL_EXPORTER_OTLP_ENDPOINT: spans need the extra `otel`. Install complianceai[otel]"]
        ) from error
    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    provider.add_span_processor(
        BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces"))
    )
    return Tracing(provider)


def _after(_c: Any, _cursor: Any, _s: str, _p: Any, context: Any, _many: bool) -> None:  # noqa: FBT001
    span = getattr(context, _KEPT, None)
    if span is not None:
        span.end()


def _failed(failure: Any) -> None:
    from opentelemetry.trace import StatusCode

    span = getattr(failure.execution_context, _KEPT, None)
    if span is not None:
        span.set_attribute("error.type", type(failure.original_exception).__name__)
        span.set_status(StatusCode.ERROR)
        span.end()
