"""What the description of the API says of every operation alike: how it may refuse, and what each reply tells."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI

from complianceai.site.origins import SAFE_METHODS
from complianceai.site.replies import Failure

PREFIX = "#/components/schemas/"
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
REFUSALS: Mapping[int, str] = {
    400: "What was sent cannot be read at all.",
    401: "Nobody is signed in, and no token was given that is good.",
    403: "The role, the token or another site may not do this.",
    404: "There is nothing here for whoever asks.",
    409: "Things have changed since, or do not go together.",
    413: "What was sent is too large.",
    422: "A field breaks its rule; `fields` says which, and how to mend it.",
    429: "Too many requests; `Retry-After` says when to come back.",
    500: "A fault of ours. It has been recorded, and nothing was changed.",
    503: "It took too long, or a service is away. Try again in a minute.",
}
# Told by the draft of httpapi, "RateLimit header fields for HTTP", no. 10.
TOLD: Mapping[str, str] = {
    "RateLimit-Policy": "The window that the request was counted in: its name, quota and seconds.",
    "RateLimit": "What is left of that window, and the seconds until there is more.",
}


def describe(app: FastAPI, *, cookie: str) -> None:
    """Nothing; the application's description is complete, with the cookie called as it is here."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = plain()
            _complete(made, cookie)
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign] # as FastAPI's own guide does it


def _complete(made: dict[str, Any], cookie: str) -> None:
    parts = made.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    schemas.setdefault("Failure", Failure.model_json_schema(ref_template=PREFIX + "{model}"))
    for scheme in parts.get("securitySchemes", {}).values():
        if scheme.get("in") == "cookie":
            scheme["name"] = cookie
    _each(made, _tell_refusals)
    # FastAPI's own shape of a refusal, which nothing here replies with.
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)


def _each(made: dict[str, Any], told: Callable[[str, str, dict[str, Any]], None]) -> None:
    for path, item in made.get("paths", {}).items():
        for method, operation in item.items():
            if method in METHODS:
                told(path, method, operation)


def _tell_refusals(path: str, method: str, operation: dict[str, Any]) -> None:
    replies = operation["responses"]
    for status in _refusals_of(path, method, operation):
        known = replies.get(str(status))
        if known is None or "HTTPValidationError" in str(known):
            failure = {"application/json": {"schema": {"$ref": f"{PREFIX}Failure"}}}
            replies[str(status)] = {"description": REFUSALS[status], "content": failure}
    for reply in replies.values():
        headers = reply.setdefault("headers", {})
        for name, sentence in TOLD.items():
            headers.setdefault(name, {"description": sentence, "schema": {"type": "string"}})


def _refusals_of(path: str, method: str, operation: dict[str, Any]) -> set[int]:
    found = {422, 429, 500, 503}
    if method.upper() not in SAFE_METHODS:
        found |= {403, 409}
    if "requestBody" in operation:
        found |= {400, 413}
    if operation.get("security"):
        found |= {401, 403}
    if "{" in path:
        found.add(404)
    return found
