"""A browser: where it asks from, and its name in two words, from what it says of itself."""

from dataclasses import dataclass

from complianceai.site.language import SOURCE_LANGUAGE

# The first that is found: many browsers name the older ones that they are like.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a sign-in comes from, and the session that its browser had until now."""

    address: str | None = None
    agent: str | None = None
    old_token: str | None = None
    # What it shows to be known as one in which the account's owner signed in before.
    mark: str | None = None
    # What it is shown pages in.
    language: str = SOURCE_LANGUAGE


def browser_words(agent: str | None) -> str:
    """Such as "Firefox, Windows"; what says nothing we know is shown by its first word."""
    told = agent or ""
    words = [next((word for mark, word in table if mark in told), None) for table in (BROWSERS, SYSTEMS)]
    known = ", ".join(word for word in words if word)
    return known or told.split("/")[0][:40].strip() or "?"
