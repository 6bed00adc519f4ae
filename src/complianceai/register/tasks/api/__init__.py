"""A company's tasks, notices, dashboard and register as JSON."""

from complianceai.register.tasks.api import duties, listing, notices, one, parts, standing
from complianceai.site.routing import Router

router = Router()
for part in (listing, one, parts, duties, notices, standing):
    router.routes.extend(part.router.routes)
first = listing.first
