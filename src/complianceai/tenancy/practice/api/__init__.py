"""Practices as JSON."""

from fastapi import APIRouter

from complianceai.tenancy.practice.api import assigning, care, clients, offers, people, practices, teams

router = APIRouter()
for each in (practices, people, teams, clients, assigning, offers, care):
    router.routes.extend(each.router.routes)
