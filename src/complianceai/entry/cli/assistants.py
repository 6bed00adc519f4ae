"""The command that other people's assistants start."""

from __future__ import annotations

import typer


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("mcp")(mcp_command)


def mcp_command() -> None:
    """Answer an assistant over standard input and output (Model Context Protocol); tools that only read."""
    from complianceai.entry.mcp.law import TOOLS
    from complianceai.entry.mcp.server import server_of

    server_of(TOOLS).run("stdio")
