"""The protections that every reply carries in its headers."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# What is for programs shows nothing and runs nothing, even where somebody opens it in a browser.
POLICY_OF_DATA = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
PROTECTIONS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"


class Protections:
    """Puts the protections on every reply, and insists on HTTPS where the site is in production."""

    def __init__(self, app: ASGIApp, *, is_production: bool = False) -> None:
        self.app = app
        extra = {"Strict-Transport-Security": STRICT_TRANSPORT} if is_production else {}
        # What nobody has said may be kept is kept by nobody.
        of_pages = {**PROTECTIONS, **extra, "Cache-Control": "no-store"}
        # As they are written on the wire, since every reply bears them.
        self.of_pages = _raw(of_pages)
        self.of_data = _raw({**of_pages, "Content-Security-Policy": POLICY_OF_DATA})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and adds to its reply what the reply has not set for itself."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        wanted = self.of_data if scope["path"].startswith("/api/") else self.of_pages

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"] = list(message.get("headers", ()))
                there = {name.lower() for name, _ in headers}
                headers.extend(each for each in wanted if each[0] not in there)
            await send(message)

        await self.app(scope, receive, protected)


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]
