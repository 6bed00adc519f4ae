"""The protections that every reply carries in its headers."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
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
        self.headers = {**PROTECTIONS, **extra}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and adds to its reply what the reply has not set for itself."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Content-Security-Policy", POLICY_OF_DATA)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                # What nobody has said may be kept is kept by nobody.
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, protected)
