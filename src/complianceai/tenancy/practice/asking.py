"""How a route asks for the client that its address names, and for the filters of a list of clients."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from complianceai.tenancy.policies import Access
from complianceai.tenancy.practice.queries.clients import Filters


def _client(practice_id: UUID, company_id: UUID) -> tuple[UUID, UUID]:
    return practice_id, company_id


def _filters(
    q: Annotated[str, Query(max_length=100, description="A part of the name or of the GSTIN.")] = "",
    team: UUID | None = None,
    access: Access | None = None,
) -> Filters:
    return Filters(q.strip(), team, access)


# The ids of the practice and of the company.
ClientIds = Annotated[tuple[UUID, UUID], Depends(_client)]
WantedClients = Annotated[Filters, Depends(_filters)]
