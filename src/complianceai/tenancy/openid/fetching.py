"""What a provider answers over HTTP, within a few seconds and a few hundred kilobytes."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

from pydantic_core import from_json

# A person waits for this with an empty page before them.
WHOLE_SECONDS = 6.0
EACH_SECONDS = 3.0
MOST_BYTES = 512 * 1024


class Unreachable(Exception):
    """The provider does not answer, or not in time, or is broken; to try again later may help."""


class Unbelievable(Exception):
    """What the provider says cannot be believed or used; to try again will not help."""


async def fetch(
    method: Literal["GET", "POST"],
    url: str,
    *,
    headers: dict[str, str] | None = None,
    form: dict[str, str] | None = None,
) -> dict[str, Any]:
    """The object that is answered; redirects are not followed, since they could lead anywhere.

    Errors: Unreachable; Unbelievable.
    """
    # It costs memory that a process without a provider need not spend.
    import httpx  # noqa: PLC0415

    wanted = {"Accept": "application/json", **(headers or {})}
    try:
        async with (
            asyncio.timeout(WHOLE_SECONDS),
            httpx.AsyncClient(timeout=EACH_SECONDS) as client,
            client.stream(method, url, headers=wanted, data=form) as reply,
        ):
            content = b""
            async for part in reply.aiter_bytes():
                content += part
                if len(content) > MOST_BYTES:
                    raise Unbelievable("answered more than a provider should")
    except (TimeoutError, httpx.HTTPError) as error:
        raise Unreachable(f"{type(error).__name__} at {url}") from error
    except httpx.InvalidURL as error:
        raise Unbelievable(f"named {url!r}, which is no address") from error
    return _read(url, reply.status_code, content)


def _read(url: str, status: int, content: bytes) -> dict[str, Any]:
    if status >= 500 or status == 429:
        raise Unreachable(f"{status} at {url}")
    if status != 200:
        raise Unbelievable(f"{status} at {url}")
    try:
        found = from_json(content)
    except ValueError as error:
        raise Unbelievable(f"no JSON at {url}") from error
    if not isinstance(found, dict):
        raise Unbelievable(f"no object at {url}")
    return found
