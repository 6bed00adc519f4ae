"""A company's tasks, notices, dashboard and register as JSON."""

from fastapi import APIRouter

from complianceai.register.tasks.api import duties, listing, notices, one, parts, standing

router = APIRouter(prefix="/api/companies/{company_id}", tags=["tasks"])
for part in (listing, one, parts, duties, notices, standing):
    router.include_router(part.router)
first = listing.first
