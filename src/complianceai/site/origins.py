"""Refuses what another site makes a visitor's browser send."""

import re
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from complianceai.base.errors import DomainError, Kind
from complianceai.site.errors import refuse_domain_error

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class FromAnotherSite(DomainError):
    """A form or script of another site sent this; nothing was done."""

    code = "site.from_another_site"
    kind = Kind.FORBIDDEN
    sentence = "This was sent from another site, so nothing was done. Open the page here and try again."


def is_from_another_site(request: Request, trusted: Collection[str]) -> bool:
    """Whether a browser says that another origin made it send an unsafe request.

    Browsers set Sec-Fetch-Site, older ones Origin, and no page can forge either; a program that is not a browser sends
    neither and carries no visitor's cookies by accident, so it passes.
    """
    if request.method in SAFE_METHODS:
        return False
    origin = request.headers.get("origin")
    if origin is not None and origin in trusted:
        return False
    # No form or image can name a token, and who names one is not let in by a cookie (tenancy/access.py).
    if request.headers.get("authorization", "").lower().startswith("bearer "):
        return False
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")


class SameSite:
    """Lets through only what this site's own pages, the trusted origins or plain programs send.

    What is sent to the addresses `from_elsewhere` passes as well: no cookie decides anything there.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        trusted: Collection[str] = (),
        from_elsewhere: Sequence[re.Pattern[str]] = (),
    ) -> None:
        self.app = app
        self.from_elsewhere = tuple(from_elsewhere)
        self.trusted = frozenset(origin.rstrip("/") for origin in trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it before anything of it is read."""
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            request = Request(scope)
            is_open = any(each.fullmatch(scope["path"]) for each in self.from_elsewhere)
            if not is_open and is_from_another_site(request, self.trusted):
                await refuse_domain_error(request, FromAnotherSite())(scope, receive, send)
                return
        await self.app(scope, receive, send)
