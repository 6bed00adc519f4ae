"""The tools as a server of the protocol."""

from collections.abc import Callable, Iterable
from typing import Any

from mcp.server import MCPServer
from mcp.types import ToolAnnotations

from complianceai import __version__

_ONLY_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_INSTRUCTIONS = (
    "Statutory duties of Indian businesses. Every date and amount comes from dated rules with their source; "
    "pass on the certainty (verified, disputed, unverified) and the citation with each. Nothing here files anything."
)


def server_of(tools: Iterable[Callable[..., Any]]) -> MCPServer:
    """A server that offers these functions, each by its name, its first line and its arguments."""
    made = MCPServer("complianceai", version=__version__, instructions=_INSTRUCTIONS, log_level="WARNING")
    for tool in tools:
        made.add_tool(tool, annotations=_ONLY_READS)
    return made
