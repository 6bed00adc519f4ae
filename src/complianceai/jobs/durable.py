"""DBOS, behind four calls: it remembers what was handed over to whom, and gives it out again when a worker dies.

It knows ids only; what there is to do stands in the outbox. On SQLite it has a file of its own, on PostgreSQL a schema.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.engine import URL

from complianceai.storage.outbox import Due
from complianceai.storage.sqlite import use_write_ahead_log
from complianceai.storage.urls import sqlite_file, threaded_url

QUEUE = "outbox"
SCHEMA = "complianceai_jobs"
# Pinned: by default it is a hash of the code, and what another version was handed would lie there for ever.
VERSION = "1"
# What a kill can cause to be done twice is at most so much; with it the marks of what was done queue up less.
AT_ONCE = 8
POLLING_SECONDS = 0.25
OVER = frozenset({"SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})


class Durable:
    """One process of those that share the work; there is never more than one in a process."""

    def __init__(self, url: URL, executor_id: str, act: Callable[[str, int], None]) -> None:
        """The process of that id, beside the database at the address; `act` does one round of one job, in a thread."""
        self.url = url
        self.executor_id = executor_id
        self.act = act
        self._workflow: Any = None

    def launch(self) -> None:
        """Nothing; work is taken from now on, first what this id had begun when it was killed."""
        from dbos import DBOS, DBOSConfig  # noqa: PLC0415 - a third of a second, which only a worker spends

        config: DBOSConfig = {
            "name": "complianceai",
            "system_database_url": _where(self.url),
            "dbos_system_schema": SCHEMA,
            "application_version": VERSION,
            "executor_id": self.executor_id,
            "sys_db_pool_size": 8,
            "log_level": "WARNING",
        }
        DBOS(config=config)
        # What it says goes where all the rest goes.
        logging.getLogger("dbos").handlers.clear()
        logging.getLogger("dbos").propagate = True
        act = self.act

        def job(job_id: str, round_: int) -> None:
            act(job_id, round_)

        self._workflow = DBOS.workflow(name="job")(job)
        DBOS.launch()
        DBOS.register_queue(
            QUEUE,
            worker_concurrency=AT_ONCE,
            polling_interval_sec=POLLING_SECONDS,
            on_conflict="always_update",
        )

    def hand_over(self, rows: Sequence[Due]) -> None:
        """Nothing; each row will be acted on by some process, once or, after a kill, more often.

        A row that was handed over before in the same round is not handed over a second time.
        """
        from dbos import DBOS, SetWorkflowID  # noqa: PLC0415

        for row in rows:
            with SetWorkflowID(_name(row)):
                DBOS.enqueue_workflow(QUEUE, self._workflow, str(row.id), row.round)

    def is_over(self, row: Due) -> bool:
        """Whether nobody will act on the row any more, in this round."""
        from dbos import DBOS  # noqa: PLC0415

        status = DBOS.get_workflow_status(_name(row))
        return status is not None and status.status in OVER

    def adopt(self, executor_ids: Sequence[str]) -> None:
        """Nothing; what processes of those ids had begun is begun anew by whoever is there.

        To ask again, or for several to ask at once, does no harm. This is the one private call of the library that is
        used here (docs/decisions/0003-job-runner.md); `tests/jobs/test_adoption.py` fails where a release changes it.
        """
        from dbos import DBOS  # noqa: PLC0415

        DBOS._recover_pending_workflows(list(executor_ids))  # noqa: SLF001

    def forget_before(self, instant: datetime) -> None:
        """Nothing; of what was over before that instant, the next thousand are remembered no longer."""
        from dbos import DBOS  # noqa: PLC0415

        found = DBOS.list_workflows(
            status=sorted(OVER),
            completed_before=instant.isoformat(),
            limit=1000,
            load_input=False,
            load_output=False,
        )
        DBOS.delete_workflows([each.workflow_id for each in found])

    def close(self, grace_seconds: int) -> None:
        """Nothing; no more work is taken, and what is under way has had that time to end."""
        from dbos import DBOS  # noqa: PLC0415

        DBOS.destroy(workflow_completion_timeout_sec=grace_seconds, destroy_registry=True)


def _name(row: Due) -> str:
    return f"{row.id}-{row.round}" if row.round else str(row.id)


def _where(url: URL) -> str:
    file = sqlite_file(url)
    if file is None:
        return threaded_url(url).render_as_string(hide_password=False)
    # In the product's own file its writes would wait for this one's, up to 140 ms.
    own = file.with_name(f"{file.stem}-jobs.db")
    use_write_ahead_log(own)
    return f"sqlite:///{own}"
