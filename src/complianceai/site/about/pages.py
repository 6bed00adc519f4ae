"""The page on security, and what crawlers and finders of holes are told."""

from datetime import timedelta
from html import escape
from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import PlainTextResponse, Response

from complianceai import catalogue
from complianceai.site.about.words import POINTS
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.storage.services import Now, services

router = Router(include_in_schema=False)

# What only its people may see, and addresses that are secrets.
HIDDEN = ("/app", "/api", "/operator", "/asked", "/answers", "/feeds", "/shared", "/sign")
PUBLIC = (
    "/",
    "/pricing",
    "/security",
    "/example",
    "/law",
    "/law/changes",
    "/law/states",
    "/guides",
    "/register",
)
# A contact is to be trusted for less than a year. Source: RFC 9116, section 2.5.5.
EXPIRES_AFTER = timedelta(days=180)


@router.get("/security")
async def show_security(request: Request) -> Response:
    """How what people keep here is kept safe, and where to tell of a hole."""
    return page(request, "site/security.html", points=POINTS, contact=_contact(request))


@router.get("/robots.txt")
async def show_robots(request: Request) -> Response:
    """What crawlers may read.

    Source: RFC 9309.
    """
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in HIDDEN), ""]
    return PlainTextResponse("\n".join([*lines, f"Sitemap: {_root(request)}/sitemap.xml", ""]))


@router.get("/sitemap.xml")
async def show_sitemap(request: Request) -> Response:
    """Every public page by its address, duties and guides included.

    Source: sitemaps.org, protocol 0.9.
    """
    from complianceai.site.guides import reading  # noqa: PLC0415 - a serving process starts without the assistant

    duties = (f"/law/{identity}" for identity in catalogue.load().obligations)
    guides = (f"/guides/{each.topic}" for each in reading.found(""))
    root = escape(_root(request))
    found = "\n".join(f"<url><loc>{root}{escape(path)}</loc></url>" for path in (*PUBLIC, *duties, *guides))
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    return Response(f"{head}\n{found}\n</urlset>\n", media_type="application/xml")


@router.get("/.well-known/security.txt")
async def show_contact(request: Request, now: Now) -> Response:
    """Whom to tell of a hole.

    Source: RFC 9116.
    """
    root, expires = _root(request), (now + EXPIRES_AFTER).replace(microsecond=0)
    lines = [
        f"Contact: mailto:{_contact(request)}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: en, hi",
        f"Canonical: {root}/.well-known/security.txt",
        f"Policy: {root}/security",
    ]
    return PlainTextResponse("\n".join([*lines, ""]))


def _root(request: Request) -> str:
    """The address that was set; whatever Host a request claims is repeated to no crawler."""
    return (services(request).public_url or "http://localhost").rstrip("/")


def _contact(request: Request) -> str:
    return f"security@{urlsplit(_root(request)).hostname}"
