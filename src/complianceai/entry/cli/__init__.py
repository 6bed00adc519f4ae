"""The command line. Importing it imports the law, and neither the web nor a database."""

from __future__ import annotations

import os
import sys

import typer

from complianceai.entry.cli import (
    ask,
    ask_law,
    assistants,
    audit,
    backups,
    carrying,
    catalogue_tools,
    chains,
    desk,
    evaluate,
    extensions,
    jobs,
    moving,
    operators,
    papers,
    product,
    sessions,
)

app = typer.Typer(
    name="complianceai",
    help="Every statutory duty of an Indian business, by when, why, and what lateness costs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
ask_law.add_to(app)
ask.add_to(app)
evaluate.add_to(app)
chains.add_to(app)
catalogue_tools.add_to(app)
product.add_to(app)
audit.add_to(app)
sessions.add_to(app)
operators.add_to(app)
jobs.add_to(app)
assistants.add_to(app)
desk.add_to(app)
extensions.add_to(app)
papers.add_to(app)
backups.add_to(app)
moving.add_to(app)
carrying.add_to(app)


def main() -> None:
    """Runs one command."""
    try:
        app(_spread_inputs(sys.argv[1:]))
    except BrokenPipeError:
        # The reader went away (`| head`): nothing is left to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)


def _spread_inputs(arguments: list[str]) -> list[str]:
    """Lets one `--input`, or one `--answer`, be followed by several `key=value`."""
    spread: list[str] = []
    option = ""
    for argument in arguments:
        is_pair = "=" in argument and not argument.startswith("-")
        if option and is_pair and spread[-1] != option:
            spread.append(option)
        if argument in ("--input", "--answer"):
            option = argument
        elif not is_pair:
            option = ""
        spread.append(argument)
    return spread
