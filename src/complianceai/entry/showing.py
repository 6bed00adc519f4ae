"""The settings as `complianceai settings` shows them."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

import orjson
from dotenv import dotenv_values
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.engine import make_url

from complianceai.entry.settings import Settings, load_settings

MASK = "********"
ADDRESSES = {"database_url", "redis_url", "smtp_url", "storage_url"}


class Shown(NamedTuple):
    """One setting: its name, its value with secrets masked, and where it came from."""

    name: str
    value: str
    source: str


def print_settings(output: str = "table") -> None:
    """Nothing; every setting is on standard output, as a table for people or as JSON.

    Errors: BadSettings.
    """
    rows = shown(load_settings())
    if output == "json":
        sys.stdout.write(
            orjson.dumps([row._asdict() for row in rows], option=orjson.OPT_INDENT_2).decode() + "\n"
        )
        return
    table = Table("Setting", "Value", "Source", box=None, pad_edge=False)
    for row in rows:
        table.add_row(row.name, Text(row.value), row.source)
    # A pipe has no width: a long value is not to be cut there.
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def shown(settings: Settings) -> list[Shown]:
    """Every setting in the order it is written down in."""
    env_file = dotenv_values(Path(".env")) if Path(".env").is_file() else {}
    in_file = {name.lower() for name, value in env_file.items() if value}
    in_environment = {name.lower() for name, value in os.environ.items() if value}
    return [
        Shown(
            name.upper(),
            _value(settings, name),
            "environment" if name in in_environment else ".env" if name in in_file else "default",
        )
        for name in Settings.model_fields
    ]


def _value(settings: Settings, name: str) -> str:
    value = settings.database if name == "database_url" else getattr(settings, name)
    if isinstance(value, SecretStr):
        return MASK
    if value is None:
        return ""
    if name in ADDRESSES:
        return make_url(str(value)).render_as_string(hide_password=True)
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
