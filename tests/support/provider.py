"""A provider of OpenID Connect on a loopback port, with keys of its own, that keeps the protocol or breaks it."""

import asyncio
import json
import secrets
import threading
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from hmac import digest
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.support.servers import accepts, free_port

CLIENT, SECRET = "complianceai & co", "hush: a secret/with+signs"


@lru_cache
def _rsa(name: str, use: str) -> RSAKey:
    # They take a while to make, and no test minds another's.
    return RSAKey.generate_key(2048, {"kid": name, "use": use})


@dataclass
class Standin:
    """The provider: who is signed in there, and every knob that a test may turn."""

    issuer: str
    clock: Callable[[], datetime]
    person: dict[str, Any] = field(
        default_factory=lambda: {
            "sub": "u-1",
            "email": "asha@example.com",
            "email_verified": True,
            "name": "Asha Rao",
        }
    )
    # What replaces the right claims; None takes one away.
    claims: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    names_itself: bool = True
    email_in_userinfo: bool = False
    slow_seconds: float = 0
    status: int = 200
    sign: Callable[[dict[str, Any], Any], str] | None = None
    key: Any = field(default_factory=lambda: _rsa("first", "sig"))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)

    def rotate(self) -> None:
        """From now on another key signs, of another kind and name."""
        self.key = ECKey.generate_key("P-256", {"kid": "second", "use": "sig"})

    def keys(self) -> dict[str, Any]:
        other = _rsa("other", "enc")
        shared = OctKey.generate_key(256, {"kid": "shared"})
        return {"keys": [each.as_dict(private=False) for each in (other, self.key)] + [shared.as_dict()]}

    def describe(self) -> dict[str, Any]:
        at = self.issuer
        return {
            "issuer": at, "authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/jwks", "userinfo_endpoint": f"{at}/userinfo", **self.told,
        }  # fmt: skip

    def token(self, nonce: str) -> str:
        at = int(self.clock().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": at,
            "exp": at + 300,
            "nonce": nonce,
            "sub": self.person["sub"],
        }
        claims |= {} if self.email_in_userinfo else self.person
        claims |= self.claims
        kept = {name: value for name, value in claims.items() if value is not None}
        if self.sign is not None:
            return self.sign(kept, self.key)
        algorithm = "RS256" if isinstance(self.key, RSAKey) else "ES256"
        return jwt.encode({"alg": algorithm, "kid": self.key.kid}, kept, self.key)


def _routes(standin: Standin) -> list[Route]:
    async def discover(request: Request) -> Response:
        return JSONResponse(standin.describe())

    async def keys(request: Request) -> Response:
        return JSONResponse(standin.keys())

    async def authorize(request: Request) -> Response:
        asked = dict(request.query_params)
        standin.asked.append(asked)
        code = secrets.token_urlsafe(16)
        standin.codes[code] = asked
        answer = {"code": code, "state": asked["state"]}
        if standin.names_itself:
            answer["iss"] = standin.issuer
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", status_code=302)

    async def token(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        asked = standin.codes.pop(form.get("code", ""), None)
        if not _is_client(request, form):
            return JSONResponse({"error": "invalid_client"}, 401)
        challenge = _text(sha256(form.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse(
            {"id_token": standin.token(asked["nonce"]), "access_token": "ok", "token_type": "Bearer"}
        )

    async def userinfo(request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer ok":
            return JSONResponse({"error": "invalid_token"}, 401)
        return JSONResponse(standin.person)

    paths = {
        "/.well-known/openid-configuration": discover, "/jwks": keys, "/authorize": authorize, "/userinfo": userinfo,
    }  # fmt: skip
    routes = [Route(path, _watched(standin, handler)) for path, handler in paths.items()]
    return [*routes, Route("/token", _watched(standin, token), methods=["POST"])]


def _watched(standin: Standin, handler: Callable[[Request], Any]) -> Callable[[Request], Any]:
    async def watched(request: Request) -> Response:
        standin.visits.append(request.url.path)
        await asyncio.sleep(standin.slow_seconds)
        if standin.status != 200:
            return JSONResponse({"error": "server_error"}, standin.status)
        answered: Response = await handler(request)
        return answered

    return watched


def _is_client(request: Request, form: dict[str, str]) -> bool:
    kind, _, pair = request.headers.get("authorization", "").partition(" ")
    if kind == "Basic":
        client, _, secret = b64decode(pair).decode().partition(":")
        return (unquote(client), unquote(secret)) == (CLIENT, SECRET)
    return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)


def without_signature(claims: dict[str, Any], key: Any) -> str:
    """A token whose algorithm is "none"."""
    return _written({"alg": "none", "typ": "JWT"}, claims) + "."


def with_public_key_as_secret(claims: dict[str, Any], key: Any) -> str:
    """A token signed by HS256 with what everybody can fetch."""
    head = _written({"alg": "HS256", "kid": key.kid}, claims)
    return f"{head}.{_text(digest(key.as_pem(private=False), head.encode(), 'sha256'))}"


def _written(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return ".".join(_text(json.dumps(each).encode()) for each in (header, claims))


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def with_another_key(claims: dict[str, Any], key: Any) -> str:
    """A token that names the provider's key and is signed by somebody else's."""
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, _rsa("stranger", "sig"))


@contextmanager
def provider(clock: Callable[[], datetime]) -> Iterator[Standin]:
    """The provider, answering until the block ends."""
    port = free_port()
    standin = Standin(f"http://127.0.0.1:{port}", clock)
    config = uvicorn.Config(
        Starlette(routes=_routes(standin)),
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="off",
        ws="none",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not accepts(port):
        thread.join(0.02)
    try:
        yield standin
    finally:
        server.should_exit = True
        thread.join(10)
