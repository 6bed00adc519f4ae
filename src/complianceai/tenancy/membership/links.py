"""The address that an invited person opens."""

from urllib.parse import urlencode

from fastapi import Request

from complianceai.storage.services import services


def link_of(request: Request, token: str) -> str:
    """The whole address; the token stands in the query, which no log of ours keeps."""
    base = services(request).public_url or str(request.base_url)
    return f"{base.rstrip('/')}/app/invitation?{urlencode({'token': token})}"
