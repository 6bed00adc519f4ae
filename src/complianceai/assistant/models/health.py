"""Whether a provider is there, asked in a way that costs nothing: the list of its models."""

from __future__ import annotations

from complianceai.assistant.models.spec import Spec

SECONDS = 3.0


async def look_at(spec: Spec) -> str:
    """`healthy`, `key refused`, `model missing` or `unreachable`; no question is asked, so nothing is spent."""
    import httpx  # noqa: PLC0415

    headers = {"Authorization": f"Bearer {spec.key}"} if spec.key else {}
    try:
        async with httpx.AsyncClient(timeout=SECONDS, follow_redirects=False) as client:
            reply = await client.get(f"{spec.base_url.rstrip('/')}/models", headers=headers)
    except httpx.HTTPError:
        return "unreachable"
    if reply.status_code in {401, 403}:
        return "key refused"
    # Not every server lists its models; one that answers at all is there.
    return "unreachable" if reply.status_code >= 500 else "healthy"
