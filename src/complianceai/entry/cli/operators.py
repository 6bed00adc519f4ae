"""The commands that say who runs the site; what they need is imported only when they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from complianceai.entry.cli.product import product_refusals

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from complianceai.storage.database import Database

Email = Annotated[str, typer.Argument(help="The e-mail of their account.")]


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    tools = typer.Typer(help="Who may open the operator's console.", no_args_is_help=True)
    tools.command("grant")(grant_command)
    tools.command("revoke")(revoke_command)
    tools.command("list")(list_command)
    app.add_typer(tools, name="operator")


def grant_command(email: Email) -> None:
    """Let somebody open the console, by their second step."""
    from complianceai.base.clock import utc_now
    from complianceai.tenancy.operators.actions import grant

    async def run(database: Database) -> None:
        is_new = await grant(database, email, utc_now())
        print("They may open /operator, by their second step." if is_new else "They might already.")

    _do(run)


def revoke_command(email: Email) -> None:
    """Close the console to somebody, at once."""
    from complianceai.base.clock import utc_now
    from complianceai.tenancy.operators.actions import revoke

    async def run(database: Database) -> None:
        await revoke(database, email, utc_now())
        print("The console is closed to them.")

    _do(run)


def list_command() -> None:
    """Show who may open the console."""
    from complianceai.tenancy.operators.queries import list_operators

    async def run(database: Database) -> None:
        async with database.reading() as connection:
            for each in await list_operators(connection):
                print(f"{each.granted_at:%Y-%m-%d}  {each.email}  {each.name}")

    _do(run)


def _do(run: Callable[[Database], Awaitable[None]]) -> None:
    import asyncio

    from complianceai.entry.settings import load_settings
    from complianceai.storage.database import Database

    async def whole() -> None:
        database = Database(load_settings().database, pool_size=1)
        try:
            await run(database)
        finally:
            await database.close()

    with product_refusals():
        asyncio.run(whole())
