"""Papers in bulk, in and out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from complianceai.site.replies import Reply, Wire
from complianceai.workspace.bulk.queries import Batch, Counts, Row


class CellFault(Wire):
    """What is wrong with a cell, and how to mend it."""

    row: int
    cell: str
    column: str
    says: str


class BatchReply(Reply):
    """One template over many rows, and how far it has come."""

    id: UUID
    company_id: UUID
    template_id: str
    template_version: int | None
    title: str
    language: str
    form: str
    keeps: bool
    is_private: bool
    file_name: str
    person: str
    state: str = Field(description="`looked`, `running`, `done`, `stopped` or `failed`.")
    reason: str | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    kept_until: datetime
    rows: int
    faulty: int = Field(description="Rows that have something to mend; they are never made.")
    made: int
    failed: int
    waiting: int
    is_ready: bool = Field(description="Whether the archive can be fetched.")
    size: int | None


class BatchDetail(BatchReply):
    """The same with what is wrong with which cell, the first 200 rows of it; the report has all."""

    faults: list[CellFault]


def batch_reply(batch: Batch, counts: Counts) -> BatchReply:
    """The work as it goes over the wire."""
    return BatchReply.model_validate(_told(batch, counts))


def batch_detail(batch: Batch, counts: Counts, rows: list[Row], language: str) -> BatchDetail:
    """The work with the faults of its rows."""
    return BatchDetail.model_validate({**_told(batch, counts), "faults": faults_of(rows, language)})


def faults_of(rows: list[Row], language: str) -> list[CellFault]:
    """What is wrong with which cell, in a language."""
    return [
        CellFault(
            row=row.number, cell=str(fault["cell"]), column=str(fault["column"]),
            says=str(fault["says"].get(language) or fault["says"]["en"]),
        )
        for row in rows
        for fault in row.faults
    ]  # fmt: skip


def _told(batch: Batch, counts: Counts) -> dict[str, Any]:
    own = {name: getattr(batch, name) for name in BatchReply.model_fields if hasattr(batch, name)}
    return {
        **own, "kept_until": batch.ends_at, "rows": counts.total, "faulty": counts.faulty, "made": counts.made,
        "failed": counts.failed, "waiting": counts.waiting, "is_ready": batch.sha256 is not None,
    }  # fmt: skip
