"""A call to an address that somebody typed, which must not lead into the house.

The name is resolved here, every address it has must be a public one, and the call goes to the very address that was
looked at: a name that changes between the two reaches nothing.
"""

import asyncio
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from time import monotonic
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from complianceai.site.words import marked

IP: TypeAlias = IPv4Address | IPv6Address

CONNECT_SECONDS, WHOLE_SECONDS = 5, 10
LONGEST = 500
PORTS = {"http": 80, "https": 443}
# Below this only the web's own two; what else listens there is not meant to be called by strangers.
FIRST_FREE_PORT = 1024

NOT_WEB = marked("Give a web address that begins with https:// or http://, without a user or a password.")
TOO_LONG = marked("This address is too long. Give one of at most 500 characters.")
NOT_PUBLIC = marked("This address is not on the public internet, so it is not called. Give a public one.")
BAD_PORT = marked("This port is not called. Use 80, 443 or one above 1023.")


class NotReachable(Exception):
    """An address that may not be called, or that nobody answers at."""


@dataclass(frozen=True, slots=True)
class Replied:
    """What came back: the status of the reply, and after how long."""

    status: int
    milliseconds: int


def fault_in(address: str, private_hosts: Collection[str] = ()) -> str | None:
    """What is wrong with the spelling of an address, as a sentence; None where it may be tried."""
    if len(address) > LONGEST:
        return TOO_LONG
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return NOT_WEB
    is_plain = (
        parts.username is None and parts.password is None and address.isascii() and address.isprintable()
    )
    if parts.scheme not in PORTS or not parts.hostname or not is_plain or " " in address:
        return NOT_WEB
    if port is not None and port not in PORTS.values() and port < FIRST_FREE_PORT:
        return BAD_PORT
    host = parts.hostname
    is_named = host in private_hosts
    literal = _literal(host)
    is_inside = (
        not is_public(literal)
        if literal
        else host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    )
    return NOT_PUBLIC if is_inside and not is_named else None


def is_public(address: IP) -> bool:
    """Whether an address is anybody's on the internet: not this machine's, a private one, or many at once."""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None:
        return is_public(inner)
    # 64:ff9b::/96 leads to an IPv4 address inside it. Source: RFC 6052.
    is_translated = isinstance(address, IPv6Address) and int(address) >> 32 == 0x64FF9B << 64
    return address.is_global and not address.is_multicast and not address.is_reserved and not is_translated


async def post(
    address: str, body: bytes, headers: Mapping[str, str], private_hosts: Collection[str] = ()
) -> Replied:
    """What was replied to the body; redirects are not followed, and nothing of the reply but its status is read.

    Errors: NotReachable.
    """
    import httpx  # noqa: PLC0415 - only a process that calls holds the client

    fault = fault_in(address, private_hosts)
    if fault is not None:
        raise NotReachable(fault)
    parts = urlsplit(address)
    ip = await _resolve(parts, private_hosts)
    began = monotonic()
    limits = httpx.Timeout(WHOLE_SECONDS, connect=CONNECT_SECONDS)
    try:
        async with (
            asyncio.timeout(WHOLE_SECONDS),
            httpx.AsyncClient(timeout=limits, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST",
                _with_ip(parts, ip),
                content=body,
                headers={**headers, "Host": parts.netloc},
                # The certificate is to be the name's, not the number's.
                extensions={"sni_hostname": parts.hostname},
            ) as reply,
        ):
            return Replied(reply.status_code, _since(began))
    except TimeoutError as error:
        raise NotReachable(f"no reply in {WHOLE_SECONDS} seconds") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise NotReachable(str(error) or type(error).__name__) from error


async def _resolve(parts: SplitResult, private_hosts: Collection[str]) -> IP:
    """An address of the host, where all that it has are public.

    Errors: NotReachable.
    """
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError, UnicodeError) as error:
        raise NotReachable("its name is not known") from error
    addresses = [ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if not addresses or (host not in private_hosts and not all(is_public(each) for each in addresses)):
        raise NotReachable("its name leads to a network that is not public")
    return addresses[0]


def _with_ip(parts: SplitResult, ip: IP) -> str:
    host = f"[{ip}]" if ip.version == 6 else str(ip)
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{host}{port}{parts.path or '/'}{query}"


def _literal(host: str) -> IP | None:
    """The number that a host is spelt by; also in the shapes that only old resolvers understand, such as 127.1."""
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def _since(began: float) -> int:
    return min(round((monotonic() - began) * 1000), 32_767)
