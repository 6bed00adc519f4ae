"""Documents as JSON: everything that the pages can do."""

from fastapi import APIRouter

from complianceai.workspace.api import documents, files, sharing, talk, templates, versions

router = APIRouter()
for each in (templates, files, documents, versions, sharing, talk):
    router.routes.extend(each.router.routes)
