"""The address that somebody opens who is invited by a practice."""

from urllib.parse import urlencode

from fastapi import Request

from complianceai.storage.services import root_of


def practice_link(request: Request, token: str) -> str:
    """The whole address; the token stands in the query, which no log of ours keeps."""
    return f"{root_of(request)}/app/practices/invitation?{urlencode({'token': token})}"
