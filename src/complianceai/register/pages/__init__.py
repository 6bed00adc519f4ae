"""The pages of a company: its description, its year, its dates, and the example that anybody may see."""

from complianceai.register.pages import companies, descriptions, public, supposing, years
from complianceai.site.routing import Router

router = Router()
router.routes.extend(public.router.routes)
router.routes.extend(companies.router.routes)
# Before the years: "new" is no company's id.
router.routes.extend(descriptions.router.routes)
router.routes.extend(descriptions.known_router.routes)
router.routes.extend(supposing.router.routes)
router.routes.extend(years.router.routes)
