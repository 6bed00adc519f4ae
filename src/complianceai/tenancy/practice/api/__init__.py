"""Practices as JSON."""

from complianceai.site.routing import Router
from complianceai.tenancy.practice.api import assigning, care, clients, offers, people, practices, teams

router = Router()
for each in (practices, people, teams, clients, assigning, offers, care):
    router.routes.extend(each.router.routes)
