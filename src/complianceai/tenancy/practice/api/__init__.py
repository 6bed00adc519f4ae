"""Practices as JSON."""

from fastapi import APIRouter

from complianceai.tenancy.practice.api import assigning, care, clients, offers, people, practices, teams

router = APIRouter(prefix="/api", tags=["practices"])
for each in (practices, people, teams, clients, assigning, offers, care):
    router.include_router(each.router)
