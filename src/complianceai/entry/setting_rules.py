"""What each kind of setting must look like."""

import re
from collections.abc import Collection, Mapping, Sequence
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from limits import parse

from complianceai.base.errors import DomainError
from complianceai.storage.urls import read_url

PROVIDERS = ("openai", "perplexity", "huggingface", "simple")
SHORTEST_KEY = 32
ENCRYPTED = frozenset({"rediss", "https", "smtps", "sqlite", "file", "s3"})


def split(value: Any) -> Any:
    """The names of a list written with commas."""
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def lower(value: Any) -> Any:
    """A word in small letters, whatever it was written in."""
    return value.lower() if isinstance(value, str) else value


def database_url(text: str) -> str:
    """The address, if it is one of SQLite or PostgreSQL."""
    try:
        read_url(text)
    except DomainError as error:
        raise ValueError(str(error).removeprefix("DATABASE_URL ")) from error
    return text


def redis_url(text: str) -> str:
    """The address of a Redis or a Valkey, spelt as the client knows it."""
    scheme, _, rest = text.partition("://")
    if not rest or scheme not in {"redis", "rediss", "valkey", "valkeys", "unix"}:
        raise ValueError("is not an address of Redis or Valkey. Write redis://host:6379/0")
    return {"valkey": "redis", "valkeys": "rediss"}.get(scheme, scheme) + "://" + rest


def web_address(text: str) -> str:
    """An address of the web, without the slash at its end."""
    parts = _split_address(text)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("is not an address of the web. Write https://host or https://host/path")
    return text.rstrip("/")


def each_web_origin(names: tuple[str, ...]) -> tuple[str, ...]:
    """Origins: a scheme, a host and perhaps a port."""
    for name in names:
        parts = _split_address(name)
        if (
            parts is None
            or parts.scheme not in {"http", "https"}
            or not parts.hostname
            or parts.path.strip("/")
        ):
            raise ValueError("holds something that is no origin. Write https://host, several with commas")
    return tuple(name.rstrip("/") for name in names)


def each_network(names: tuple[str, ...]) -> tuple[str, ...]:
    """Addresses or networks; a star would let anybody claim any address, and is refused."""
    for name in names:
        try:
            ip_network(name)
        except ValueError as error:
            raise ValueError(
                "holds something that is no IP address or network. Write 127.0.0.1 or 10.0.0.0/8, several with commas"
            ) from error
    return names


