"""How long is waited for a database server before what waits is given up (docs/limits.md)."""

from typing import Any, NamedTuple


class Patience(NamedTuple):
    """Seconds; None is without end.

    Shape: `free` for a connection of the pool, `line` for the server to answer a new one, `lock` for what another
    transaction holds, `statement` for one statement, `idle` for the next one inside a transaction.
    """

    free: float = 30
    line: float = 10
    lock: float | None = None
    statement: float | None = None
    idle: float | None = None

    @property
    def of_server(self) -> dict[str, Any]:
        """What a new line to PostgreSQL is opened with."""
        limits = {
            "lock_timeout": self.lock,
            "statement_timeout": self.statement,
            "idle_in_transaction_session_timeout": self.idle,
        }
        told = {name: str(round(seconds * 1000)) for name, seconds in limits.items() if seconds is not None}
        options: dict[str, Any] = {"timeout": self.line, "server_settings": told}
        if self.statement is not None:
            # A server that has vanished does not say so.
            options["command_timeout"] = self.statement + 3
        return options


# Somebody waits: each of these is over before the thirty seconds that a request may take.
FOR_PEOPLE = Patience(free=8, line=5, lock=8, statement=20, idle=40)
# Nobody waits: a night's work may take its time, and yet nothing hangs for ever.
FOR_WORK = Patience(free=30, line=10, lock=60, statement=600, idle=900)
# Migrations, backups and the move to another engine take as long as they take.
UNHURRIED = Patience()
