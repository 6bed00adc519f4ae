"""What of a request may stand in the log."""

import re

# A feed is opened by its address alone, so the address is a secret.
_SECRET = re.compile(r"^(/feeds/|/answers/).+")


def path_for_log(path: str) -> str:
    """The path without what opens something by itself."""
    return _SECRET.sub(r"\1...", path)
