"""How a reply tells its caller what is left to them.

Source: draft-ietf-httpapi-ratelimit-headers-10.
"""

from starlette.types import Message

from complianceai.storage.limits import Standing


def tell_standing(start: Message, counted: tuple[str, Standing] | None) -> None:
    """Nothing; the reply that starts so names the window it was counted in, and what is left of it."""
    if counted is None:
        return
    name, standing = counted
    policy = f'"{name}";q={standing.most};w={standing.window_seconds}'
    left = f'"{name}";r={standing.left};t={standing.seconds}'
    start["headers"] = [
        *start.get("headers", ()),
        (b"ratelimit-policy", policy.encode()),
        (b"ratelimit", left.encode()),
    ]
