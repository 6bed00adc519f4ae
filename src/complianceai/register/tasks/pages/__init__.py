"""The pages of a company's tasks, notices and dashboard, and of how its register is kept."""

from fastapi import APIRouter

from complianceai.register.tasks.pages import listing, notices, one, standing

router = APIRouter()
for part in (standing, listing, one, notices):
    router.routes.extend(part.router.routes)
router.routes.extend(listing.duties.routes)
