"""Pages from templates: `page(request, "register/year.html", year=...)`."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from complianceai.base.clock import today_in_india
from complianceai.site import numbers
from complianceai.site.icons import icon, shape
from complianceai.site.language import LANGUAGES, translate, translations
from complianceai.site.preferences import preferences
from complianceai.site.static import static_url

# What anybody may read and nobody types into: a browser may keep these for the way back.
PUBLIC = ("/law", "/guides", "/example", "/pricing", "/security", "/design")
ROOMS = Path(__file__).parent.parent


def _loader() -> PrefixLoader:
    """Templates by `room/name`, from the `templates` folder of every room that has one."""
    folders = sorted(ROOMS.glob("*/templates"))
    return PrefixLoader({folder.parent.name: FileSystemLoader(folder) for folder in folders})


@lru_cache
def environment(language: str) -> Environment:
    """The templates of one language: escaped, strict about names that are not given, and already translated."""
    made = Environment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        icon=icon,
        shape=shape,
        static_url=static_url,
        languages=LANGUAGES,
        today=today_in_india,
        language=language,
    )
    made.filters.update(
        rupees=numbers.rupees,
        paise=numbers.rupees_of,
        grouped=numbers.grouped,
        long_date=lambda day: numbers.long_date(day, language),
        moment=lambda instant: numbers.moment(instant, language),
        month_name=lambda number: numbers.month_name(number, language),
        weekday=lambda day: numbers.weekday(day, language),
        nearness=lambda day: numbers.nearness(day, None, language),
        said=lambda text: translate(language, text),
        said_options=lambda options: [(key, translate(language, text)) for key, text in options],
        spoken=lambda words: getattr(words, language, None) or words.en,
    )
    return made


def render(request: Request, name: str, context: Mapping[str, Any]) -> str:
    """The text of a template in the visitor's language, with what every page knows besides its own context."""
    chosen = preferences(request)
    return (
        environment(chosen.language)
        .get_template(name)
        .render(
            {
                "request": request,
                "person": getattr(request.state, "person", None),
                "has_practice": getattr(request.state, "has_practice", False),
                "theme": chosen.theme,
                "helped_until": getattr(request.state, "helped_until", None),
                "density": chosen.density,
                "notices": lambda: _notices(request),
                **context,
            }
        )
    )


def _notices(request: Request) -> Any:
    """What a room above puts over every page of whoever asks; none without one."""
    show = getattr(request.app.state, "notices_for", None)
    return None if show is None else show(request)


def page(
    request: Request,
    name: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page; only a public one that nobody is signed in for is ever kept by a browser."""
    path = request.url.path
    is_public = path == "/" or path.startswith(PUBLIC)
    is_kept = is_public and getattr(request.state, "person", None) is None
    caching = {"Cache-Control": "private, no-cache" if is_kept else "private, no-store"}
    kept = {"Vary": "Cookie, Accept-Language, HX-Request", **caching, **(headers or {})}
    return HTMLResponse(
        render(request, name, {"status": status, **context}), status_code=status, headers=kept
    )
