"""The command that looks at work in the background; what it needs is imported only when it runs."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID

import typer

from complianceai.entry.cli.ask_law import put_json
from complianceai.entry.cli.product import Output, product_refusals
from complianceai.entry.cli.reading import end_with

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")
MOST = 100


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    tools = typer.Typer(help="Work in the background: what waits, what failed and why.")
    tools.callback(invoke_without_command=True)(list_command)
    tools.command("retry")(retry_command)
    app.add_typer(tools, name="jobs")


def list_command(
    context: typer.Context,
    output: Annotated[Output, typer.Option("--format", help="A table for people, or JSON.")] = Output.TABLE,
) -> None:
    """Print how many jobs are in each state, and those that failed with the reason."""
    if context.invoked_subcommand is not None:
        return
    with product_refusals():
        counts, failed = _in_database(_look)
    if output is Output.JSON:
        put_json({"counts": counts, "failed": failed})
        return
    print(", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "nothing to do")
    for each in failed:
        print(f"{each['id']}  {each['kind']}  failed after {each['attempts']} attempts: {each['last_error']}")


def retry_command(
    job: Annotated[
        UUID | None, typer.Argument(help="One job that failed; all of them, where left out.")
    ] = None,
) -> None:
    """Let what failed be tried again, for instance once a wrong setting was mended."""

    async def retry(connection: AsyncConnection) -> int:
        from complianceai.base.clock import utc_now
        from complianceai.jobs.queries import list_jobs
        from complianceai.storage.outbox import State, try_again

        ids = [job] if job else [each.id for each in await list_jobs(connection, State.FAILED, limit=10_000)]
        return sum([await try_again(connection, each, utc_now()) for each in ids])

    with product_refusals():
        count = _in_database(retry)
    if job is not None and count == 0:
        end_with([f"{job}: there is no such job that failed"])
    sys.stdout.write(f"{count} {'job waits' if count == 1 else 'jobs wait'} again\n")


async def _look(connection: AsyncConnection) -> tuple[dict[str, int], list[dict[str, Any]]]:
    from complianceai.jobs.queries import KeptJob, count_states, list_jobs
    from complianceai.storage.outbox import State

    failed = await list_jobs(connection, State.FAILED, limit=MOST)
    told = [{name: _plain(getattr(each, name)) for name in KeptJob.__slots__} for each in failed]
    return dict(await count_states(connection)), told


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int | str) else str(value)


def _in_database(deed: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    import asyncio

    from complianceai.entry.settings import load_settings
    from complianceai.storage.database import Database
    from complianceai.storage.migrate import migrate

    async def run() -> T:
        database = Database(load_settings().database, pool_size=1)
        try:
            await migrate(database)
            async with database.transaction() as connection:
                return await deed(connection)
        finally:
            await database.close()

    return asyncio.run(run())
