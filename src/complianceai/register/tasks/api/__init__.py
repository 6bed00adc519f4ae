"""A company's tasks, notices, dashboard and register as JSON."""

from fastapi import APIRouter

from complianceai.register.tasks.api import duties, listing, notices, one, parts, standing

router = APIRouter()
for part in (listing, one, parts, duties, notices, standing):
    router.routes.extend(part.router.routes)
first = listing.first
