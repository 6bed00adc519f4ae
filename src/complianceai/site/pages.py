"""The pages that belong to no other room: the components on show, a visitor's preferences, static files."""

from datetime import timedelta
from typing import Annotated

from fastapi import Form, Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.clock import today_in_india
from complianceai.site.language import LANGUAGES
from complianceai.site.preferences import DENSITIES, THEMES, local_path, remember
from complianceai.site.routing import Router
from complianceai.site.static import serve_static, static_url
from complianceai.site.templating import page

router = Router(include_in_schema=False)
router.add_route("/static/{name}", serve_static, methods=["GET"])


@router.get("/favicon.ico")
async def show_favicon() -> Response:
    """The way to the drawing, for browsers that ask before reading the page."""
    return RedirectResponse(static_url("favicon.svg"), status_code=308)


@router.get("/design")
async def show_design(request: Request) -> Response:
    """Every component there is, for whoever writes the next page."""
    first = today_in_india()
    return page(
        request,
        "site/design.html",
        days=[first + timedelta(days=offset) for offset in (-4, 0, 2, 9, 40, 200)],
    )


@router.post("/preferences")
async def keep_preference(
    request: Request,
    target: Annotated[str, Form(alias="next", max_length=2000)] = "/",
    language: Annotated[str, Form(max_length=10)] = "",
    theme: Annotated[str, Form(max_length=10)] = "",
    density: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Back to where the visitor was, with the choice kept; a choice that we do not offer changes nothing."""
    reply = RedirectResponse(local_path(target), status_code=303)
    # Behind a proxy that is not trusted the address may say http where the visitor's says https.
    is_secure = request.url.scheme == "https" or request.app.state.is_production
    if language in LANGUAGES:
        remember(reply, "language", language, secure=is_secure)
    if theme in THEMES:
        remember(reply, "theme", theme, secure=is_secure)
    if density in DENSITIES:
        remember(reply, "density", density, secure=is_secure)
    return reply
