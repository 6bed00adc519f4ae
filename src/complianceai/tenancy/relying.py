"""The name and the address under which people know this site, as passkeys and other providers must be told."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request

from complianceai.storage.services import services
from complianceai.tenancy.passkeys import Party
from complianceai.tenancy.way_errors import NoPasskeysHere


def own_address(request: Request) -> str | None:
    """The address of the site: PUBLIC_URL, or in development what the request was sent to; else no claimed Host."""
    known = services(request)
    if known.public_url is not None:
        return known.public_url
    return None if known.is_production else f"{request.url.scheme}://{request.url.netloc}"


def party_of(request: Request) -> Party:
    """Whom the passkeys of this site are for.

    Errors: NoPasskeysHere where the site is reached by a number: browsers tie a passkey to a name.
    """
    parts = urlsplit(own_address(request) or "")
    if not parts.hostname or _is_number(parts.hostname):
        raise NoPasskeysHere
    return Party(parts.hostname, f"{parts.scheme}://{parts.netloc}")


def has_passkeys(request: Request) -> bool:
    """Whether the site is reached by a name, so that passkeys can be for it."""
    try:
        party_of(request)
    except NoPasskeysHere:
        return False
    return True


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def name_of_elsewhere(request: Request) -> str | None:
    """What people call the provider by whose accounts they can sign in, or None where there is none."""
    found = getattr(request.app.state, "elsewhere", None)
    return None if found is None else str(found.name)
