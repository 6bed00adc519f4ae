"""Files that prove a filing, as they go over the wire."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from complianceai.register.evidence.queries import Evidence
from complianceai.site.replies import Reply


class SaidReply(Reply):
    """What was read on a file; a person takes it over or corrects it."""

    number: str | None
    filed_on: date | None
    period_start: date | None
    period_end: date | None
    rupees: str | None
    doubts: dict[str, str] = Field(description="What speaks against its being the right file, by its kind.")


class EvidenceReply(Reply):
    """One file: what it is, whose, and what it says."""

    id: UUID
    name: str
    sha256: str
    size: int | None = Field(description="In bytes.")
    media_type: str | None
    about_on: date | None
    expires_on: date | None
    added_at: datetime
    added_by: str | None
    said: SaidReply | None


def evidence_reply(found: Evidence) -> EvidenceReply:
    """The file as it goes over the wire."""
    return EvidenceReply(
        id=found.id,
        name=found.name,
        sha256=found.sha256,
        size=found.size,
        media_type=found.media_type,
        about_on=found.about_on,
        expires_on=found.expires_on,
        added_at=found.added_at,
        added_by=found.added_by_name,
        said=_said(found.said),
    )


def _said(said: Mapping[str, Any] | None) -> SaidReply | None:
    return None if said is None else SaidReply.model_validate(said)
