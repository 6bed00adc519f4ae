"""The address that somebody opens who is invited by a practice."""

from urllib.parse import urlencode

from fastapi import Request

from complianceai.storage.services import services


def practice_link(request: Request, token: str) -> str:
    """The whole address; the token stands in the query, which no log of ours keeps."""
    base = services(request).public_url or str(request.base_url)
    return f"{base.rstrip('/')}/app/practices/invitation?{urlencode({'token': token})}"
