"""The pages of a company's documents."""

from fastapi import APIRouter

from complianceai.workspace.pages import beginning, chains, editing, interview, listing, one, sharing, talk

router = APIRouter()
# Addresses that stand as they are come before those in which a document is named.
for each in (listing, beginning, chains, interview, one, editing, sharing, talk):
    router.routes.extend(each.router.routes)
