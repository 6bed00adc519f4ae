"""The commands that run the product; what they need is imported only when they run."""

from __future__ import annotations

from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command("serve")(serve_command)
    app.command("demo")(demo_command)
    app.command("settings")(settings_command)


def serve_command(
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to listen on.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option("--workers", help="How many processes serve.", min=1, max=64)] = 1,
) -> None:
    """Bring the database up to date and serve the product."""
    from complianceai.entry.serve import serve

    serve(host, port, workers)


def demo_command() -> None:
    """Fill a fresh database with a believable practice to look around in."""
    from complianceai.entry.demo import run

    run()


def settings_command() -> None:
    """Print every setting with where it came from; secrets are masked."""
    from complianceai.entry.settings import print_settings

    print_settings()