def each_provider(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of model providers; whether each can be asked is seen once all settings are read."""
    if wrong := [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]{1,30}", name)]:
        raise ValueError(f"names {min(wrong)!r}. A name is small letters and figures, such as ollama")
    return names


def rate(text: str) -> str:
    """A rate such as 100/15minutes."""
    try:
        parse(text)
    except ValueError as error:
        raise ValueError("is not a rate. Write how many in what time, as in 100/15minutes") from error
    return text


def smtp_url(text: str) -> str:
    """The address of a mail server."""
    parts = _split_address(text)
    if parts is None or parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("is not an address of a mail server. Write smtp://user:password@host:587")
    return text


def storage_url(text: str) -> str:
    """Where files are kept."""
    parts = _split_address(text)
    if parts is None or parts.scheme not in {"file", "s3"} or not (parts.netloc or parts.path):
        raise ValueError("is no place for files. Write file:///path or s3://bucket/prefix")
    return text


def backup_key(text: str) -> str:
    """The public half of a key of age."""
    if not (text.startswith("age1") and text.isalnum() and text.islower() and len(text) == 62):
        raise ValueError("is no public key of age. `complianceai backup key` makes a pair")
    return text


def backup_keep(value: Any) -> Any:
    """How many days, weeks and months back one backup each is kept."""
    parts = split(value)
    if len(parts) != 3 or not all(str(part).isdecimal() and int(part) <= 1000 for part in parts):
        raise ValueError("is not three numbers. Write days, weeks and months back, such as 7,5,12")
    return tuple(int(part) for part in parts)


def antivirus_url(text: str) -> str:
    """The address of a scanner for viruses."""
    parts = _split_address(text)
    is_there = parts is not None and (
        (parts.scheme == "tcp" and parts.hostname and parts.port) or (parts.scheme == "unix" and parts.path)
    )
    if not is_there:
        raise ValueError("is not an address of clamd. Write tcp://host:3310 or unix:///run/clamav/clamd.ctl")
    return text


def gstin(text: str) -> str:
    """A GSTIN, without blanks and in capitals."""
    from stdnum.exceptions import ValidationError
    from stdnum.in_ import gstin as known

    try:
        return str(known.validate(text))
    except ValidationError as error:
        raise ValueError("is no GSTIN. Write the 15 letters and figures of your registration") from error


def sac(text: str) -> str:
    """A code of the scheme of classification of services: 99 and two or four figures more."""
    if not (text.isdecimal() and text.startswith("99") and len(text) in {4, 6}):
        raise ValueError("is no SAC. Write four or six figures that begin with 99, such as 997331")
    return text


def seller_turnover(crore: int) -> int:
    """A turnover at which the invoices that are written here are all that the law wants.

    Source: rule 48(4) of the CGST Rules 2017 with notification 13/2020-Central Tax as amended by 10/2023-Central Tax.
    """
    if crore > 5:
        raise ValueError(
            "is above Rs 5 crore, where invoices to registered customers need a reference number of the invoice "
            "registration portal; this version does not ask for one, so do not sell by it"
        )
    return crore


def mail_from(text: str) -> str:
    """The sender of mail: an address, perhaps with a name before it."""
    from email.utils import parseaddr

    address = parseaddr(text)[1]
    if "@" not in address.strip("@") or not text.isprintable():
        raise ValueError("is not an e-mail address. Write name@example.com or Our Name <name@example.com>")
    return text


def certificates(text: str) -> str:
    """Certificates in PEM; whether they are good is seen when one is needed."""
    if "-----BEGIN CERTIFICATE-----" not in text:
        raise ValueError("is no certificate in PEM. Give its text, from -----BEGIN CERTIFICATE----- on")
    return text


def issuer(text: str) -> str:
    """An address of the web letter by letter as its tokens spell it, a slash at the end included."""
    web_address(text)
    if "?" in text or "#" in text:
        raise ValueError("is no issuer. Write the address that its tokens name, without ? and #")
    return text


def each_domain(names: tuple[str, ...]) -> tuple[str, ...]:
    """Domains of e-mail addresses, in small letters and without the sign before them."""
    domains = tuple(name.lower().removeprefix("@") for name in names)
    if any(
        "." not in name.strip(".") or not name.isprintable() or {"@", "/", " "} & set(name)
        for name in domains
    ):
        raise ValueError("holds something that is no domain. Write example.com, several with commas")
    return domains


def host_of(address: str | None) -> str:
    """The host of an address of the web, or this machine's own name for itself where there is none."""
    return (urlsplit(address).hostname if address else None) or "localhost"


def check_mail(smtp_url: str | None, public_url: str | None) -> None:
    """Nothing, where the links in mails will lead somewhere."""
    if smtp_url is not None and public_url is None:
        raise ValueError(
            "PUBLIC_URL: is needed with SMTP_URL, since links in mails begin with it. Set it to https://host"
        )


def check_production(secret_keys: Sequence[str], development_key: str, *, is_debug: bool) -> None:
    """Nothing, where real people's papers would be safe."""
    if secret_keys[0] == development_key:
        raise ValueError(
            "SECRET_KEY: is needed in production. Set it to a random text of 32 characters or more"
        )
    if len(secret_keys[0]) < SHORTEST_KEY:
        raise ValueError(
            f"SECRET_KEY: is shorter than {SHORTEST_KEY} characters. Set it to a longer random text"
        )
    # What an earlier key sealed is believed, so a key that everybody knows would open every door.
    if any(key == development_key or len(key) < SHORTEST_KEY for key in secret_keys[1:]):
        raise ValueError("SECRET_KEY_PREVIOUS: holds a key that is short or known to everybody. Leave it out")
    if is_debug:
        raise ValueError("DEBUG: is on in production, where it would show strangers how we work. Turn it off")


def check_encrypted(addresses: Mapping[str, str | None], private_hosts: Collection[str]) -> None:
    """Nothing, where each address is on this machine, reached through TLS, or in a network that is one's own."""
    for name, address in addresses.items():
        parts = _split_address(address or "")
        host = parts.hostname if parts is not None else None
        if parts is None or not host or host in {"localhost", "127.0.0.1", "::1"} or host in private_hosts:
            continue
        if parts.scheme not in ENCRYPTED and not _asks_for_tls(parts.query):
            raise ValueError(
                f"{name}: would go to {host} unencrypted. Ask for TLS (sslmode=verify-full, rediss://, https://), or "
                f"name the host in PRIVATE_HOSTS where the network is yours alone"
            )


def _asks_for_tls(query: str) -> bool:
    asked = dict(parse_qsl(query))
    return asked.get("sslmode", asked.get("ssl", "")) in {"require", "verify-ca", "verify-full"}


def check_elsewhere(given: Sequence[object], public_url: str | None, *, is_production: bool) -> None:
    """Nothing, where signing in by an account elsewhere is off, or all of it is given and goes over HTTPS."""
    if not any(given):
        return
    if not all(given):
        raise ValueError(
            "OIDC_ISSUER: OIDC_NAME, OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together"
        )
    if not is_production:
        return
    if not str(given[1]).startswith("https://"):
        raise ValueError("OIDC_ISSUER: is no address of HTTPS, which is needed in production")
    if public_url is None:
        raise ValueError(
            "PUBLIC_URL: is needed where OIDC_ISSUER is set: the provider leads people back to it"
        )


def check_esign(given: Sequence[object], roots: str | None, public_url: str | None) -> None:
    """Nothing, where eSign is off, or all that it takes is given."""
    if not any(given):
        return
    if not all(given) or roots is None or public_url is None:
        raise ValueError(
            "ESIGN_URL: ESIGN_URL, ESIGN_ASP_ID, ESIGN_PEM, ESIGN_CERTIFICATE, CCA_ROOTS and PUBLIC_URL go together"
        )


def check_folder(name: str, folder: Path | None) -> None:
    """Nothing, where no folder is named, or it is there: lists that are missing would pass for lists that are empty."""
    if folder is not None and not folder.is_dir():
        raise ValueError(f"{name}: is no folder that is there")


def _split_address(text: str) -> Any:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts
