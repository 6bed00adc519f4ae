"""The commands that run the product; what they need is imported only when they run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import typer

from complianceai.base.errors import DomainError
from complianceai.entry.cli.reading import end_with, refusals


class Output(StrEnum):
    """What is printed."""

    TABLE = "table"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command("serve")(serve_command)
    app.command("worker")(worker_command)
    app.command("migrate")(migrate_command)
    app.command("demo")(demo_command)
    app.command("settings")(settings_command)


def serve_command(
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to listen on.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option("--workers", help="How many processes serve.", min=1, max=64)] = 1,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Leave work in the background to `complianceai worker`.")
    ] = False,
) -> None:
    """Bring the database up to date and serve the product."""
    from complianceai.entry.serve import serve

    with product_refusals():
        serve(host, port, workers, with_worker=not no_worker)


def worker_command(
    with_parent: Annotated[
        bool, typer.Option("--with-parent", help="Stop when standard input ends.", hidden=True)
    ] = False,
) -> None:
    """Do what happens in the background: send mail, remind, tidy. `serve` brings one along; here is another."""
    from complianceai.entry.worker import run

    with product_refusals():
        run(with_parent=with_parent)


def migrate_command() -> None:
    """Bring the database up to date and say at which revision it is."""
    from complianceai.entry.serve import migrate

    with product_refusals():
        print(migrate())


def demo_command() -> None:
    """Fill a fresh database with a believable practice to look around in."""
    from complianceai.entry.demo import run

    with product_refusals():
        run()


def settings_command(
    output: Annotated[Output, typer.Option("--format", help="A table for people, or JSON.")] = Output.TABLE,
) -> None:
    """Print every setting with where it came from; secrets are masked."""
    from complianceai.entry.showing import print_settings

    with product_refusals():
        print_settings(output.value)


@contextmanager
def product_refusals() -> Iterator[None]:
    """Ends the program with status 1 and a line a fault where the product refuses."""
    try:
        with refusals():
            yield
    except DomainError as error:
        end_with(str(error).splitlines())
