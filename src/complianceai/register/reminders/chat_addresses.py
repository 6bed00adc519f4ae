"""Which chats can be told, and how their addresses are spelt: as Apprise spells them.

Of its many services only those are let through whose messages go to their own vendor's servers: others take any host,
and a stranger's host may be one of this house. Those are for networks of one's own, where that is wished.
"""

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from complianceai.site.words import marked

SERVICES: Mapping[str, str] = {
    "slack": "Slack",
    "tgram": "Telegram",
    "discord": "Discord",
    "gchat": "Google Chat",
    "wxteams": "Webex",
    "pover": "Pushover",
}
OWN_SERVICES: Mapping[str, str] = {
    "mmost": "Mattermost",
    "mmosts": "Mattermost",
    "rocket": "Rocket.Chat",
    "rockets": "Rocket.Chat",
    "ntfy": "ntfy",
    "ntfys": "ntfy",
    "json": "JSON",
    "jsons": "JSON",
}
PURPOSE = "chat"
LONGEST = 500

NOT_KNOWN = marked(
    "This is not the address of a chat that can be told. Write it as slack://…, tgram://… or discord://…."
)


def service_of(address: str, private_hosts: Collection[str] = ()) -> str | None:
    """The service that an address is of, or None where it may not be told."""
    # What follows a question mark may name a file of this machine or another host to take a template from.
    if len(address) > LONGEST or not address.isprintable() or "?" in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme in SERVICES:
        return SERVICES[parts.scheme]
    is_own = parts.scheme in OWN_SERVICES and parts.hostname in private_hosts
    return OWN_SERVICES[parts.scheme] if is_own else None
