"""The tools over HTTP, at /mcp, for whoever bears one of our tokens; each request stands for itself."""

from fastapi import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from complianceai.site.routing import Router
from complianceai.storage.database import Database
from complianceai.storage.services import Db
from complianceai.tenancy.access import ByToken
from complianceai.tenancy.scope import Scope as Asker

router = Router(include_in_schema=False)


class _Answered(Response):
    """A reply that the protocol's own server writes."""

    def __init__(self, database: Database, asker: Asker) -> None:
        super().__init__()
        self._database, self._asker = database, asker

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request to a server that knows this asker's tools only."""
        # What the protocol needs costs a serving process several megabytes: nobody pays them who is not asked.
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
        from mcp.server.transport_security import TransportSecuritySettings

        from complianceai.entry.mcp.companies import company_tools
        from complianceai.entry.mcp.law import TOOLS
        from complianceai.entry.mcp.server import server_of

        async def asker() -> Asker:
            return self._asker

        made = server_of((*TOOLS, *company_tools(self._database, asker)))
        manager = StreamableHTTPSessionManager(
            made._lowlevel_server,  # noqa: SLF001 - its own application would want a life of its own
            json_response=True,
            stateless=True,
            # Whose request it is says the token, which no other site's page can make a browser send.
            security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)


@router.post("/mcp")
async def answer(_request: Request, asker: ByToken, database: Db) -> Response:
    """What the token's assistant asks, by the Model Context Protocol; it only reads."""
    return _Answered(database, asker)
