"""The pages of a company's tasks, notices and dashboard, and of how its register is kept."""

from fastapi import APIRouter

from complianceai.register.tasks.pages import listing, notices, one, standing

router = APIRouter(prefix="/app/companies/{company_id}", include_in_schema=False)
for part in (standing, listing, one, notices):
    router.include_router(part.router)
router.include_router(listing.duties)
