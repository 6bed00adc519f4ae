"""Style sheets, scripts and pictures, read once at the start, packed, and named by their content."""

import gzip
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from mimetypes import guess_type
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"


class Shelved(NamedTuple):
    """One file as it is sent."""

    content: bytes
    packed: bytes
    media_type: str


def _sources() -> dict[str, bytes]:
    """Every file by the name pages know it by; the parts of the style sheet are one, in the order of their names."""
    sheets = sorted((FOLDER / "css").glob("*.css"))
    sources = {"site.css": b"\n".join(sheet.read_bytes() for sheet in sheets)}
    sources |= {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.is_file()}
    # htmx comes from an installed wheel, so that its licence and its updates are the package manager's business.
    sources["htmx.js"] = (files("js_lib_htmx") / "static" / "htmx" / "htmx.min.js").read_bytes()
    return sources


def _hashed(name: str, content: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{sha256(content).hexdigest()[:12]}.{ending}"


@lru_cache(maxsize=1)
def shelf() -> dict[str, Shelved]:
    """Every file by the hashed name it is served under."""
    return {
        _hashed(name, content): Shelved(content, gzip.compress(content, 9, mtime=0), _media_type(name))
        for name, content in _sources().items()
    }


def _media_type(name: str) -> str:
    found = guess_type(name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith(("text/", "application/javascript")) else found


@lru_cache(maxsize=1)
def _addresses() -> dict[str, str]:
    return {name: f"/static/{_hashed(name, content)}" for name, content in _sources().items()}


def static_url(name: str) -> str:
    """The address of a static file; it changes when the content does, so browsers may keep it for a year.

    Errors: KeyError where there is no such file.
    """
    return _addresses()[name]


async def serve_static(request: Request) -> Response:
    """One static file, packed where the browser takes gzip."""
    found = shelf().get(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            found.packed, media_type=found.media_type, headers=headers | {"Content-Encoding": "gzip"}
        )
    return Response(found.content, media_type=found.media_type, headers=headers)
