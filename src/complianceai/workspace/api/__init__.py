"""Documents as JSON: everything that the pages can do."""

from complianceai.site.routing import Router
from complianceai.workspace.api import documents, files, own, sharing, talk, templates, versions

router = Router()
for each in (own, templates, files, documents, versions, sharing, talk):
    router.routes.extend(each.router.routes)
