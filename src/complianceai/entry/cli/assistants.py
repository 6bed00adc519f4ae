"""The command that other people's assistants start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("mcp")(mcp_command)


def mcp_command(
    token: Annotated[
        str | None,
        typer.Option(
            envvar="COMPLIANCEAI_TOKEN",
            help="A token of the product: what its person sees in the database of DATABASE_URL is offered as well. "
            "Better set in the environment, where other people of this machine do not read it.",
        ),
    ] = None,
) -> None:
    """Answer an assistant over standard input and output (Model Context Protocol); tools that only read."""
    from complianceai.entry.mcp.law import TOOLS
    from complianceai.entry.mcp.server import server_of

    server_of((*TOOLS, *(_of_companies(token) if token else ()))).run("stdio")


def _of_companies(token: str) -> tuple[Callable[..., Any], ...]:
    from complianceai.entry.logs import configure_logs
    from complianceai.entry.mcp.companies import company_tools, holder_of
    from complianceai.entry.settings import load_settings
    from complianceai.storage.database import Database

    settings = load_settings()
    configure_logs(settings)  # to standard error: the other stream is the assistant's
    database = Database(settings.database, pool_size=2)
    return company_tools(database, lambda: holder_of(database, token))
