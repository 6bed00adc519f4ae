"""What a visitor chose to see: a language, a theme and how close together, in three cookies and nowhere else."""

from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

from complianceai.site.language import LANGUAGES, SOURCE_LANGUAGE

THEMES = ("auto", "light", "dark")
DENSITIES = ("roomy", "dense")
# Browsers hold a cookie of this prefix to HTTPS, to this host alone and to the whole site.
SECURE_PREFIX = "__Host-"
ONE_YEAR_SECONDS = 365 * 24 * 3600


class Preferences(NamedTuple):
    """One visitor's language and theme, and whether lists stand closer together."""

    language: str
    theme: str
    density: str


def preferences(connection: HTTPConnection) -> Preferences:
    """What the visitor chose; else the browser's language or English, the device's theme, and a roomy look."""
    language = chosen_language(connection) or _asked_for(connection.headers.get("accept-language", ""))
    theme, density = _kept(connection, "theme"), _kept(connection, "density")
    return Preferences(
        language,
        theme if theme in THEMES else THEMES[0],
        density if density in DENSITIES else DENSITIES[0],
    )


def chosen_language(connection: HTTPConnection) -> str | None:
    """The language that the visitor chose in this browser, or None where the browser's own is followed."""
    chosen = _kept(connection, "language")
    return chosen if chosen in LANGUAGES else None


def _asked_for(header: str) -> str:
    """The first language of an Accept-Language header that we speak, in the browser's order, or English."""
    for part in header.split(","):
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in LANGUAGES:
            return tag
    return SOURCE_LANGUAGE


def remember(response: Response, name: str, value: str, *, secure: bool) -> None:
    """Keeps one preference in the visitor's browser for a year."""
    response.set_cookie(
        f"{SECURE_PREFIX}{name}" if secure else name,
        value,
        max_age=ONE_YEAR_SECONDS,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def _kept(connection: HTTPConnection, name: str) -> str:
    return connection.cookies.get(f"{SECURE_PREFIX}{name}") or connection.cookies.get(name, "")


def local_path(target: str) -> str:
    """The target where it is a path of this site, otherwise the front page: a form never sends a visitor elsewhere."""
    parts = urlsplit(target)
    is_local = (
        target.startswith("/") and not target.startswith("//") and not parts.scheme and not parts.netloc
    )
    return target if is_local and "\\" not in target and target.isprintable() else "/"
