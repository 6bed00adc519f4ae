"""What a DATABASE_URL means: one spelling inside, whichever common one was given."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from complianceai.storage.errors import BadDatabaseUrl

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


def read_url(text: str) -> URL:
    """The address with the driver this program uses, whatever driver the text named.

    Errors: BadDatabaseUrl where it is no address of SQLite or PostgreSQL; the text itself, which may hold a password,
    is not repeated.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise BadDatabaseUrl(fault="it is not an address") from error
    driver = _DRIVERS.get(url.drivername.split("+")[0])
    if driver is None:
        raise BadDatabaseUrl(fault=f"{url.drivername} is neither sqlite nor postgresql")
    url = url.set(drivername=driver)
    if is_sqlite(url) and sqlite_file(url) is None:
        raise BadDatabaseUrl(fault="it names no file, and what is kept in memory is lost at the end")
    return url if is_sqlite(url) else _with_asyncpg_names(url)


def sqlite_url(path: Path) -> str:
    """The address of an embedded database in this file."""
    return f"sqlite:///{path}"


def is_sqlite(url: URL) -> bool:
    """Whether the address is of the embedded engine."""
    return url.get_backend_name() == "sqlite"


def sqlite_file(url: URL) -> Path | None:
    """The file of an embedded database, or None for one on a server or in memory."""
    if not is_sqlite(url) or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def threaded_url(url: URL) -> URL:
    """The same database through a driver for threads; the worker's heart must beat while its loop is busy."""
    if is_sqlite(url):
        return url.set(drivername="sqlite")
    mode = url.query.get("ssl")
    named = url if mode is None else url.difference_update_query(["ssl"]).update_query_dict({"sslmode": mode})
    return named.set(drivername="postgresql+psycopg")


def _with_asyncpg_names(url: URL) -> URL:
    # libpq's name for the option is the one people copy from their hosting page; asyncpg calls it ssl.
    mode = url.query.get("sslmode")
    return url if mode is None else url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
