"""One call to Razorpay: asked again where that can do no harm, and never where it could charge a second time."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from complianceai.billing.razorpay.errors import GatewayRefused, GatewaySilent
from complianceai.billing.razorpay.till import Till

if TYPE_CHECKING:
    import httpx

TRIES = 3
PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 2.0
LONGEST_REPLY_BYTES = 4 * 1_048_576
TOO_MANY = 429
# Razorpay gives at most so many rows at once.
PAGE = 100
MOST_PAGES = 200


class Razorpay:
    """The API with these keys. Amounts are in paise, instants in seconds since 1970, as Razorpay has them."""

    def __init__(self, till: Till) -> None:
        self._till = till

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        """What stands at the path; asked again where Razorpay was silent or busy.

        Errors: GatewaySilent; GatewayRefused.
        """
        for attempt in range(TRIES):
            try:
                return await self._call("GET", path, query=query)
            except GatewaySilent as error:
                if attempt + 1 == TRIES:
                    raise
                wanted = error.fields.get("after_seconds")
                pause = float(str(wanted)) if wanted is not None else PAUSE_SECONDS * 2**attempt
                await asyncio.sleep(min(pause, LONGEST_PAUSE_SECONDS))
        raise AssertionError  # the last attempt returns or raises

    async def every(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Every row of a list, however many pages it has.

        Errors: GatewaySilent; GatewayRefused.
        """
        found: list[dict[str, Any]] = []
        for page in range(MOST_PAGES):
            items = (await self.get(path, **query, count=PAGE, skip=page * PAGE))["items"]
            found += items
            if len(items) < PAGE:
                return found
        raise OverflowError(f"{path} has more than {MOST_PAGES * PAGE} rows")

    async def post(
        self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """What came of the deed. It is asked for once: whether a silent call was heard only asking tells.

        Errors: GatewaySilent; GatewayRefused.
        """
        return await self._call("POST", path, body=body, headers=headers)

    async def _call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        import httpx  # noqa: PLC0415 - 8 MB, which a process that is paid nothing need not hold

        asked = {name: value for name, value in (query or {}).items() if value is not None}
        keys = (self._till.key_id, self._till.key_secret)
        try:
            async with (
                asyncio.timeout(self._till.seconds),
                httpx.AsyncClient(auth=keys, timeout=self._till.seconds, trust_env=False) as client,
            ):
                reply = await client.request(
                    method, f"{self._till.base_url}/v1/{path}", params=asked, json=body, headers=headers
                )
        except (httpx.HTTPError, TimeoutError) as error:
            raise GatewaySilent from error
        return _read(reply)


def _read(reply: "httpx.Response") -> dict[str, Any]:
    if reply.status_code == TOO_MANY or reply.status_code >= 500:
        waited = reply.headers.get("retry-after", "")
        raise GatewaySilent(**({"after_seconds": int(waited)} if waited.isdecimal() else {}))
    try:
        told = reply.json()
    except ValueError as error:
        raise GatewaySilent from error
    if not isinstance(told, dict) or len(reply.content) > LONGEST_REPLY_BYTES:
        raise GatewaySilent
    if reply.status_code >= 400:
        fault = told.get("error")
        reason = fault.get("description") if isinstance(fault, dict) else None
        raise GatewayRefused(reason=str(reason or f"status {reply.status_code}")[:200])
    return told


def instant(seconds: int | None) -> datetime | None:
    """The instant that Razorpay tells in seconds since 1970; None where it tells none."""
    return None if not seconds else datetime.fromtimestamp(int(seconds), UTC)
