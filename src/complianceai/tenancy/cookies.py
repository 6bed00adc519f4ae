"""The cookie that keeps a visitor signed in."""

from starlette.requests import Request
from starlette.responses import Response

from complianceai.storage.services import services
from complianceai.tenancy.sessions import ABSOLUTE_LIMIT
from complianceai.tenancy.slowing import KNOWN_FOR

PLAIN_NAME = "complianceai"
# Browsers hold a cookie of this prefix to HTTPS, to this host alone and to the whole site.
SECURE_NAME = "__Host-complianceai"
MARK = "-known"


def read_token(request: Request) -> str | None:
    """The token that the browser holds, or None."""
    return request.cookies.get(_name(request))


def keep_token(request: Request, response: Response, token: str) -> None:
    """Nothing; the browser holds the token from now on, out of reach of scripts and of other sites' forms."""
    response.set_cookie(
        _name(request),
        token,
        max_age=int(ABSOLUTE_LIMIT.total_seconds()),
        path="/",
        secure=services(request).is_production,
        httponly=True,
        samesite="lax",
    )


def read_mark(request: Request) -> str | None:
    """What the browser is known by to somebody's account, or None; it outlives the session and opens nothing."""
    return request.cookies.get(_name(request) + MARK)


def keep_mark(request: Request, response: Response, mark: str) -> None:
    """Nothing; the browser is known from now on."""
    response.set_cookie(
        _name(request) + MARK,
        mark,
        max_age=int(KNOWN_FOR.total_seconds()),
        path="/",
        secure=services(request).is_production,
        httponly=True,
        samesite="lax",
    )


def drop_token(request: Request, response: Response) -> None:
    """Nothing; the browser forgets the token, and what it kept of the pages that the token opened."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.delete_cookie(
        _name(request), path="/", secure=services(request).is_production, httponly=True, samesite="lax"
    )


def _name(request: Request) -> str:
    return SECURE_NAME if services(request).is_production else PLAIN_NAME
