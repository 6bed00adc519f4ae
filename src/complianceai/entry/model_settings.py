"""The models of the settings: those known by name, and any other server of which the address is given."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from complianceai.entry import setting_rules as rules

if TYPE_CHECKING:
    from complianceai.assistant.models.chain import Chain

SIMPLE = "simple"


class Given(Protocol):
    """What is read of the settings; the keys and addresses of the known providers are looked up by name."""

    @property
    def ai_providers(self) -> tuple[str, ...]:
        """Who is asked, in order."""
        ...

    @property
    def ai_seconds(self) -> float:
        """For the whole of an answer."""
        ...


# What each model may take and cost, by the ending of the setting's name; the rest of the name is the provider's.
LIMITS = {
    "SECONDS": "seconds", "FIRST_SECONDS": "first_seconds", "MAX_TOKENS": "most_tokens",
    "PAISE_IN": "paise_in", "PAISE_OUT": "paise_out",
}  # fmt: skip


def environment() -> Mapping[str, str]:
    """Every setting by its name, of the `.env` file and over it the environment."""
    found: dict[str, str] = {}
    if Path(".env").is_file():
        from dotenv import dotenv_values

        found = {name.upper(): value for name, value in dotenv_values(".env").items() if value}
    return found | {name.upper(): value for name, value in os.environ.items() if value}


def check_models(names: Sequence[str], private_hosts: Sequence[str], *, is_production: bool) -> None:
    """Nothing, where every provider of the list is one that can be asked, and each limit is a number."""
    given = environment()
    for name in names:
        address = given.get(f"{name.upper()}_BASE_URL")
        if name not in rules.PROVIDERS:
            if address is None:
                raise ValueError(
                    f"AI_PROVIDERS: names {name!r}, of which {name.upper()}_BASE_URL is not set. "
                    f"Set it, or choose from {', '.join(rules.PROVIDERS)}"
                )
            _check_address(f"{name.upper()}_BASE_URL", address)
            if is_production:
                rules.check_encrypted({f"{name.upper()}_BASE_URL": address}, private_hosts)
        for ending in LIMITS:
            _check_number(f"{name.upper()}_{ending}", given.get(f"{name.upper()}_{ending}"))


def _check_address(name: str, address: str) -> None:
    try:
        rules.web_address(address)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _check_number(name: str, text: str | None) -> None:
    if text is not None and not (text.replace(".", "", 1).isdecimal() and float(text) < 1_000_000):
        raise ValueError(f"{name}: is no number of 0 or more. Write figures only")


def has_models(settings: Given) -> bool:
    """Whether any model may be asked."""
    return any(True for _ in _wanted(settings, environment()))


def chain_of(settings: Given) -> "Chain":
    """The models in the order of the settings; one without a key that it needs is left out, `simple` ends the list."""
    from complianceai.assistant.models.chain import Chain
    from complianceai.assistant.models.providers import kind_of
    from complianceai.assistant.models.spec import Spec

    given, specs = environment(), []
    for name, address, model, key in _wanted(settings, given):
        kind = kind_of(name)
        limits = {
            field: float(given[f"{name.upper()}_{ending}"])
            for ending, field in LIMITS.items()
            if f"{name.upper()}_{ending}" in given
        }
        whole = {
            field: int(value) for field, value in limits.items() if field not in {"seconds", "first_seconds"}
        }
        taken: dict[str, Any] = {"paise_in": kind.paise_in, "paise_out": kind.paise_out, **limits, **whole}
        where = address or kind.base_url
        specs.append(
            Spec(name, where, model or kind.model or name, key, kind.takes_tools, extra=kind.extra, **taken)
        )
    return Chain(specs, settings.ai_seconds)


def _wanted(settings: Given, given: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """The name, address, model and key of each provider that can be asked, up to `simple`."""
    for name in settings.ai_providers:
        if name == SIMPLE:
            return
        if name in rules.PROVIDERS:
            key = getattr(settings, f"{name}_api_key")
            if key is not None:
                address, model = getattr(settings, f"{name}_base_url"), getattr(settings, f"{name}_model")
                yield name, address or "", model or "", key.get_secret_value()
        else:
            upper = name.upper()
            yield (
                name,
                given.get(f"{upper}_BASE_URL", ""),
                given.get(f"{upper}_MODEL", ""),
                given.get(f"{upper}_API_KEY", ""),
            )
