"""The one table from what went wrong to what is replied, as JSON under /api and as a page elsewhere."""

import re
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from logging import INFO, WARNING

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from complianceai.base.errors import DomainError, InvalidInput, Kind
from complianceai.site.faults import faults_of
from complianceai.site.language import translate
from complianceai.site.log_words import path_for_log
from complianceai.site.preferences import preferences
from complianceai.site.templating import page
from complianceai.site.words import WORDS, marked
from complianceai.storage.failing import refusal_of

log = structlog.get_logger(__name__)

STATUSES: Mapping[Kind, int] = {
    Kind.SIGNED_OUT: 401,
    Kind.OVER_PLAN: 402,
    Kind.FORBIDDEN: 403,
    Kind.MISSING: 404,
    Kind.CONFLICT: 409,
    Kind.INVALID: 422,
    Kind.LIMITED: 429,
    Kind.UNAVAILABLE: 503,
}
# Those who may come back do so after this, where the error itself says no other time.
RETRY_SECONDS = 60
# What somebody may be trying out who has no business here.
GUARDED = frozenset({Kind.SIGNED_OUT, Kind.FORBIDDEN, Kind.LIMITED})
UNEXPECTED = marked(
    "Something went wrong on our side. It has been recorded, and nothing was changed by this request."
)


def refuse(
    request: Request,
    status: int,
    code: str,
    sentence: str,
    fields: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The reply to a request that is refused: JSON of the contract's shape under /api, a page of its own elsewhere."""
    if request.url.path.startswith("/api/"):
        body = {"success": False, "error": sentence, "code": code, "fields": dict(fields or {})}
        return JSONResponse(body, status, headers=dict(headers or {}))
    language = preferences(request).language
    title, advice = (translate(language, words) for words in WORDS.get(status, WORDS[500]))
    told = (
        [text for text in fields.values() if isinstance(text, str)]
        if fields and status == HTTPStatus.UNPROCESSABLE_ENTITY
        else []
    )
    return page(
        request, "site/error.html", status=status, headers=headers,
        title=title, advice=advice, sentence=sentence, fields=told,
    )  # fmt: skip


def refuse_domain_error(request: Request, error: Exception) -> Response:
    """The reply to a mistake that a room of ours has named."""
    assert isinstance(error, DomainError)  # noqa: S101 - registered for this class only
    _note(request, error.code, error.kind)
    language = preferences(request).language
    sentence = translate(language, error.sentence)
    # The fields of invalid input are named by the caller: they are never read as a template's.
    told = sentence if isinstance(error, InvalidInput) else sentence.format_map(error.fields)
    headers = _when_to_come_back(error)
    fields = {
        name: value if isinstance(value, int | float | bool) else translate(language, str(value))
        for name, value in error.fields.items()
    }
    return refuse(request, STATUSES[error.kind], error.code, told, fields, headers)


def _when_to_come_back(error: DomainError) -> dict[str, str]:
    if error.kind not in {Kind.LIMITED, Kind.UNAVAILABLE}:
        return {}
    usual = RETRY_SECONDS if error.kind is Kind.UNAVAILABLE else None
    seconds = error.fields.get("retry_after_seconds", usual)
    return {} if seconds is None else {"Retry-After": str(seconds)}


def _refuse_http(request: Request, error: Exception) -> Response:
    """The reply to an address that is not there, a method that it does not take, and the like."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    title, _ = WORDS.get(error.status_code, WORDS[500])
    code = f"http.{HTTPStatus(error.status_code).name.lower()}"
    sentence = translate(preferences(request).language, title) + "."
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_methods_at(request))
    return refuse(request, error.status_code, code, sentence, None, headers)


def _methods_at(request: Request) -> list[str]:
    """What the address may be asked with, by all routes that fit it best: the framework tells only of the first."""
    contexts = iter_route_contexts(request.app.routes)
    fitting = [each for each in contexts if _pattern(each.path).match(request.url.path)]
    # An address that stands as it is goes before one in which something is left open.
    fewest = min((_holes(each.path) for each in fitting), default=0)
    best = (each.methods or () for each in fitting if _holes(each.path) == fewest)
    return sorted({method for methods in best for method in methods})


def _holes(path: str | None) -> int:
    return (path or "").count("{")


@lru_cache(maxsize=1024)
def _pattern(path: str | None) -> re.Pattern[str]:
    return compile_path(path or "")[0]


def _refuse_shape(request: Request, error: Exception) -> Response:
    """The reply to input of the wrong shape: each field by its path, with what was expected."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    is_of_path = any(each["loc"][:1] == ("path",) for each in error.errors())
    if is_of_path and request.method not in _methods_at(request):
        return _refuse_http(request, HTTPException(HTTPStatus.METHOD_NOT_ALLOWED))
    return refuse_domain_error(request, InvalidInput(faults_of(error.errors())))


def _note(request: Request, code: str, kind: Kind) -> None:
    """The refusal's line in the log: what was tried and by what rule it failed, and nothing of what was sent."""
    log.log(
        WARNING if kind in GUARDED else INFO,
        "refused",
        code=code,
        method=request.method,
        path=path_for_log(request.url.path),
    )


class CatchUnexpected:
    """Replies to a fault of our own: nothing of its cause is told to the caller, all of it is logged.

    A database that is away or a disk that is full is no such fault: it is told as what it is, and when to come back.

    A layer of ours and not a handler, because Starlette calls a handler of `Exception` outside every other layer, where
    its reply would go out without the protections.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; a fault after the reply has begun goes on to the server, which drops the line."""
        has_begun = False

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if scope["type"] != "http" or has_begun:
                raise
            request = Request(scope)
            if (refusal := refusal_of(error)) is not None:
                log.warning("unavailable", code=refusal.code, error=type(error).__name__)
                await refuse_domain_error(request, refusal)(scope, receive, send)
                return
            log.exception(
                "unexpected", path=path_for_log(request.url.path), method=request.method, exc_info=error
            )
            sentence = translate(preferences(request).language, UNEXPECTED)
            await refuse(request, 500, "site.unexpected", sentence)(scope, receive, send)


def handle_errors(app: FastAPI) -> None:
    """Makes the application reply to every refusal by the table above."""
    app.add_exception_handler(DomainError, refuse_domain_error)
    app.add_exception_handler(HTTPException, _refuse_http)
    app.add_exception_handler(RequestValidationError, _refuse_shape)
