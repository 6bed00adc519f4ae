"""The pages of a company's tasks, notices and dashboard, and of how its register is kept."""

from complianceai.register.tasks.pages import listing, notices, one, standing
from complianceai.site.routing import Router

router = Router()
for part in (standing, listing, one, notices):
    router.routes.extend(part.router.routes)
router.routes.extend(listing.duties.routes)
