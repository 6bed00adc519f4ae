"""What the product says of itself while it runs: for people on a terminal, as lines of JSON in production."""

import logging
import sys
import time
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any

from complianceai.entry.errors import BadSettings
from complianceai.entry.lean import structlog
from complianceai.entry.settings import Settings

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

# Tracebacks without the values of variables, here and on a terminal: those may be a password, or the whole catalogue.
_TRACEBACKS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)


def configure_logs(settings: Settings) -> None:
    """Nothing; every logger, the libraries' too, writes to standard error, and where LOG_DIR is set to files as well.

    Shape: `combined.log` has every line, `error.log` those of errors alone; both are JSON, a line an event.

    Errors: BadSettings where that folder cannot be written.
    """
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level.upper()),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers = [_handler(logging.StreamHandler(sys.stderr), is_json=settings.is_production)]
    if settings.log_dir is not None:
        errors = _file_in(settings.log_dir, "error.log")
        errors.setLevel(logging.ERROR)
        for file in (_file_in(settings.log_dir, "combined.log"), errors):
            root.handlers.append(_handler(file, is_json=True))
    root.setLevel(settings.log_level.upper())
    # Some of them tell whole addresses, with what stands after the question mark.
    for chatty in ("uvicorn", "alembic", "asyncio", "aiosqlite", "sqlalchemy", "httpx", "httpcore"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class _File(WatchedFileHandler):
    """A file of the log. Where its disk is full, that is said once a minute, and what cannot be kept is left out."""

    _said_at = float("-inf")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name for it
        """Nothing; whoever wanted something logged goes on."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            super().handleError(record)
        elif time.monotonic() - self._said_at > 60:
            self._said_at = time.monotonic()
            sys.stderr.write(f"{self.baseFilename} cannot be written: {error.strerror}\n")


def _file_in(folder: Path, name: str) -> logging.Handler:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # It notices when logrotate moves the file away, which several processes could not agree to do themselves.
        return _File(folder / name, encoding="utf-8")
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BadSettings(
            [f"LOG_DIR: cannot be written ({why}). Name a folder that this user may write"]
        ) from error


def _handler(handler: logging.Handler, *, is_json: bool) -> logging.Handler:
    rendering: list[Any] = (
        [_TRACEBACKS, structlog.processors.JSONRenderer()]
        if is_json
        else [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
        )
    )
    return handler
