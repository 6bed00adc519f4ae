"""The pages of a company: its description, its year, its dates, and the example that anybody may see."""

from fastapi import APIRouter

from complianceai.register.pages import companies, descriptions, public, supposing, years

router = APIRouter(include_in_schema=False)
router.include_router(public.router)
router.include_router(companies.router)
# Before the years: "new" is no company's id.
router.include_router(descriptions.router)
router.include_router(descriptions.known_router)
router.include_router(supposing.router)
router.include_router(years.router)
