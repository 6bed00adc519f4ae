"""Documents for tests: begun, read, changed."""

from typing import Any

from httpx import AsyncClient

TEXT = "# Resolution\n\nThe Board met at Pune and opened an account with the bank.\n"
OTHER = "# Resolution\n\nThe Board met at Nashik and opened an account with the bank.\n"
DOCUMENTS = "/api/documents"


async def written(client: AsyncClient, company: str, text: str = TEXT, **fields: Any) -> str:
    """The id of a new document with that text."""
    body = {"companyId": company, "title": "Bank account", "text": text, **fields}
    reply = await client.post(DOCUMENTS, json=body)
    assert reply.status_code == 201, reply.text
    return str(reply.json()["data"]["id"])


async def read(client: AsyncClient, document: str) -> dict[str, Any]:
    """The document with its current version."""
    reply = await client.get(f"{DOCUMENTS}/{document}")
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()["data"]
    return found


async def saved(client: AsyncClient, document: str, text: str, base: int = 1) -> dict[str, Any]:
    """The new version."""
    body = {"baseVersion": base, "text": text, "note": "Mended"}
    reply = await client.post(f"{DOCUMENTS}/{document}/versions", json=body)
    assert reply.status_code == 201, reply.text
    found: dict[str, Any] = reply.json()["data"]
    return found


async def led(client: AsyncClient, document: str, step: str, **fields: Any) -> int:
    """The status of a step."""
    return (await client.post(f"{DOCUMENTS}/{document}/steps", json={"step": step, **fields})).status_code
