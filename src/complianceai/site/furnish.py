"""Gives an application everything of `site/`: refusals, limits, protections, packing, static files, its own pages."""

import re
from collections.abc import Callable, Collection, Sequence

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from complianceai.site import pages
from complianceai.site.about import pages as about_pages
from complianceai.site.errors import CatchUnexpected, handle_errors
from complianceai.site.guides import pages as guides_pages
from complianceai.site.headers import Protections
from complianceai.site.heads import Heads
from complianceai.site.law import pages as law_pages
from complianceai.site.limits import ONE_MEGABYTE, LargerLimit, SizeLimit, TimeLimit
from complianceai.site.origins import SameSite


class Packing(GZipMiddleware):
    """Packs for whoever takes packed replies; for anybody else it does nothing at all."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        takes = b"".join(value for name, value in scope.get("headers", ()) if name == b"accept-encoding")
        await (super().__call__ if b"gzip" in takes else self.app)(scope, receive, send)


def furnish(  # noqa: PLR0913 - each given by its name
    app: FastAPI,
    *,
    is_production: bool = False,
    trusted_origins: Collection[str] = (),
    from_elsewhere: Sequence[re.Pattern[str]] = (),
    limit_bytes: int = ONE_MEGABYTE,
    larger: Sequence[LargerLimit] = (),
    limit_seconds: float = 30,
    recognition: Callable[[ASGIApp], ASGIApp] | None = None,
) -> None:
    """Wires the room into the application. The last added stands outermost: protections go on every reply there is.

    `recognition` finds out who asks, for the layers inside it and for the pages of their refusals.
    """
    app.state.is_production = is_production
    handle_errors(app)
    for router in (pages.router, about_pages.router, law_pages.router, guides_pages.router):
        app.router.routes.extend(router.routes)
    app.add_middleware(Heads)
    app.add_middleware(SizeLimit, limit_bytes=limit_bytes, larger=larger)
    app.add_middleware(SameSite, trusted=trusted_origins, from_elsewhere=from_elsewhere)
    if recognition is not None:
        app.add_middleware(recognition)
    app.add_middleware(TimeLimit, seconds=limit_seconds)
    if trusted_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(trusted_origins),
            allow_credentials=True,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"],
        )
    app.add_middleware(CatchUnexpected)
    app.add_middleware(Packing, minimum_size=1024, compresslevel=5)
    app.add_middleware(Protections, is_production=is_production)
