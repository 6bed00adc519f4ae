"""Who asks is found out, and how often they do is counted, before anything else is done for them."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from complianceai.base.errors import TooMany
from complianceai.site.errors import refuse_domain_error
from complianceai.site.origins import SAFE_METHODS
from complianceai.site.standing import tell_standing
from complianceai.storage.limits import Standing
from complianceai.storage.services import services
from complianceai.tenancy.access import network_of, recognise
from complianceai.tenancy.scope import Scope as Visitor

# Of RATE_LIMIT: what anybody may read of the public pages, and what those may do who have said who they are.
PAGES_TIMES = 10
KNOWN_TIMES = 300
# Watchdogs and browsers ask for these by themselves; webhooks all come from one place, and count where they are forged.
UNCOUNTED = ("/static/", "/favicon.ico", "/api/health", "/metrics", "/api/billing/webhook")


class Recognition:
    """Puts whoever asks into the request's state, and refuses those who ask too often."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; its reply tells how much the caller may still ask."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        request.state.visitor = request.state.standing = None

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                tell_standing(message, request.state.standing)
            await send(message)

        if not scope["path"].startswith(UNCOUNTED):
            try:
                request.state.standing = await self._count(request)
            except TooMany as error:
                await refuse_domain_error(request, error)(scope, receive, told)
                return
        await self.app(scope, receive, told)

    async def _count(self, request: Request) -> tuple[str, Standing]:
        visitor = request.state.visitor = await recognise(request)
        if visitor is not None:
            # The layout shows who is signed in, on pages of every room and of every refusal.
            request.state.person = visitor.person
            request.state.has_practice = visitor.has_practice
            request.state.helped_until = visitor.helped_until
        name, caller, times = _caller(request, visitor)
        return name, await services(request).limiter.count(name, caller, times=times)


def _caller(request: Request, visitor: Visitor | None) -> tuple[str, str, int]:
    """By what the caller is counted, and how many times the plain rate is theirs."""
    if visitor is not None and visitor.token_id is not None:
        return "token", str(visitor.token_id), KNOWN_TIMES
    if visitor is not None:
        return "account", str(visitor.person.id), KNOWN_TIMES
    if request.method in SAFE_METHODS and not request.url.path.startswith("/api/"):
        return "pages", network_of(request), PAGES_TIMES
    return "anonymous", network_of(request), 1
