"""The address that an invited person opens."""

from urllib.parse import urlencode

from fastapi import Request

from complianceai.storage.services import root_of


def link_of(request: Request, token: str) -> str:
    """The whole address; the token stands in the query, which no log of ours keeps."""
    return f"{root_of(request)}/app/invitation?{urlencode({'token': token})}"
