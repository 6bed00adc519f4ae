"""What a browser does about passkeys: asks the server, has the device answer, and sends that."""

from typing import Any

from httpx import AsyncClient, Response

from tests.support.authenticator import Device


async def add(client: AsyncClient, device: Device, name: str = "Phone", **client_data: Any) -> Response:
    asked = (await client.post("/api/auth/passkey-options")).json()["data"]
    made = device.make(asked["options"], **client_data)
    sent = {"name": name, "state": asked["state"], "credential": made}
    return await client.post("/api/auth/passkeys", json=sent)


async def ask(client: AsyncClient, step: str | None = None) -> dict[str, Any]:
    reply = await client.post("/api/auth/passkey/options", json={} if step is None else {"step": step})
    assert reply.status_code == 200, reply.text
    asked: dict[str, Any] = reply.json()["data"]
    return asked


async def enter(client: AsyncClient, device: Device, **more: Any) -> Response:
    asked = await ask(client)
    sent = {"state": asked["state"], "credential": device.sign(asked["options"], **more)}
    return await client.post("/api/auth/passkey", json=sent)
